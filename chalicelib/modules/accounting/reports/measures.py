"""Correlations and indicators on a date (ACC-30, ACC-31, ACC-74)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain import measures
from chalicelib.modules.accounting.domain.averages import span_of
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.measures import Colour, Trend
from chalicelib.modules.accounting.domain.sheet import Row, combined
from chalicelib.modules.accounting.domain.trial_balance import by_account
from chalicelib.modules.accounting.plans import AccountCorrelation, Indicator
from chalicelib.modules.accounting.reports.trial_balance import check_period
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.branches import Cover, covered, latest_date, working
from chalicelib.modules.accounting.repository.chart import CORRELATION, INDICATOR, chart_on
from chalicelib.platform.work import UnitOfWork

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Correlated:
    """A correlation on a date, of a branch or (blank) of all: the sum compared with zero, and whether it holds."""

    code: str
    correlation: AccountCorrelation
    branch: str
    difference: Money
    holds: bool


@dataclass(frozen=True, slots=True)
class Indicated:
    """An indicator on a date and at the end of the period before, in per cent."""

    code: str
    indicator: Indicator
    numerator: Money
    denominator: Money
    value: Decimal | None
    before: Decimal | None

    @property
    def colour(self) -> Colour | None:
        """How it stands to its limits."""
        return measures.colour_of(self.indicator, self.value)

    @property
    def trend(self) -> Trend | None:
        """How it stands to itself before."""
        return measures.trend_of(self.value, self.before)


def correlations(work: UnitOfWork, branches: list[str], on: date) -> Iterator[Correlated]:
    """Every correlation in use, of each of these branches or of all of them together."""
    chart = chart_on(work.config, on)
    for code, correlation in work.config.all(CORRELATION, on):
        if not correlation.active:
            continue
        currency = correlation.currency or work.context.tenant.currency
        tolerance = Money.of(1, currency).times(correlation.tolerance).minor
        apart = [[branch] for branch in branches] if correlation.coverage == "branch" else [branches]
        for group in apart:
            rows = _rows(work, group, on, currency)
            minor = measures.signed_sum(correlation.terms, rows, chart)
            yield Correlated(
                code,
                correlation,
                group[0] if correlation.coverage == "branch" else "",
                Money(minor, currency),
                measures.holds(correlation, minor, tolerance),
            )


def indicators(work: UnitOfWork, cover: Cover, on: date | None) -> tuple[date, list[Indicated]]:
    """(the date, every indicator in use). Raises BranchNotFound, LedgerPeriodInvalid."""
    on, branches = scope(work, cover, on)
    chart, currency = chart_on(work.config, on), work.context.tenant.currency
    now = _rows(work, branches, on, currency)
    eves: dict[date, dict[str, Row]] = {}
    found = []
    for code, indicator in work.config.all(INDICATOR, on):
        if not indicator.active:
            continue
        eve = span_of(indicator.period, on)[0] - DAY
        if eve not in eves:
            eves[eve] = _rows(work, branches, eve, currency)
        numerator, denominator = _sums(indicator, now, chart)
        found.append(
            Indicated(
                code,
                indicator,
                Money(numerator, currency),
                Money(denominator, currency),
                measures.ratio(numerator, denominator),
                measures.ratio(*_sums(indicator, eves[eve], chart)),
            )
        )
    return on, found


def scope(work: UnitOfWork, cover: Cover, on: date | None) -> tuple[date, list[str]]:
    """(the date asked for or the latest one, the branches at work). Raises BranchNotFound, LedgerPeriodInvalid."""
    branches = working(work, covered(work, cover, on))
    today = latest_date(work, branches)
    on = on or today
    check_period(on, on, today)
    return on, branches


def _sums(indicator: Indicator, rows: dict[str, Row], chart: Chart) -> tuple[int, int]:
    return (
        measures.signed_sum(indicator.numerator, rows, chart),
        measures.signed_sum(indicator.denominator, rows, chart),
    )


def _rows(work: UnitOfWork, branches: list[str], on: date, currency: str) -> dict[str, Row]:
    rows = combined(sheets.on_date(work, branch, on).rows for branch in branches)
    return by_account(rows, currency)
