"""Accounts and money over HTTP, and every way of asking wrongly."""

import base64
import uuid
from typing import Any

import pytest

from tests.integration.client import People, a_member, an_account, deposit, ledger, usd
from tests.integration.served import FIRST, SECOND, ServedBank


@pytest.fixture(scope="module")
def account(people: People) -> dict[str, Any]:
    """An account with enough in it for this file."""
    return an_account(people, "500.00")


@pytest.mark.feature("GEN-90")
def test_a_posting_is_seen_at_once(people: People) -> None:
    opened = an_account(people)
    for amount, expected in (("100.00", "100.00"), ("0.05", "100.05")):
        receipt = deposit(people, opened["id"], amount).expect(201)
        assert receipt["ledger"]["amount"] == expected
        assert ledger(people, opened["id"]) == expected
    found = people.staff("cajero1").get(f"/deposits/accounts?party_id={opened['party_id']}").expect(200)
    assert [row["ledger"]["amount"] for row in found["items"]] == ["100.05"]


@pytest.mark.feature("POR-53", "GEN-90")
def test_the_member_sees_what_the_teller_did_the_moment_before(people: People) -> None:
    member = people.member()
    held = member.get("/member_portal/position").expect(200)["accounts"][0]
    before = minor(held["ledger"]["amount"])
    receipt = deposit(people, held["id"], "20.00").expect(201)
    after = next(
        row
        for row in member.get("/member_portal/position").expect(200)["accounts"]
        if row["id"] == held["id"]
    )
    assert minor(after["ledger"]["amount"]) == before + 2000
    assert after["ledger"] == receipt["ledger"]
    day = receipt["business_date"]
    movements = member.get(f"/member_portal/accounts/{held['id']}/movements?from={day}&to={day}").expect(200)
    assert receipt["entry_id"] in {row["entry_id"] for row in movements["items"]}


def test_the_position_adds_up_what_the_member_holds(people: People) -> None:
    position = people.member(1).get("/member_portal/position").expect(200).json
    [total] = position["totals"]
    for figure in ("ledger", "available", "held"):
        held = sum(minor(row[figure]["amount"]) for row in position["accounts"])
        assert minor(total[figure]["amount"]) == held
    assert position["as_of"]


@pytest.mark.feature("POR-05")
def test_opening_plus_credits_less_debits_is_closing(people: People, account: dict[str, Any]) -> None:
    teller = people.staff("cajero1")
    deposit(people, account["id"], "12.34").expect(201)
    paid = teller.post(f"/deposits/accounts/{account['id']}/withdrawals", {"amount": usd("7.89")}).expect(201)
    day = paid["business_date"]
    period = teller.get(f"/deposits/accounts/{account['id']}/transactions?from={day}&to={day}").expect(200)
    moved = sum(minor(row["amount"]["amount"]) for row in period["items"])
    assert minor(period["opening"]["amount"]) + moved == minor(period["closing"]["amount"])
    assert period["closing"]["amount"] == ledger(people, account["id"])
    assert {"business_date", "description", "entry_id", "amount", "balance", "channel"} <= set(
        period["items"][0]
    )


def test_a_transfer_moves_once_however_often_it_is_sent(people: People) -> None:
    payer, payee = an_account(people, "80.00"), an_account(people)
    asked = {"from_account": payer["id"], "to_account": payee["id"], "amount": usd("30.00")}
    key = str(uuid.uuid4())
    replies = [people.staff("cajero1").post("/deposits/transfers", asked, key=key) for _ in range(3)]
    assert [reply.status for reply in replies] == [201, 201, 201]
    assert replies[0].body == replies[1].body == replies[2].body
    assert [reply.headers.get("Idempotency-Hit") for reply in replies] == [None, "true", "true"]
    assert (ledger(people, payer["id"]), ledger(people, payee["id"])) == ("50.00", "30.00")


def test_a_key_belongs_to_one_intention(people: People, account: dict[str, Any]) -> None:
    key = str(uuid.uuid4())
    before = minor(ledger(people, account["id"]))
    deposit(people, account["id"], "1.00", key=key).expect(201)
    other = deposit(people, account["id"], "2.00", key=key)
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    without = deposit(people, account["id"], "3.00", key="")
    assert (without.status, without.code) == (400, "idempotency_key_missing")
    assert minor(ledger(people, account["id"])) == before + 100


