"""The books and what is read from them: ledgers, averages, comparisons, and the accounts of a product."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.reports import averages, books, comparison, measures
from chalicelib.modules.accounting.reports.filters import (
    ACCOUNT_IF_ANY,
    BRANCH,
    CURRENCY,
    amounts,
    columns,
    short_text,
)
from chalicelib.modules.accounting.repository.branches import Cover, today_of
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of
from chalicelib.platform import wording
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Occasion, Report, register_report
from chalicelib.platform.work import UnitOfWork


class OfBranches(Payload):
    """A branch, or those of a region; all if both are blank."""

    branch: str | None = BRANCH
    region: str = Field("", max_length=40)
    currency: str | None = CURRENCY

    @property
    def cover(self) -> Cover:
        return Cover(self.branch or "", self.region)


class BookFilters(OfBranches):
    """From one date to another; under an account, all if blank."""

    since: date
    until: date
    account: str | None = ACCOUNT_IF_ANY

    def asked(self, level: int | None = None) -> books.BookQuery:
        return books.BookQuery(
            self.cover, self.since, self.until, self.currency or "", self.account or "", level
        )


class GeneralLedgerFilters(BookFilters):
    """Down to a level of the chart; as deep as it goes if blank."""

    level: int | None = Field(None, ge=1, le=9)


class AverageFilters(OfBranches):
    """The month, quarter or year that a date lies in; of today's business date if blank."""

    period: Literal["month", "quarter", "year"] = "month"
    on: date | None = None
    account: str | None = ACCOUNT_IF_ANY
    level: int | None = Field(None, ge=1, le=9)


class ComparisonFilters(OfBranches):
    """A period and the one it is compared with."""

    since: date
    until: date
    compared_since: date
    compared_until: date
    measure: Literal["movement", "closing"] = "movement"
    level: int | None = Field(None, ge=1, le=9)


class OnDateOfBranches(Payload):
    """A date (today's business date if blank), for a branch or those of a region; for all if both are blank."""

    branch: str | None = BRANCH
    region: str = Field("", max_length=40)
    on: date | None = None

    @property
    def cover(self) -> Cover:
        return Cover(self.branch or "", self.region)


class ProductFilters(Payload):
    """A product's tag, and the date of the chart (today's business date if blank)."""

    product: str = Field(min_length=1, max_length=30)
    on: date | None = None


def general_ledger_rows(work: UnitOfWork, filters: GeneralLedgerFilters) -> Iterator[dict[str, Any]]:
    """Each account: its months where the range crosses them, then the whole range."""
    book = books.general_ledger(work, filters.asked(filters.level))
    whole = wording.say(work, "reports.general_ledger.whole")
    for line in book.lines:
        yield {
            "code": line.code,
            "name": _name(work, book.chart, line.code),
            "level": book.chart.level_of(line.code),
            "period": line.month or whole,
            **amounts(line.row, book.currency),
        }


def subsidiary_ledger_rows(work: UnitOfWork, filters: BookFilters) -> Iterator[dict[str, Any]]:
    """Account by account: its opening balance, its lines with the balance after each, its closing balance."""
    currency, chart, pages = books.subsidiary_ledger(work, filters.asked())
    opening, closing = (
        wording.say(work, f"reports.subsidiary_ledger.{name}") for name in ("opening", "closing")
    )
    for page in pages:
        account = {"account": page.code, "name": _name(work, chart, page.code)}
        balance = page.opening
        yield {**account, "date": filters.since, "text": opening, "balance": Money(balance, currency)}
        for record, leg in page.legs:
            balance += leg.debit_minor
            money = Money(leg.minor, currency)
            yield {
                **account,
                "date": record.business_date,
                "branch": record.branch,
                "entry_id": record.id,
                "text": short_text(work, record),
                "narrative": record.narrative,
                "debit": money if leg.debit_minor > 0 else None,
                "credit": money if leg.debit_minor < 0 else None,
                "balance": Money(balance, currency),
            }
        yield {**account, "date": filters.until, "text": closing, "balance": Money(balance, currency)}


def average_rows(work: UnitOfWork, filters: AverageFilters) -> Iterator[dict[str, Any]]:
    """Each account's average over the calendar days of the period that have come."""
    asked = averages.AverageQuery(
        filters.cover,
        filters.period,
        filters.on,
        filters.currency or "",
        filters.account or "",
        filters.level,
    )
    found = averages.average_balances(work, asked)
    for code, money in found.lines:
        yield {
            "code": code,
            "name": _name(work, found.chart, code),
            "level": found.chart.level_of(code),
            "since": found.first,
            "until": found.last,
            "days": found.days,
            "average": money,
        }


def comparison_rows(work: UnitOfWork, filters: ComparisonFilters) -> Iterator[dict[str, Any]]:
    """Each account in both periods, on its normal side, with difference and percentage."""
    asked = comparison.ComparisonQuery(
        filters.cover,
        (filters.since, filters.until),
        (filters.compared_since, filters.compared_until),
        filters.measure,
        filters.currency or "",
        filters.level,
    )
    for row in comparison.comparison(work, asked):
        yield {
            "code": row.code,
            "name": row.name,
            "level": row.level,
            "amount": row.amount,
            "compared": row.before,
            "difference": row.difference,
            "percent": row.percent,
        }


