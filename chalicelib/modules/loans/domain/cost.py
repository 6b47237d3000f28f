"""What a loan costs in all, as a rate: from the borrower's flows, with every charge and insurance ([F-13])."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from chalicelib.kernel.calendar import Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.measures import Flow, NoYield, effective_yield
from chalicelib.kernel.rate import Rate, RateOutOfRange
from chalicelib.kernel.schedule.due_dates import periods_in_first
from chalicelib.kernel.schedule.rows import Schedule
from chalicelib.kernel.schedule.terms import LoanTerms

_FIRST_DAY = date(1, 1, 1)
_YEAR = timedelta(365)


@dataclass(frozen=True, slots=True)
class Cost:
    """Percent of one period and of a year; None with the reason where the flows have no single rate.

    ``by_dates`` says that flows were taken on their dates, because the loan's periods are not alike.
    """

    per_period: Decimal | None
    annual: Decimal | None
    by_dates: bool
    reason: NoYield | None = None


def cost_of(terms: LoanTerms, schedule: Schedule) -> Cost:
    """The rate r that solves net = Σ (instalment + charges)_t / (1 + r)^t, and (1 + r)^m - 1 a year.

    Where periods are not alike, or the principal is drawn in parts, t is the time in years by dates.
    """
    if _alike(terms):
        found = effective_yield(_by_period(schedule))
        if isinstance(found, NoYield):
            return Cost(None, None, by_dates=False, reason=found)
        many = Fraction(schedule.nominal.periods_per_year)
        nominal = found * many.numerator / many.denominator
        try:
            annual = Rate(nominal, periods_per_year=many).effective_annual().percent
        except RateOutOfRange:
            return Cost(found, None, by_dates=False, reason=NoYield.OUT_OF_RANGE)
        return Cost(found, annual, by_dates=False)
    found = effective_yield(Flow(flow.on, schedule.money(flow.minor)) for flow in schedule.flows)
    if isinstance(found, NoYield):
        return Cost(None, None, by_dates=True, reason=found)
    return Cost(None, found, by_dates=True)


def _alike(terms: LoanTerms) -> bool:
    whole = len(terms.draws) == 1 and not terms.irregular and terms.due_dates.shift is Shift.NONE
    return whole and periods_in_first(terms) == 1


def _by_period(schedule: Schedule) -> list[Flow]:
    """The flows with a whole year between instalments, so that their annual yield is the rate of one period."""
    net = Flow(_FIRST_DAY, schedule.money(schedule.net_minor))
    paid = (
        Flow(_FIRST_DAY + _YEAR * many, schedule.money(-row.instalment_minor))
        for many, row in enumerate(schedule.rows, 1)
    )
    return [net, *paid]
