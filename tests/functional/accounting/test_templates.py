"""Entry templates: accounts and sides are fixed, a person gives the amount, the branch and the date."""

from datetime import timedelta
from typing import Any

import pytest

from tests.functional.accounting.books import (
    authorise,
    balance,
    change_control,
    close_day,
    enrol,
    set_parameter,
    today,
    usd,
)
from tests.functional.parties.people import publish
from tests.support.bank import Bank

TEMPLATE = "accounting.entry_template"
RENT = "/v1/accounting/templates/RENT/vouchers"


def a_template(**terms: Any) -> dict[str, Any]:
    """Rent, of which a tenth is withheld."""
    return {
        "names": {"es": "Arriendo", "en": "Rent"},
        "concept": "MANUAL",
        "lines": [
            {"account": "450790", "side": "debit"},
            {"account": "110105", "side": "credit", "percent": "90"},
            {"account": "250405", "side": "credit", "percent": "10"},
        ],
        **terms,
    }


def lines_of(voucher: Any) -> list[tuple[str, str, str, str]]:
    return [(row["branch"], row["account"], row["side"], row["amount"]["amount"]) for row in voucher["lines"]]


@pytest.mark.feature("ACC-11")
def test_a_template_asks_for_amount_branch_and_date_and_saves_a_balanced_voucher(bank: Bank) -> None:
    publish(bank, TEMPLATE, "RENT", a_template())
    day = today(bank) - timedelta(days=1)
    asked = {"branch": "2", "amount": usd("1200.00"), "effective_date": day.isoformat()}
    voucher = bank("accountant").post(RENT, asked).expect(201).json
    assert lines_of(voucher) == [
        ("2", "450790", "debit", "1200.00"),
        ("2", "110105", "credit", "1080.00"),
        ("2", "250405", "credit", "120.00"),
    ]
    assert (voucher["narrative"], voucher["effective_date"]) == ("Arriendo", day.isoformat())
    assert (voucher["state"], voucher["origin"]) == ("pending_authorisation", f"{TEMPLATE}:RENT")
    done = authorise(bank, voucher).expect(201)
    assert (done["state"], done["number"]) == ("applied", "DIA-000001")
    assert balance(bank, "250405", "2") == "-120.00"


def test_the_shares_of_an_odd_amount_sum_to_it(bank: Bank) -> None:
    lines = [
        {"account": "450790", "side": "debit"},
        *({"account": account, "side": "credit", "percent": "33.333333"} for account in ("110105", "250405")),
        {"account": "569005", "side": "credit", "percent": "33.333334"},
    ]
    set_parameter(bank, TEMPLATE, "RENT", a_template(lines=lines, concept="ADJUST"))
    voucher = bank("accountant").post(RENT, {"branch": "1", "amount": usd("0.02")}).expect(201)
    assert [row[3] for row in lines_of(voucher)] == ["0.02", "0.01", "0.01"]


@pytest.mark.feature("ACC-12")
def test_a_template_of_the_close_is_visible_as_pending_and_applied_after_it(bank: Bank) -> None:
    set_parameter(bank, TEMPLATE, "RENT", a_template(timing="at_close", concept="ADJUST"))
    voucher = bank("accountant").post(RENT, {"branch": "1", "amount": usd("1200.00")}).expect(201).json
    assert (voucher["state"], voucher["number"]) == ("authorised", "")
    waiting = bank("accountant").get("/v1/accounting/vouchers?state=authorised").expect(200)["items"]
    assert [row["id"] for row in waiting] == [voucher["id"]]
    assert balance(bank, "450790") == "0.00"
    day = close_day(bank)
    after = bank("accountant").get(f"/v1/accounting/vouchers/{voucher['id']}").expect(200)
    assert (after["state"], after["business_date"]) == ("applied", day.isoformat())
    assert balance(bank, "450790", date=day) == "1200.00"


@pytest.mark.feature("ACC-12")
def test_a_template_set_to_be_applied_at_once_does_not_wait_for_the_batch(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    set_parameter(bank, TEMPLATE, "RENT", a_template(timing="at_once", concept="ADJUST"))
    voucher = bank("accountant").post(RENT, {"branch": "1", "amount": usd("5.00")}).expect(201)
    assert (voucher["state"], voucher["number"]) == ("applied", "AJU-000001")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"branch": "1"}, 422, "required"),
        ({"branch": "99", "amount": usd("1.00")}, 422, "unknown_branch"),
        ({"branch": "1", "amount": usd("0.00")}, 422, "amount_not_positive"),
        (
            {"branch": "1", "amount": usd("1.00"), "effective_date": "2031-01-01"},
            422,
            "effective_date_in_future",
        ),
    ],
)
def test_what_is_wrong_with_the_request_is_named(bank: Bank, asked: dict, status: int, code: str) -> None:
    set_parameter(bank, TEMPLATE, "RENT", a_template())
    refused = bank("accountant").post(RENT, asked)
    assert (refused.status, refused.code) == (status, code)


def test_unknown_and_inactive_templates_and_foreign_branches_are_refused(bank: Bank) -> None:
    asked = {"branch": "1", "amount": usd("1.00")}
    missing = bank("accountant").post(RENT, asked)
    assert (missing.status, missing.code) == (404, "unknown_template")
    set_parameter(bank, TEMPLATE, "RENT", a_template(active=False))
    inactive = bank("accountant").post(RENT, asked)
    assert (inactive.status, inactive.code) == (409, "template_not_usable")
    set_parameter(bank, TEMPLATE, "RENT", a_template())
    clerk = enrol(bank, "clerk", "2")
    assert clerk.post(RENT, asked).code == "branch_not_enrolled"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"lines": a_template()["lines"][:2]}, "lines", "template_unbalanced"),
        ({"concept": "NONE"}, "concept", "unknown_reference"),
        ({"timing": "tomorrow"}, "timing", "not_allowed"),
    ],
)
def test_a_template_that_cannot_work_is_refused(bank: Bank, change: dict, field: str, code: str) -> None:
    asked = {"code": "RENT", "effective_from": today(bank).isoformat(), "body": a_template(**change)}
    refused = bank("admin").post(f"/v1/platform/parameters/{TEMPLATE}", asked)
    assert refused.status == 422
    assert [(row["field"], row["code"]) for row in refused["errors"]] == [(field, code)]
    assert all(row["message"] for row in refused["errors"])
