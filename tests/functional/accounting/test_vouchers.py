"""Vouchers: entered by one person, authorised by another, numbered without gaps, undone by their mirror."""

from datetime import timedelta

import pytest

from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.posting.records import JOURNAL
from tests.functional.accounting.books import (
    a_voucher,
    applied,
    authorise,
    balance,
    capture,
    change_account,
    change_control,
    close_day,
    enrol,
    go_to,
    line,
    set_parameter,
    today,
    usd,
)
from tests.support.bank import Bank

VOUCHERS = "/v1/accounting/vouchers"


def numbers(bank: Bank) -> list[str]:
    found = bank("accountant").get(f"{VOUCHERS}?limit=200").expect(200)["items"]
    return sorted(voucher["number"] for voucher in found if voucher["number"])


@pytest.mark.feature("ACC-13")
def test_an_unbalanced_voucher_can_be_kept_but_not_submitted(bank: Bank) -> None:
    body = a_voucher(line("450790", "100.00"), line("110105", "-90.00"))
    refused = bank("accountant").post(VOUCHERS, body)
    assert (refused.status, refused.code) == (422, "voucher_unbalanced")
    assert "10.00" in refused["detail"]
    draft = capture(bank, {**body, "submit": False})
    assert draft["state"] == "draft"
    path = f"{VOUCHERS}/{draft['id']}"
    assert bank("accountant").post(f"{path}/submissions").code == "voucher_unbalanced"
    right = a_voucher(line("450790", "90.00"), line("110105", "-90.00"))
    changed = bank("accountant").put(path, right, if_match=draft["version"]).expect(200)
    assert changed["version"] == draft["version"] + 1
    assert bank("accountant").post(f"{path}/submissions").expect(200)["state"] == "pending_authorisation"
    assert bank("accountant").put(path, right).code == "voucher_state_forbids"


@pytest.mark.feature("ACC-13")
def test_every_currency_balances_on_its_own(bank: Bank) -> None:
    body = a_voucher(line("450790", "10.00"), line("110105", "-10.00", currency="EUR"))
    assert bank("accountant").post(VOUCHERS, body).code == "voucher_unbalanced"
    both = a_voucher(
        line("450790", "10.00"),
        line("110105", "-10.00"),
        line("450790", "7.00", currency="EUR"),
        line("110105", "-7.00", currency="EUR"),
    )
    voucher = authorise(bank, capture(bank, both)).expect(201)
    assert voucher["state"] == "applied"
    assert balance(bank, "450790", currency="EUR") == "7.00"


