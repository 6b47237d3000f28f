"""The chart, who may see what of it, and questions that have no answer."""

import pytest

from tests.functional.accounting.books import (
    applied,
    change_account,
    enrol,
    post,
    set_parameter,
    today,
)
from tests.functional.parties.people import publish
from tests.support.api import Reply
from tests.support.bank import Bank

TRIAL_BALANCE = "/v1/accounting/trial-balance"


def rows(reply) -> dict[str, dict]:
    return {row["code"]: row for row in reply.expect(200)["items"]}


@pytest.mark.feature("ACC-06")
def test_a_user_below_an_accounts_level_does_not_see_it(bank: Bank) -> None:
    role = bank.work().config.get("administration.role", "accountant", today(bank)).to_body()
    set_parameter(bank, "administration.role", "clerk", {**role, "confidentiality_level": 0})
    change_account(bank, "450790", confidentiality_level=5)
    applied(bank)
    low, high = (
        enrol(bank, "low", "1", "2", level=3, role="clerk"),
        enrol(bank, "high", "1", "2", level=5, role="clerk"),
    )
    day = today(bank)
    assert "450790" in rows(high.get(TRIAL_BALANCE))
    seen = low.get(TRIAL_BALANCE).expect(200)
    assert "450790" not in rows(seen)
    assert rows(seen)["4507"]["closing"]["amount"] == "12.50"
    for path in (
        "accounts/450790",
        "accounts/450790/standing",
        f"movements?account=450790&from={day}&to={day}",
        f"balances?account=450790&from={day}&to={day}",
    ):
        assert high.get(f"/v1/accounting/{path}").status == 200
        refused = low.get(f"/v1/accounting/{path}")
        assert (refused.status, refused.code) == (404, "unknown_ledger_account")
    assert "450790" not in {
        row["code"] for row in low.get("/v1/accounting/accounts?q=4507").expect(200)["items"]
    }
    voucher = bank("accountant").get("/v1/accounting/vouchers?state=applied")["items"][0]
    entry = low.get(f"/v1/accounting/entries/{voucher['entry_id']}").expect(200)
    assert ([leg["account"] for leg in entry["legs"]], entry["hidden_legs"]) == (["110105"], 1)
    for report in ("trial_balance", "journal_of_day"):
        asked = {"filters": {}, "format": "csv"}
        assert "450790" not in _text_of(low.post(f"/v1/platform/reports/{report}/runs", asked))
        assert "450790" in _text_of(high.post(f"/v1/platform/reports/{report}/runs", asked))


@pytest.mark.feature("ACC-10")
def test_edits_of_an_account_are_listed_with_who_and_when(bank: Bank) -> None:
    found = bank.work().config.get("accounting.account", "110401", today(bank)).to_body()
    publish(bank, "accounting.account", "110401", {**found, "maximum_balance": "900.00"})
    changed = {**found, "maximum_balance": "800.00", "active": False}
    asked = {"code": "110401", "effective_from": today(bank).isoformat(), "body": changed}
    version = bank("admin2").post("/v1/platform/parameters/accounting.account", asked).expect(201)
    path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
    bank("admin").post(path, {"decision": "approve", "reason": "conforme"}).expect()
    listed = bank("auditor").get("/v1/accounting/accounts/110401/changes").expect(200)["items"]
    people = {name: bank.person(name).id for name in ("admin", "admin2")}
    assert [(row["field"], row["before"], row["after"], row["by"], row["approved_by"]) for row in listed] == [
        ("active", True, False, people["admin2"], people["admin"]),
        ("maximum_balance", "900.00", "800.00", people["admin2"], people["admin"]),
        ("maximum_balance", None, "900.00", people["admin"], people["admin2"]),
    ]
    assert all(row["at"] for row in listed)


@pytest.mark.feature("ACC-33")
def test_two_institutions_keep_charts_of_their_own_with_the_same_codes(bank: Bank) -> None:
    def shown(tenant: str, path: str = "") -> Reply:
        return bank("auditor", tenant).get(f"/v1/accounting/accounts/110105{path}").expect(200)

    body = bank.work("sisa").config.get("accounting.account", "110105", today(bank)).to_body()
    before = shown("paramo").json
    publish(bank, "accounting.account", "110105", {**body, "names": {"es": "Caja de Sisa"}})
    assert (shown("sisa")["name"], shown("paramo").json) == ("Caja de Sisa", before)
    own = {**body, "names": {"es": "Caja de Páramo"}, "active": False}
    publish(bank, "accounting.account", "110105", own, tenant="paramo")
    assert (shown("sisa")["name"], shown("paramo")["name"]) == ("Caja de Sisa", "Caja de Páramo")
    assert (shown("sisa")["active"], shown("paramo")["active"]) == (True, False)
    applied(bank)
    balances = [shown(tenant, "/standing")["balance"]["amount"] for tenant in bank.tenants]
    assert balances == ["-12.50", "0"]
    listed = [
        bank("auditor", tenant).get("/v1/accounting/accounts/110105/changes").expect(200)["items"]
        for tenant in bank.tenants
    ]
    assert [{row["field"] for row in each} for each in listed] == [{"names.es"}, {"names.es", "active"}]


