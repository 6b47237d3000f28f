"""Correlations that every close checks, and indicators with their trend and the colour of their limits."""

from datetime import date
from typing import Any

import pytest

from chalicelib.modules.accounting.tables import BROKEN_CORRELATIONS
from tests.functional.accounting.books import close_day, post, report, set_parameter, stand_on, today
from tests.functional.parties.people import publish
from tests.support.bank import Bank

CORRELATION, INDICATOR = "accounting.correlation", "accounting.indicator"


def a_correlation(*terms: tuple[str, str], **more: Any) -> dict[str, Any]:
    rows = [{"account": account, "sign": sign} for sign, account in terms]
    return {"names": {"es": "Caja contra ingresos"}, "terms": rows, **more}


def cash_and_income(bank: Bank, amount: str, branch: str = "1") -> None:
    post(bank, (branch, "cash_on_hand", amount), (branch, "fee_income_deposits", f"-{amount}"), at=branch)


@pytest.mark.feature("ACC-74")
def test_a_correlation_that_fails_by_a_cent_is_reported_at_the_close(bank: Bank) -> None:
    publish(bank, CORRELATION, "CASH", a_correlation(("plus", "1101"), ("minus", "5490")))
    cash_and_income(bank, "100.00")
    first = close_day(bank)
    (row,) = report(bank, "account_correlations", on=first.isoformat())
    assert (row["difference"]["amount"], row["holds"]) == ("0.00", True)
    assert list(bank.work().all(BROKEN_CORRELATIONS)) == []
    post(bank, ("1", "cash_on_hand", "0.01"), ("1", "rounding_income", "-0.01"))
    second = close_day(bank)
    (row,) = report(bank, "account_correlations", on=second.isoformat())
    assert (row["difference"]["amount"], row["holds"], row["comparison"]) == ("0.01", False, "Igual a cero")
    assert [(each.business_date, each.code, each.minor) for each in bank.work().all(BROKEN_CORRELATIONS)] == [
        (second, "CASH", 1)
    ]


@pytest.mark.parametrize(
    ("terms", "holds"),
    [
        ({"tolerance": "0.01"}, True),
        ({"comparison": "more"}, True),
        ({"comparison": "at_most"}, False),
        ({"comparison": "less"}, False),
        ({"comparison": "not_equal"}, True),
        ({"comparison": "at_least"}, True),
    ],
)
def test_each_comparison_and_the_tolerance(bank: Bank, terms: dict, holds: bool) -> None:
    correlation = a_correlation(("plus", "1101"), ("minus", "5490"), **terms)
    set_parameter(bank, CORRELATION, "CASH", correlation)
    cash_and_income(bank, "100.00")
    post(bank, ("1", "cash_on_hand", "0.01"), ("1", "rounding_income", "-0.01"))
    assert [row["holds"] for row in report(bank, "account_correlations")] == [holds]


def test_a_correlation_of_branches_is_checked_in_each(bank: Bank) -> None:
    correlation = a_correlation(("plus", "1101"), ("minus", "5490"), coverage="branch")
    set_parameter(bank, CORRELATION, "CASH", correlation)
    post(bank, ("1", "cash_on_hand", "7.00"), ("2", "fee_income_deposits", "-7.00"))
    rows = report(bank, "account_correlations")
    assert [(row["branch"], row["difference"]["amount"], row["holds"]) for row in rows] == [
        ("1", "7.00", False),
        ("2", "-7.00", False),
    ]


def an_indicator(**terms: Any) -> dict[str, Any]:
    """Cheques on their way as a percentage of deposits."""
    return {
        "names": {"es": "Cartera sobre depósitos", "en": "Loans to deposits"},
        "numerator": [{"account": "1104"}],
        "denominator": [{"account": "2504"}],
        "amber": "80",
        "red": "90",
        **terms,
    }


def standing(bank: Bank, loans: str, deposits: str) -> None:
    if loans:
        post(bank, ("1", "cheques_in_clearing", loans), ("1", "cash_on_hand", f"-{loans}"))
    if deposits:
        post(bank, ("1", "cash_on_hand", deposits), ("1", "tax_withheld_payable", f"-{deposits}"))


@pytest.mark.feature("ACC-30", "ACC-31")
def test_an_indicator_shows_value_trend_and_the_colour_of_its_limit(bank: Bank) -> None:
    assert today(bank) == date(2026, 6, 1)
    standing(bank, "600000.00", "1000000.00")
    close_day(bank)
    stand_on(bank, date(2026, 7, 1))
    publish(bank, INDICATOR, "LOANS_TO_DEPOSITS", an_indicator())
    (row,) = report(bank, "financial_indicators")
    assert (row["value"], row["trend"], row["limit"]) == ("60.00", "Igual", "Verde")
    standing(bank, "212500.00", "")
    (row,) = report(bank, "financial_indicators")
    shown = [row["numerator"]["amount"], row["denominator"]["amount"], row["value"], row["before"]]
    assert shown == ["812500.00", "1000000.00", "81.25", "60.00"]
    assert (row["trend"], row["limit"]) == ("Sube", "Ámbar")
    assert row["name"] == "Cartera sobre depósitos"
    standing(bank, "100000.00", "")
    (row,) = report(bank, "financial_indicators")
    assert (row["value"], row["limit"]) == ("91.25", "Rojo")
    assert report(bank, "financial_indicators", on="2026-06-01") == []


def test_an_indicator_without_denominator_has_no_value(bank: Bank) -> None:
    set_parameter(bank, INDICATOR, "LOANS_TO_DEPOSITS", an_indicator())
    (row,) = report(bank, "financial_indicators")
    assert (row["value"], row["trend"], row["limit"]) == (None, "", "")


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (INDICATOR, an_indicator(red="70"), "red_before_amber"),
        (INDICATOR, an_indicator(worse="lower"), "red_before_amber"),
        (INDICATOR, an_indicator(numerator=[]), "too_short"),
        (INDICATOR, an_indicator(denominator=[{"account": "987"}]), "unknown_reference"),
        (CORRELATION, a_correlation(), "too_short"),
        (CORRELATION, a_correlation(("plus", "1"), currency="XXZ"), "unknown_currency"),
        (CORRELATION, a_correlation(("twice", "1")), "not_allowed"),
    ],
)
def test_what_cannot_be_measured_is_refused(bank: Bank, kind: str, body: dict, code: str) -> None:
    asked = {"code": "WRONG", "effective_from": today(bank).isoformat(), "body": body}
    refused = bank("admin").post(f"/v1/platform/parameters/{kind}", asked)
    assert refused.status == 422
    assert refused["errors"][0]["code"] == code
    assert all(row["message"] for row in refused["errors"])