@pytest.mark.feature("ACC-42", "ACC-43")
def test_a_voucher_posts_only_when_another_person_authorises_it(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert (voucher["state"], voucher["number"], voucher["entry_id"]) == ("pending_authorisation", "", "")
    assert balance(bank, "110105") == "0.00"
    own = authorise(bank, voucher, "accountant")
    assert (own.status, own.code) == (409, "author_cannot_authorise")
    assert balance(bank, "110105") == "0.00"
    done = authorise(bank, voucher, "accountant2").expect(201).json
    assert (done["state"], done["number"]) == ("applied", "DIA-000001")
    assert (done["author"]["name"], done["authoriser"]["name"]) == ("Mercedes Albán", "Fausto Yánez")
    assert balance(bank, "110105") == "-12.50"
    assert authorise(bank, voucher, "accountant2").code == "voucher_state_forbids"


@pytest.mark.feature("ACC-42")
def test_whether_a_voucher_needs_authorisation_is_a_parameter(bank: Bank) -> None:
    assert capture(bank, a_voucher(concept="ADJUST"))["state"] == "applied"
    change_control(bank, voucher_approval="over_threshold", voucher_approval_threshold="100.00")
    small, large = a_voucher(), a_voucher(line("450790", "100.00"), line("110105", "-100.00"))
    assert [capture(bank, body)["state"] for body in (small, large)] == ["applied", "pending_authorisation"]
    change_control(bank, scope="branch:2", voucher_approval="never")
    assert capture(bank, {**large, "branch": "2"})["state"] == "applied"


def test_a_rejected_voucher_never_posts(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    rejected = authorise(bank, voucher, decision="reject").expect(201).json
    assert (rejected["state"], rejected["reason"]) == ("rejected", "revisado")
    assert authorise(bank, voucher).code == "voucher_state_forbids"
    assert balance(bank, "110105") == "0.00"
    waiting = bank("accountant").get(f"{VOUCHERS}?state=pending_authorisation").expect(200)
    assert waiting["items"] == []


@pytest.mark.feature("ACC-41")
def test_a_user_enters_data_only_for_the_branches_where_they_are_enrolled(bank: Bank) -> None:
    clerk = enrol(bank, "clerk", "1")
    body = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00", "2"))
    refused = clerk.post(VOUCHERS, body)
    assert (refused.status, refused.code) == (403, "branch_not_enrolled")
    assert refused["field"] == "lines.0.branch"
    clerk = enrol(bank, "clerk", "1", "2")
    assert clerk.post(VOUCHERS, body).status == 201


def test_a_voucher_of_another_branch_is_not_found(bank: Bank) -> None:
    voucher = capture(bank, a_voucher(branch="2"))
    clerk = enrol(bank, "clerk", "1")
    for reply in (
        clerk.get(f"{VOUCHERS}/{voucher['id']}"),
        clerk.post(f"{VOUCHERS}/{voucher['id']}/authorisations", {"decision": "approve"}),
        bank("accountant", "paramo").get(f"{VOUCHERS}/{voucher['id']}"),
        bank("accountant").get(f"{VOUCHERS}/vou_unknown"),
    ):
        assert (reply.status, reply.code) == (404, "unknown_voucher")


@pytest.mark.feature("ACC-76")
def test_each_concept_numbers_its_own_vouchers_without_gaps(bank: Bank) -> None:
    concept = {"names": {"es": "Préstamos"}, "prefix": "LOAN", "approval_required": False}
    set_parameter(bank, "accounting.voucher_concept", "LOANS", concept)
    for number in (1, 2):
        assert capture(bank, a_voucher(concept="LOANS"))["number"] == f"LOAN-{number:06d}"
    authorise(bank, capture(bank, a_voucher()), decision="reject").expect(201)
    refused = bank("accountant").post(
        VOUCHERS, a_voucher(line("999", "1.00"), line("110105", "-1.00"), concept="LOANS")
    )
    assert refused.status == 422
    assert applied(bank)["number"] == "DIA-000001"
    assert capture(bank, a_voucher(concept="LOANS"))["number"] == "LOAN-000003"


@pytest.mark.feature("ACC-78")
def test_an_injected_failure_leaves_no_half_entry(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.platform.storage.store import Store

    real, calls = Store.transact, []

    def dies(store: Store, writes: list) -> None:
        calls.append(len(writes))
        raise ConnectionError

    body = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00"), concept="ADJUST")
    monkeypatch.setattr(Store, "transact", dies)
    assert bank("accountant").post(VOUCHERS, body, key="once").status == 500
    assert calls
    monkeypatch.setattr(Store, "transact", real)
    assert numbers(bank) == []
    journal = [
        item
        for branch in "12"
        for shard in range(4)
        for item in bank.work().all(JOURNAL, branch=branch, business_date=today(bank), shard=shard)
    ]
    assert journal == []
    assert bank("accountant").post(VOUCHERS, body, key="once").expect(201)["number"] == "AJU-000001"


def test_a_retried_capture_has_one_effect(bank: Bank) -> None:
    body = a_voucher(concept="ADJUST")
    first = bank("accountant").post(VOUCHERS, body, key="same").expect(201)
    again = bank("accountant").post(VOUCHERS, body, key="same").expect(201)
    assert (again.headers["Idempotency-Hit"], again.json) == ("true", first.json)
    assert bank("accountant").post(VOUCHERS, a_voucher(), key="same").status == 409
    assert bank("accountant").post(VOUCHERS, body, key="").status in (400, 422)
    assert balance(bank, "110105") == "-12.50"


@pytest.mark.feature("ACC-67")
def test_an_entry_later_than_the_branch_allows_is_refused(bank: Bank) -> None:
    day = today(bank)
    late = a_voucher(effective_date=(day - timedelta(days=10)).isoformat())
    refused = bank("accountant").post(VOUCHERS, late)
    assert (refused.status, refused.code, refused["field"]) == (
        422,
        "effective_date_too_old",
        "effective_date",
    )
    ahead = a_voucher(effective_date=(day + timedelta(days=1)).isoformat())
    assert bank("accountant").post(VOUCHERS, ahead).code == "effective_date_in_future"
    change_control(bank, scope="branch:2", late_days=15)
    assert capture(bank, {**late, "branch": "2"})["effective_date"] == late["effective_date"]


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (line("999999", "1.00"), "line_account_unknown", "lines.0.account"),
        (line("1101", "1.00"), "line_account_not_postable", "lines.0.account"),
        (line("210135", "1.00"), "line_account_controlled", "lines.0.account"),
        (line("290801", "1.00"), "line_account_controlled", "lines.0.account"),
    ],
)
def test_a_wrong_account_is_named(bank: Bank, row: dict, code: str, field: str) -> None:
    refused = bank("accountant").post(VOUCHERS, a_voucher(row, line("110105", "-1.00")))
    assert (refused.status, refused.code, refused["field"]) == (422, code, field)


def test_all_wrong_lines_are_named_at_once(bank: Bank) -> None:
    refused = bank("accountant").post(VOUCHERS, a_voucher(line("999999", "1.00"), line("1101", "-1.00")))
    assert refused.status == 422
    assert [(row["field"], row["code"]) for row in refused["errors"]] == [
        ("lines.0.account", "line_account_unknown"),
        ("lines.1.account", "line_account_not_postable"),
    ]
    assert all(row["message"] for row in refused["errors"])


@pytest.mark.parametrize(
    "change",
    [
        {"lines": []},
        {"lines": [line("450790", "1.00")]},
        {"lines": [line("450790", "0.00"), line("110105", "-1.00")]},
        {"lines": [line("450790", "1.001"), line("110105", "-1.00")]},
        {"lines": [line("450790", "1.00", currency="XXZ"), line("110105", "-1.00")]},
        {"lines": [line("450790", "1.00", "99"), line("110105", "-1.00")]},
        {"branch": "99"},
        {"concept": "NOWHERE"},
        {"narrative": ""},
        {"effective_date": "2026-13-01"},
        {"surprise": True},
    ],
)
def test_malformed_vouchers_are_refused_and_nothing_is_written(bank: Bank, change: dict) -> None:
    refused = bank("accountant").post(VOUCHERS, {**a_voucher(), **change})
    assert refused.status == 422
    assert refused["field"] or refused["errors"]
    assert bank("accountant").get(f"{VOUCHERS}?state=pending_authorisation")["items"] == []


def test_an_automatic_or_inactive_concept_is_not_for_people(bank: Bank) -> None:
    for code, terms in {"AUTO": {"origin": "automatic"}, "OLD": {"active": False}}.items():
        body = {"names": {"es": code}, "prefix": code, **terms}
        set_parameter(bank, "accounting.voucher_concept", code, body)
        assert bank("accountant").post(VOUCHERS, a_voucher(concept=code)).code == "concept_not_usable"


@pytest.mark.feature("ACC-07")
def test_limits_of_an_account_are_reported_or_block(bank: Bank) -> None:
    change_account(bank, "110401", maximum_transaction="50.00", minimum_balance="0", maximum_balance="80.00")
    over = a_voucher(line("110401", "60.00"), line("110105", "-60.00"), concept="ADJUST")
    assert capture(bank, over)["state"] == "applied"
    found = bank("auditor").get("/v1/accounting/account-exceptions?branch=1").expect(200)["items"]
    assert [(row["account"], row["kind"], row["amount"]["amount"], row["limit"]) for row in found] == [
        ("110105", "abnormal_side", "-60.00", None),
        ("110401", "maximum_transaction", "60.00", "50.00"),
    ]
    change_control(bank, account_limits="block")
    assert bank("accountant").post(VOUCHERS, over).code == "line_transaction_limit"
    too_much = a_voucher(line("110401", "30.00"), line("110105", "-30.00"), concept="ADJUST")
    assert bank("accountant").post(VOUCHERS, too_much).code == "line_balance_limit"
    assert bank("accountant").post(VOUCHERS, {**too_much, "branch": "2"}).status == 201


@pytest.mark.feature("ACC-44")
def test_an_account_of_third_parties_asks_for_their_tax_number(bank: Bank) -> None:
    change_account(bank, "250405", third_party_type="taxed")
    refused = bank("accountant").post(VOUCHERS, a_voucher(line("110105", "8.00"), line("250405", "-8.00")))
    assert (refused.status, refused.code, refused["field"]) == (
        422,
        "line_third_party_missing",
        "lines.1.tax_id",
    )
    named = a_voucher(line("110105", "8.00"), line("250405", "-8.00", tax_id="1799999990001"))
    assert capture(bank, named)["lines"][1]["tax_id"] == "1799999990001"


@pytest.mark.feature("ACC-61")
def test_a_voucher_is_found_by_its_number_and_date_of_capture(bank: Bank) -> None:
    rows = [
        line("450790", "30.00"),
        line("250405", "20.00"),
        line("110105", "-45.00"),
        line("569005", "-5.00"),
    ]
    voucher = applied(bank, *rows)
    asked = f"{VOUCHERS}?number={voucher['number']}&captured_on={today(bank)}"
    found = bank("auditor").get(asked).expect(200)["items"]
    assert len(found) == 1
    assert [(row["account"], row["side"], row["amount"]["amount"]) for row in found[0]["lines"]] == [
        ("450790", "debit", "30.00"),
        ("250405", "debit", "20.00"),
        ("110105", "credit", "45.00"),
        ("569005", "credit", "5.00"),
    ]
    assert found[0]["author"]["name"] == "Mercedes Albán"
    assert found[0]["authoriser"]["name"] == "Fausto Yánez"
    assert found[0]["entry_id"].startswith("ent_")
    other_day = today(bank) - timedelta(days=1)
    assert (
        bank("auditor").get(f"{VOUCHERS}?number={voucher['number']}&captured_on={other_day}")["items"] == []
    )
    assert bank("auditor").get(f"{VOUCHERS}?number=DIA-999999")["items"] == []


def test_vouchers_are_listed_newest_first_page_by_page(bank: Bank) -> None:
    made = [capture(bank, a_voucher(concept="ADJUST"))["id"] for _ in range(3)]
    made.append(capture(bank, a_voucher(branch="2"))["id"])
    first = bank("accountant").get(f"{VOUCHERS}?limit=3").expect(200)
    second = bank("accountant").get(f"{VOUCHERS}?limit=3&cursor={first['next_cursor']}").expect(200)
    assert [row["id"] for row in (*first["items"], *second["items"])] == made[::-1]
    assert second["next_cursor"] is None
    assert [row["id"] for row in bank("accountant").get(f"{VOUCHERS}?branch=2")["items"]] == made[3:]
    assert len(bank("accountant").get(f"{VOUCHERS}?state=applied&limit=2")["items"]) == 2
    assert bank("accountant").get(f"{VOUCHERS}?cursor=nonsense").code == "unknown_cursor"


@pytest.mark.feature("ACC-81")
def test_a_posted_voucher_is_corrected_only_by_its_reversal(bank: Bank) -> None:
    voucher = applied(bank, line("450790", "40.00", "2"), line("110105", "-40.00"))
    asked = bank("accountant").post(f"{VOUCHERS}/{voucher['id']}/reversals", {"reason": "cuenta equivocada"})
    undoing = asked.expect(201).json
    assert (undoing["state"], undoing["reverses"]) == ("pending_authorisation", voucher["id"])
    again = bank("accountant2").post(f"{VOUCHERS}/{voucher['id']}/reversals", {"reason": "otra vez"})
    assert (again.status, again.code) == (409, "voucher_reversal_exists")
    assert authorise(bank, undoing, "accountant").code == "author_cannot_authorise"
    done = authorise(bank, undoing).expect(201).json
    assert (done["state"], done["number"]) == ("applied", "DIA-000002")
    for account in ("450790", "110105", "190801", "290801"):
        for branch in ("1", "2"):
            assert balance(bank, account, branch) == "0.00"
    original = bank("accountant").get(f"{VOUCHERS}/{voucher['id']}").expect(200)
    assert (original["state"], original["reversal"]) == ("reversed", undoing["id"])
    entries = [
        bank("auditor").get(f"/v1/accounting/entries/{each['entry_id']}").json for each in (voucher, done)
    ]
    assert entries[0]["reversed_by"] == entries[1]["id"]
    assert entries[1]["reverses"] == entries[0]["id"]
    last = bank("accountant").post(f"{VOUCHERS}/{undoing['id']}/reversals", {"reason": "al revés"})
    assert (last.status, last.code) == (409, "reversal_is_final")


@pytest.mark.feature("ACC-81")
def test_nothing_edits_the_journal(bank: Bank) -> None:
    methods = {operation.method for operation in all_operations() if "/entries" in operation.path}
    assert methods == {"GET"}
    voucher = applied(bank)
    assert bank("accountant").put(f"{VOUCHERS}/{voucher['id']}", a_voucher()).code == "voucher_state_forbids"


def test_a_rejected_reversal_lets_another_be_asked_for(bank: Bank) -> None:
    voucher = applied(bank)
    path = f"{VOUCHERS}/{voucher['id']}/reversals"
    first = bank("accountant").post(path, {"reason": "por error"}).expect(201).json
    authorise(bank, first, decision="reject").expect(201)
    second = bank("accountant").post(path, {"reason": "de nuevo"}).expect(201).json
    assert authorise(bank, second).expect(201)["state"] == "applied"


@pytest.mark.feature("ACC-14")
def test_in_batch_mode_vouchers_are_applied_by_the_end_of_day(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    voucher = applied(bank)
    assert (voucher["state"], voucher["number"]) == ("authorised", "")
    assert balance(bank, "110105") == "0.00"
    waiting = bank("accountant").get(f"{VOUCHERS}?state=authorised").expect(200)["items"]
    assert [row["id"] for row in waiting] == [voucher["id"]]
    day = close_day(bank)
    after = bank("accountant").get(f"{VOUCHERS}/{voucher['id']}").expect(200)
    assert (after["state"], after["business_date"], after["number"]) == (
        "applied",
        day.isoformat(),
        "DIA-000001",
    )
    assert balance(bank, "110105", date=day) == "-12.50"
    assert bank("accountant").get(f"{VOUCHERS}?state=authorised")["items"] == []


def test_at_the_close_an_account_that_was_deactivated_does_not_stop_the_day(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    voucher = applied(bank)
    change_account(bank, "450790", active=False)
    day = close_day(bank)
    assert balance(bank, "259005", date=day) == "12.50"
    found = bank("auditor").get("/v1/accounting/exceptions").expect(200)["items"]
    assert [(row["role"], row["reason"]) for row in found] == [("gl:450790", "inactive_account")]
    assert found[0]["source"]["id"] == voucher["id"]


PERIODS = "/v1/accounting/periods"


@pytest.mark.feature("ACC-79")
def test_a_closed_month_takes_postings_only_after_it_is_reopened_with_approval(bank: Bank) -> None:
    month, day = today(bank).isoformat()[:7], today(bank)
    assert (
        bank("accountant").post(f"{PERIODS}/1/{month}/closings", {"state": "closed"}).code
        == "period_not_over"
    )
    go_to(bank, day.replace(month=day.month + 1))
    change_control(bank, late_days=40)
    late = a_voucher(effective_date=day.isoformat(), concept="ADJUST")
    path = f"{PERIODS}/1/{month}"
    closed = (
        bank("accountant").post(f"{path}/closings", {"state": "closed", "reason": "fin de mes"}).expect(201)
    )
    assert closed["state"] == "closed"
    refused = bank("accountant").post(VOUCHERS, late)
    assert (refused.status, refused.code) == (409, "period_closed")
    assert bank("accountant").post(VOUCHERS, {**late, "branch": "2"}).status == 201
    asked = bank("accountant").post(f"{path}/reopenings", {"reason": "factura olvidada"}).expect(201)
    assert asked["asked"]["name"] == "Mercedes Albán"
    own = bank("accountant").post(f"{path}/reopening-decisions", {"decision": "approve"})
    assert (own.status, own.code) == (409, "author_cannot_authorise")
    assert bank("accountant").post(VOUCHERS, late).code == "period_closed"
    opened = bank("accountant2").post(
        f"{path}/reopening-decisions", {"decision": "approve", "reason": "conforme"}
    )
    assert opened.expect(201)["state"] == "open"
    assert bank("accountant").post(VOUCHERS, late).status == 201
    months = {
        row["month"]: row for row in bank("auditor").get(f"{PERIODS}?branch=1&year={month[:4]}")["items"]
    }
    assert (months[month]["state"], months[month]["reason"]) == ("open", "factura olvidada / conforme")
    trail = _changes_of(bank, "Period")
    assert ("state", "closed", "open") in trail


def test_a_soft_closed_month_is_open_to_those_who_may(bank: Bank) -> None:
    day, month = today(bank), today(bank).isoformat()[:7]
    go_to(bank, day.replace(month=day.month + 1))
    change_control(bank, late_days=40)
    role = bank.work().config.get("administration.role", "accountant", day).to_body()
    narrow = [f"accounting.{name}" for name in ("read_ledger", "capture_voucher")]
    set_parameter(bank, "administration.role", "clerk", {**role, "permissions": narrow})
    clerk = enrol(bank, "clerk", "1", role="clerk")
    bank("accountant").post(f"{PERIODS}/1/{month}/closings", {"state": "soft_closed"}).expect(201)
    late = a_voucher(effective_date=day.isoformat())
    assert clerk.post(VOUCHERS, late).code == "period_closed"
    assert bank("accountant").post(VOUCHERS, late).status == 201


def test_authorising_needs_its_permission_and_its_version(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert authorise(bank, voucher, "teller").status == 403
    path = f"{VOUCHERS}/{voucher['id']}/authorisations"
    stale = bank("accountant2").post(path, {"decision": "approve"}, if_match=voucher["version"] + 7)
    assert (stale.status, stale.code) == (412, "stale_version")
    assert bank("accountant2").post(path, {"decision": "approve"}, if_match=voucher["version"]).status == 201


def test_memorandum_lines_balance_apart(bank: Bank) -> None:
    _memorandum_accounts(bank)
    mixed = a_voucher(line("710905", "10.00"), line("110105", "-10.00"))
    assert bank("accountant").post(VOUCHERS, mixed).code == "memorandum_unbalanced"
    own = a_voucher(line("710905", "10.00"), line("710910", "-10.00"), concept="ADJUST")
    assert capture(bank, own)["state"] == "applied"


def _memorandum_accounts(bank: Bank) -> None:
    terms = {"account_class": "memo_debit", "normal_side": "debit"}
    for code, level, parent in (
        ("7", 1, None),
        ("71", 2, "7"),
        ("7109", 3, "71"),
        ("710905", 4, "7109"),
        ("710910", 4, "7109"),
    ):
        body = {"names": {"es": code}, "level": level, "parent": parent, "postable": level == 4, **terms}
        set_parameter(bank, "accounting.account", code, body)


def _changes_of(bank: Bank, entity: str) -> list[tuple[str, object, object]]:
    from chalicelib.platform.audit import CHAINS, EVENTS

    work = bank.work()
    events = [event for chain in work.all(CHAINS) for event in work.all(EVENTS, chain=chain.name)]
    return [
        (row["field"], row["before"], row["after"])
        for event in events
        for row in event.changes
        if row["entity"].startswith(entity)
    ]


def test_amounts_of_the_voucher_are_those_of_the_line(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert voucher["lines"][0]["amount"] == usd("12.50")