def product_rows(work: UnitOfWork, filters: ProductFilters) -> Iterator[dict[str, Any]]:
    """The accounts that carry the tag of a product, in the order of their codes (ACC-05)."""
    chart, clearance = chart_on(work.config, filters.on or today_of(work)), clearance_of(work)
    for code, account in sorted(chart.accounts.items()):
        if account.product == filters.product and cleared(chart, code, clearance):
            yield {
                "product": account.product,
                "code": code,
                "name": name_in(account.names, work.context.language),
                "level": account.level,
                "postable": account.postable,
                "active": account.active,
            }


def correlation_rows(work: UnitOfWork, filters: OnDateOfBranches) -> Iterator[dict[str, Any]]:
    """Every correlation on a date: the sum that is compared with zero, and whether it holds (ACC-74)."""
    on, branches = measures.scope(work, filters.cover, filters.on)
    for found in measures.correlations(work, branches, on):
        compared = wording.say(work, f"accounting.comparisons.{found.correlation.comparison}")
        yield {
            "date": on,
            "code": found.code,
            "name": name_in(found.correlation.names, work.context.language),
            "branch": found.branch,
            "difference": found.difference,
            "comparison": compared,
            "holds": found.holds,
        }


def indicator_rows(work: UnitOfWork, filters: OnDateOfBranches) -> Iterator[dict[str, Any]]:
    """Every indicator on a date: its value, its trend and the colour of its limits (ACC-30, ACC-31)."""
    on, found = measures.indicators(work, filters.cover, filters.on)
    for each in found:
        trend, colour = each.trend, each.colour
        yield {
            "date": on,
            "code": each.code,
            "name": name_in(each.indicator.names, work.context.language),
            "numerator": each.numerator,
            "denominator": each.denominator,
            "value": each.value,
            "before": each.before,
            "trend": wording.say(work, f"accounting.trends.{trend}") if trend else "",
            "limit": wording.say(work, f"accounting.colours.{colour}") if colour else "",
        }


def _name(work: UnitOfWork, chart: Chart, code: str) -> str:
    account = chart.find(code)
    return name_in(account.names, work.context.language) if account else code


def _cycle(occasion: Occasion) -> dict[str, Any]:
    """A branch, or all, over the days of the cycle that ended, as far as they are closed."""
    until = min(occasion.last, occasion.business_date)
    return {"branch": occasion.branch or None, "since": min(occasion.first, until), "until": until}


GENERAL_LEDGER = Report(
    code="general_ledger",
    permission=permissions.READ_LEDGER,
    columns=columns(
        code="text",
        name="text",
        level="integer",
        period="text",
        opening="money",
        debits="money",
        credits="money",
        closing="money",
    ),
    filters=GeneralLedgerFilters,
    rows=general_ledger_rows,
    scheduled=_cycle,
)
SUBSIDIARY_LEDGER = Report(
    code="subsidiary_ledger",
    permission=permissions.READ_LEDGER,
    columns=columns(
        account="text",
        name="text",
        date="date",
        branch="text",
        entry_id="text",
        text="text",
        narrative="text",
        debit="money",
        credit="money",
        balance="money",
    ),
    filters=BookFilters,
    rows=subsidiary_ledger_rows,
    scheduled=_cycle,
    totals=("debit", "credit"),
)
AVERAGE_BALANCES = Report(
    code="average_balances",
    permission=permissions.READ_LEDGER,
    columns=columns(
        code="text",
        name="text",
        level="integer",
        since="date",
        until="date",
        days="integer",
        average="money",
    ),
    filters=AverageFilters,
    rows=average_rows,
    scheduled=lambda occasion: {"branch": occasion.branch or None, "on": occasion.business_date},
)
COMPARATIVE_BALANCES = Report(
    code="comparative_balances",
    permission=permissions.READ_LEDGER,
    columns=columns(
        code="text",
        name="text",
        level="integer",
        amount="money",
        compared="money",
        difference="money",
        percent="percent",
    ),
    filters=ComparisonFilters,
    rows=comparison_rows,
)
ACCOUNTS_OF_PRODUCT = Report(
    code="accounts_of_product",
    permission=permissions.READ_LEDGER,
    columns=columns(
        product="text", code="text", name="text", level="integer", postable="boolean", active="boolean"
    ),
    filters=ProductFilters,
    rows=product_rows,
)

ACCOUNT_CORRELATIONS = Report(
    code="account_correlations",
    permission=permissions.READ_EXCEPTIONS,
    columns=columns(
        date="date",
        code="text",
        name="text",
        branch="text",
        difference="money",
        comparison="text",
        holds="boolean",
    ),
    filters=OnDateOfBranches,
    rows=correlation_rows,
    scheduled=lambda occasion: {"branch": occasion.branch or None, "on": occasion.business_date},
)
FINANCIAL_INDICATORS = Report(
    code="financial_indicators",
    permission=permissions.READ_LEDGER,
    columns=columns(
        date="date",
        code="text",
        name="text",
        numerator="money",
        denominator="money",
        value="percent",
        before="percent",
        trend="text",
        limit="text",
    ),
    filters=OnDateOfBranches,
    rows=indicator_rows,
    scheduled=lambda occasion: {"branch": occasion.branch or None, "on": occasion.business_date},
)


for report in (
    GENERAL_LEDGER,
    SUBSIDIARY_LEDGER,
    AVERAGE_BALANCES,
    COMPARATIVE_BALANCES,
    ACCOUNTS_OF_PRODUCT,
    ACCOUNT_CORRELATIONS,
    FINANCIAL_INDICATORS,
):
    register_report(report)
