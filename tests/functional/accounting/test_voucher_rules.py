"""What a voucher may say, and when it may not be posted."""

from datetime import timedelta

import pytest

from tests.functional.accounting.books import (
    a_voucher,
    capture,
    change_account,
    change_control,
    enrol,
    go_to,
    line,
    set_parameter,
    today,
)
from tests.support.bank import Bank

VOUCHERS = "/v1/accounting/vouchers"


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
        {"lines": [line("450790", "99999999999999.00"), line("110105", "-99999999999999.00")]},
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
    assert bank("accountant").post(VOUCHERS, {**over, "branch": "2"}).code == "line_transaction_limit"
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


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "26-01", "junio", "0000-01"])
def test_what_is_no_month_is_not_found(bank: Bank, month: str) -> None:
    refused = bank("accountant").post(f"{PERIODS}/1/{month}/closings", {"state": "closed"})
    assert (refused.status, refused.code) == (404, "unknown_period")


def test_months_of_branches_outside_the_scope_are_not_found(bank: Bank) -> None:
    clerk = enrol(bank, "clerk", "1")
    for reply in (
        clerk.get(f"{PERIODS}?branch=2&year=2026"),
        clerk.post(f"{PERIODS}/2/2026-05/closings", {"state": "closed"}),
        bank("accountant").post(f"{PERIODS}/77/2026-05/closings", {"state": "closed"}),
    ):
        assert (reply.status, reply.code) == (404, "branch_not_found")