def test_amounts_of_a_currency_without_decimals(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "1500"), ("1", "fee_income_deposits", "-1500"), tenant="paramo")
    found = bank("auditor", "paramo").get(f"{TRIAL_BALANCE}?branch=1").expect(200)
    assert found["totals"]["debits"] == {"amount": "1500", "currency": "COP"}


def test_a_branch_manager_sees_the_own_branch_only(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "70.00"), ("2", "fee_income_deposits", "-70.00"))
    found = bank("manager").get(TRIAL_BALANCE).expect(200)
    assert found["branches"] == ["1"]
    for asked in ("branch=2", "branch=77"):
        refused = bank("manager").get(f"{TRIAL_BALANCE}?{asked}")
        assert (refused.status, refused.code) == (404, "branch_not_found")
    entry = bank("auditor").get(
        f"/v1/accounting/movements?account=110105&from={today(bank)}&to={today(bank)}"
    )["items"][0]
    seen = bank("manager").get(f"/v1/accounting/entries/{entry['entry_id']}").expect(200)
    assert ({leg["branch"] for leg in seen["legs"]}, seen["hidden_legs"]) == ({"1"}, 2)
    own = post(bank, ("2", "cash_on_hand", "1.00"), ("2", "fee_income_deposits", "-1.00"), at="2")
    refused = bank("manager").get(f"/v1/accounting/entries/{own}")
    assert (refused.status, refused.code) == (404, "unknown_entry")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("trial-balance?date=2099-01-01", "ledger_period_invalid"),
        ("trial-balance?from=2026-06-02&date=2026-06-01", "ledger_period_invalid"),
        ("trial-balance?date=0001-01-01", "ledger_period_invalid"),
        ("vouchers?to=0001-01-05", "ledger_period_invalid"),
        ("balances?account=110105&from=0001-01-01&to=0001-01-02", "ledger_period_invalid"),
        ("accounts/110105/standing?date=0001-01-01", "ledger_period_invalid"),
        ("trial-balance?level=0", "out_of_range"),
        ("trial-balance?currency=usd", "wrong_format"),
        ("trial-balance?surprise=1", "unknown_field"),
        ("trial-balance?date=yesterday", "wrong_format"),
        ("movements?account=110105&from=2020-01-01&to=2026-06-01", "ledger_period_invalid"),
        ("balances?account=110105&from=2026-06-01", "required"),
        ("balances?account=abc&from=2026-06-01&to=2026-06-01", "wrong_format"),
    ],
)
def test_wrong_questions_are_refused(bank: Bank, asked: str, code: str) -> None:
    refused = bank("auditor").get(f"/v1/accounting/{asked}")
    assert (refused.status, refused.code) == (422, code)


def test_unknown_accounts_and_entries_are_not_found(bank: Bank) -> None:
    day = today(bank)
    for path, code in (
        ("accounts/999999", "unknown_ledger_account"),
        ("accounts/999999/changes", "unknown_ledger_account"),
        (f"movements?account=999999&from={day}&to={day}", "unknown_ledger_account"),
        ("entries/ent_20260601-1-0-00000000000000000000000000", "unknown_entry"),
        ("entries/nonsense", "unknown_entry"),
        (f"vouchers/vou_{'x' * 3000}", "unknown_voucher"),
        (f"exceptions/{'x' * 3000}", "unknown_posting_exception"),
    ):
        refused = bank("auditor").get(f"/v1/accounting/{path}")
        assert (refused.status, refused.code) == (404, code)


def test_the_chart_is_listed_by_level_parent_and_text(bank: Bank) -> None:
    def codes(asked: str) -> list[str]:
        return [
            row["code"]
            for row in bank("auditor").get(f"/v1/accounting/accounts?{asked}").expect(200)["items"]
        ]

    assert codes("level=1") == ["1", "2", "3", "4", "5"]
    assert codes("parent=11&postable=true") == ["110105", "110401"]
    assert codes("q=efectivo") == ["110105"]
    assert codes("q=2101&level=3") == ["2101"]


def test_roles_are_listed_with_what_is_missing(bank: Bank) -> None:
    found = {row["role"]: row for row in bank("auditor").get("/v1/accounting/roles").expect(200)["items"]}
    assert (found["cash_on_hand"]["account"], found["cash_on_hand"]["state"]) == ("110105", "mapped")
    assert found["fx_gain"]["state"] == "no_rule"


def _text_of(reply) -> str:
    import base64

    return base64.b64decode(reply.expect(200)["content_base64"]).decode()


@pytest.mark.parametrize("place", [5, None, {"N": "1"}, [1]])
def test_a_forged_cursor_is_refused(bank: Bank, place: object) -> None:
    from chalicelib.platform.storage.cursor import encode_cursor

    for name, path in (("vouchers", "vouchers"), ("posting-exceptions", "exceptions")):
        for key in ({"S": place}, place):
            forged = encode_cursor({"pk": {"S": name}, "sk": key})
            assert bank("auditor").get(f"/v1/accounting/{path}?cursor={forged}").code == "unknown_cursor"