WRONG: list[tuple[str, Any, int, str]] = [
    ("unknown field", {"amount": usd("1.00"), "regalo": 1}, 422, "unknown_field"),
    ("no amount", {}, 422, "required"),
    ("text for an amount", {"amount": "1.00"}, 422, "malformed_money"),
    ("number for an amount", {"amount": {"amount": 1.5, "currency": "USD"}}, 422, "malformed_money"),
    ("number for a text", {"amount": usd("1.00"), "narrative": 7}, 422, "wrong_type"),
    ("zero", {"amount": usd("0.00")}, 422, "amount_not_positive"),
    ("negative", {"amount": usd("-1.00")}, 422, "amount_not_positive"),
    ("too many decimals", {"amount": usd("1.001")}, 422, "excess_decimals"),
    ("words", {"amount": usd("diez")}, 422, "invalid_amount"),
    ("another currency", {"amount": {"amount": "1.00", "currency": "EUR"}}, 422, "currency_mismatch"),
    ("too long a narrative", {"amount": usd("1.00"), "narrative": "x" * 141}, 422, "too_long"),
    ("a list", [1], 422, "not_an_object"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_a_wrong_request_is_refused_by_name_in_both_languages(
    people: People, account: dict[str, Any], body: Any, status: int, code: str
) -> None:
    path = f"/deposits/accounts/{account['id']}/deposits"
    details = set()
    for language in ("es", "en"):
        reply = people.staff("cajero1").post(path, body, headers={"Accept-Language": language})
        assert (reply.status, reply.code) == (status, code)
        assert reply.headers["Content-Type"].startswith("application/problem+json")
        assert reply["title"]
        assert reply["request_id"]
        details.add(reply["detail"])
    assert len(details) == 2


def test_what_is_not_json_is_refused(people: People, account: dict[str, Any]) -> None:
    path = f"/deposits/accounts/{account['id']}/deposits"
    for raw in (b'{"amount":', b"\xff\xfe", b"NaN", b"[" * 100):
        reply = people.staff("cajero1").post(path, raw=raw)
        assert (reply.status, reply.code) == (400, "malformed_json"), raw


def test_nobody_spends_what_is_not_there(people: People) -> None:
    poor = an_account(people, "10.00")
    path = f"/deposits/accounts/{poor['id']}/withdrawals"
    for language, word in (("es", "disponible"), ("en", "available")):
        reply = people.staff("cajero1").post(
            path, {"amount": usd("10.01")}, headers={"Accept-Language": language}
        )
        assert (reply.status, reply.code) == (422, "insufficient_funds")
        assert word in reply["detail"].lower()
    assert ledger(people, poor["id"]) == "10.00"


@pytest.mark.feature("POR-06")
def test_a_statement_is_a_pdf_named_after_the_account_and_the_dates(people: People) -> None:
    member = people.member()
    position = member.get("/member_portal/position").expect(200).json
    held, last = position["accounts"][0], position["business_date"]
    first = f"{last[:8]}01"
    address = f"/member_portal/accounts/{held['id']}/statement?from={first}&to={last}"
    starts = {"pdf": b"%PDF", "xlsx": b"PK", "csv": b""}
    for form, start in starts.items():
        document = member.get(f"{address}&format={form}").expect(200).json
        assert base64.b64decode(document["content_base64"]).startswith(start)
        assert document["filename"] == f"statement-{held['number'][-4:]}-{first}-{last}.{form}"
    movements = member.get(f"/member_portal/accounts/{held['id']}/movements?from={first}&to={last}&limit=200")
    closing = movements.expect(200)["closing"]["amount"]
    lines = base64.b64decode(document["content_base64"]).decode("utf-8-sig")
    assert closing in lines
    assert len([row for row in movements["items"] if row["amount"]["amount"].lstrip("-") in lines]) == len(
        movements["items"]
    )


def test_a_members_dates_must_run_forward(people: People) -> None:
    held = people.member().get("/member_portal/position").expect(200)["accounts"][0]
    path = f"/member_portal/accounts/{held['id']}/movements?from=2026-06-30&to=2026-06-01"
    assert 400 <= people.member().get(path).status < 500


def test_a_member_asking_for_anothers_account_finds_nothing(people: People) -> None:
    others = people.member(1).get("/member_portal/position").expect(200)["accounts"][0]["id"]
    of_the_other_tenant = people.member(0, SECOND).get("/member_portal/position").expect(200)["accounts"][0]
    for account in (others, of_the_other_tenant["id"], "acc_noexiste"):
        for rest in ("movements?from=2026-06-01&to=2026-06-30", "statement?from=2026-06-01&to=2026-06-30"):
            assert people.member().get(f"/member_portal/accounts/{account}/{rest}").status == 404


def test_a_teller_opens_no_accounts_and_registers_nobody(people: People) -> None:
    asked = {"party_id": a_member(people)["id"], "plan": "S1", "branch": "1"}
    for path, body in (("/deposits/accounts", asked), ("/administration/users", {})):
        assert people.staff("cajero1").post(path, body).status == 403


def test_money_of_a_cooperative_without_cents_has_none(people: People, served: ServedBank) -> None:
    held = people.member(0, SECOND).get("/member_portal/position").expect(200)["accounts"][0]
    teller = people.staff("cajero1", SECOND)
    path = f"/deposits/accounts/{held['id']}/deposits"
    wrong = teller.post(path, {"amount": {"amount": "1000.5", "currency": "COP"}})
    assert (wrong.status, wrong.code) == (422, "excess_decimals")
    right = teller.post(path, {"amount": {"amount": "1000", "currency": "COP"}}).expect(201)
    assert "." not in right["amount"]["amount"]
    assert served.users[FIRST] is not served.users[SECOND]


def minor(amount: str) -> int:
    """Cents of an amount of dollars."""
    whole, _, cents = amount.lstrip("-").partition(".")
    value = int(whole) * 100 + int((cents + "00")[:2])
    return -value if amount.startswith("-") else value
