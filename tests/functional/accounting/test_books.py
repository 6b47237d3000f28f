"""The books over any range, average balances, periods side by side, accounts of a product, short descriptions."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.functional.accounting.books import (
    applied,
    change_account,
    close_day,
    line,
    post,
    report,
    set_parameter,
    stand_on,
    today,
)
from tests.functional.parties.people import publish
from tests.support.bank import Bank

AMOUNTS = ("opening", "debits", "credits", "closing")


def figures(row: dict[str, Any]) -> list[str]:
    return [row[name]["amount"] for name in AMOUNTS]


def earned(bank: Bank, amount: str, branch: str = "1") -> None:
    post(bank, (branch, "cash_on_hand", amount), (branch, "fee_income_deposits", f"-{amount}"), at=branch)


@pytest.mark.feature("ACC-55")
def test_the_general_ledger_of_a_range_over_two_months_shows_opening_movement_and_closing(bank: Bank) -> None:
    first = today(bank)
    earned(bank, "100.00")
    close_day(bank)
    june = today(bank)
    earned(bank, "40.00")
    earned(bank, "5.00", "2")
    close_day(bank)
    stand_on(bank, first.replace(month=first.month + 1, day=10))
    post(bank, ("1", "rounding_expense", "30.00"), ("1", "cash_on_hand", "-30.00"))
    asked = {"since": june.isoformat(), "until": today(bank).isoformat(), "account": "1101"}
    own = report(bank, "general_ledger", branch="1", **asked)
    found = {(row["code"], row["period"]): figures(row) for row in own}
    expected = {
        f"{june:%Y-%m}": ["100.00", "40.00", "0.00", "140.00"],
        f"{today(bank):%Y-%m}": ["140.00", "0.00", "30.00", "110.00"],
        "Todo el rango": ["100.00", "40.00", "30.00", "110.00"],
    }
    assert found == {(code, period): row for code in ("1101", "110105") for period, row in expected.items()}
    whole = {row["period"]: figures(row) for row in report(bank, "general_ledger", level=3, **asked)}
    assert whole["Todo el rango"] == ["100.00", "45.00", "30.00", "115.00"]


@pytest.mark.feature("ACC-55")
def test_the_subsidiary_ledger_leads_from_opening_to_closing_account_by_account(bank: Bank) -> None:
    earned(bank, "100.00")
    close_day(bank)
    since = today(bank)
    earned(bank, "40.00")
    earned(bank, "5.00", "2")
    close_day(bank)
    applied(bank, line("450790", "30.00"), line("110105", "-30.00"), narrative="Papelería")
    asked = {"since": since.isoformat(), "until": today(bank).isoformat()}
    rows = report(bank, "subsidiary_ledger", branch="1", **asked)
    cash = [row for row in rows if row["account"] == "110105"]
    assert [row["balance"]["amount"] for row in cash] == ["100.00", "140.00", "110.00", "110.00"]
    assert [(row["text"], row["narrative"]) for row in cash[::2]] == [
        ("Saldo anterior", None),
        ("voucher", "Papelería"),
    ]
    assert [row["account"] for row in rows if row["text"] == "Saldo final"] == ["110105", "450790", "549005"]
    both = report(bank, "subsidiary_ledger", account="11", **asked)
    assert [row["balance"]["amount"] for row in both] == ["100.00", "140.00", "145.00", "115.00", "115.00"]


@pytest.mark.feature("ACC-65")
def test_the_average_of_a_month_weighs_each_balance_by_its_days(bank: Bank) -> None:
    """1 000 for ten days, 1 600 for fifteen, 400 for five: 1 200."""
    assert today(bank) == date(2026, 6, 1)
    earned(bank, "1000.00")
    close_day(bank)
    for day, amount in ((11, "600.00"), (26, "-1200.00")):
        stand_on(bank, date(2026, 6, day))
        paid = amount.removeprefix("-")
        sides = (paid, f"-{paid}") if amount == paid else (f"-{paid}", paid)
        post(bank, ("1", "cash_on_hand", sides[0]), ("1", "fee_income_deposits", sides[1]))
        close_day(bank)
    stand_on(bank, date(2026, 7, 1))
    rows = {
        period: report(bank, "average_balances", period=period, on="2026-06-30", branch="1", account="110105")
        for period in ("month", "quarter", "year")
    }
    assert [(row["average"]["amount"], row["days"]) for row in rows["month"]] == [("1200.00", 30)]
    assert [(row["average"]["amount"], row["days"]) for row in rows["quarter"]] == [("395.60", 91)]
    assert [(row["average"]["amount"], row["days"]) for row in rows["year"]] == [("200.00", 182)]
    groups = report(bank, "average_balances", on="2026-06-30", level=1)
    assert {row["code"]: row["average"]["amount"] for row in groups} == {"1": "1200.00", "5": "-1200.00"}


@pytest.mark.feature("ACC-69")
def test_two_periods_side_by_side_with_difference_and_percentage(bank: Bank) -> None:
    stand_on(bank, date(2026, 6, 30))
    earned(bank, "1000.00")
    close_day(bank)
    for day in (date(2027, 4, 1), date(2027, 5, 3)):
        stand_on(bank, day)
    earned(bank, "1050.00")
    post(bank, ("1", "rounding_expense", "7.00"), ("1", "cash_on_hand", "-7.00"))
    close_day(bank)
    stand_on(bank, date(2027, 7, 1))
    quarters = {
        "since": "2027-04-01",
        "until": "2027-06-30",
        "compared_since": "2026-04-01",
        "compared_until": "2026-06-30",
    }

    def compared(**filters: Any) -> dict[str, tuple[str, str, str, str | None]]:
        rows = report(bank, "comparative_balances", **quarters, **filters)
        return {
            row["code"]: (
                row["amount"]["amount"],
                row["compared"]["amount"],
                row["difference"]["amount"],
                row["percent"],
            )
            for row in rows
        }

    found = compared(level=3)
    assert found["5490"] == ("1050.00", "1000.00", "50.00", "5.00")
    assert found["4507"] == ("7.00", "0.00", "7.00", None)
    assert found["5"] == found["5490"]
    assert compared(measure="closing")["110105"] == ("2043.00", "1000.00", "1043.00", "104.30")


@pytest.mark.feature("ACC-05")
def test_the_accounts_that_a_product_uses_are_listed(bank: Bank) -> None:
    for code in ("210135", "410115"):
        body = bank.work().config.get("accounting.account", code, today(bank)).to_body()
        publish(bank, "accounting.account", code, {**body, "product": "savings"})
    change_account(bank, "210110", product="checking")
    rows = report(bank, "accounts_of_product", product="savings")
    assert [(row["product"], row["code"], row["name"]) for row in rows] == [
        ("savings", "210135", "Depósitos de ahorro"),
        ("savings", "410115", "Depósitos de ahorro"),
    ]


@pytest.mark.feature("ACC-15")
def test_reports_print_the_short_text_of_what_the_system_posts(bank: Bank) -> None:
    texts = {"texts": {"es": "Cargo cobrado", "en": "Fee charged"}}
    publish(bank, "accounting.entry_text", "test", texts)
    earned(bank, "3.00")
    day = today(bank).isoformat()
    for language, shown in (("es", "Cargo cobrado"), ("en", "Fee charged")):
        for code, filters in (
            ("journal_of_day", {}),
            ("subsidiary_ledger", {"since": day, "until": day, "account": "5490"}),
        ):
            client = bank("auditor")
            client.language = language
            asked = {"filters": filters, "format": "json", "language": language}
            rows = client.post(f"/v1/platform/reports/{code}/runs", asked).expect(200)["rows"]
            assert shown in {row["text"] for row in rows}
    bank("auditor").language = "es"


def test_an_account_above_the_readers_level_is_on_no_page(bank: Bank) -> None:
    change_account(bank, "549005", confidentiality_level=99)
    earned(bank, "3.00")
    day = today(bank).isoformat()
    for code in ("general_ledger", "subsidiary_ledger", "average_balances"):
        filters = {} if code == "average_balances" else {"since": day, "until": day}
        rows = report(bank, code, "accountant", **filters)
        assert rows
        assert "549005" not in {row.get("code", row.get("account")) for row in rows}


@pytest.mark.parametrize("code", ["general_ledger", "subsidiary_ledger"])
def test_a_range_that_cannot_be_read_is_refused(bank: Bank, code: str) -> None:
    day = today(bank)
    for filters, problem in (
        ({"since": day.isoformat(), "until": (day + timedelta(days=1)).isoformat()}, "ledger_period_invalid"),
        ({"since": "2024-01-01", "until": day.isoformat()}, "ledger_period_invalid"),
        ({"since": day.isoformat(), "until": day.isoformat(), "account": "999"}, "unknown_ledger_account"),
        ({"since": day.isoformat()}, "invalid_request"),
    ):
        body = {"filters": filters, "format": "json"}
        assert bank("auditor").post(f"/v1/platform/reports/{code}/runs", body).code == problem


def test_every_book_comes_in_every_form(bank: Bank) -> None:
    set_parameter(bank, "accounting.entry_text", "test", {"texts": {"es": "Cargo"}})
    earned(bank, "3.00")
    day = today(bank).isoformat()
    span = {"since": day, "until": day}
    for code, filters in {
        "general_ledger": span,
        "subsidiary_ledger": span,
        "average_balances": {},
        "comparative_balances": {**span, "compared_since": day, "compared_until": day},
        "accounts_of_product": {"product": "savings"},
    }.items():
        for form in ("csv", "xlsx", "pdf"):
            body = {"filters": filters, "format": form, "language": "en"}
            assert bank("accountant").post(f"/v1/platform/reports/{code}/runs", body).status == 200
