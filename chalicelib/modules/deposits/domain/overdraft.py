"""What an overdrawn balance may be and what it costs: limits, slices and interest by days overdrawn (spec 04, 5 to 7).

An overdrawn amount fills its layers one after another: the account's own limits, then its group's (or the other way
round, by the tenant's ``limit_order``), and what is beyond both is excess at the policy rate. Each layer has its rate
by the d-th consecutive day overdrawn. Interest is counted in accrual units, as interest earned is: exact, whatever
the days are cut into. A limit on uncleared funds lets them be used before they clear; that is no overdraft.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chalicelib.kernel.accrual import Daily
from chalicelib.kernel.dataclass import dataclass

ONE_DAY = timedelta(days=1)
ACCOUNT, GROUP, EXCESS = "account", "group", "excess"
REFUND = "overdraft_refund"
"""Component of an account leg: interest on an overdraft that was collected and, by a later entry, never owed."""
INTEREST, BEYOND_LIMITS = "overdraft_interest", "beyond_limits"
"""Components of account legs: interest on the overdraft, and a debit that somebody authorised beyond the limits."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rate in micro-percent a year, for so many consecutive days overdrawn; 0 days: for all that follow."""

    days: int
    rate_micro: int


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """An account's own limit as pricing needs it; both dates included."""

    id: str
    minor: int
    steps: tuple[Step, ...]
    valid_from: date
    valid_until: date
    collateral_type: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the limit is in force on a day."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, slots=True)
class DebitTerms:
    """What a plan says about overdrafts from a date on.

    ``float_minor`` is how much of uncleared funds the group ``float_group`` lets be drawn on.
    ``units_per_day`` turns minor units × micro-percent into the accrual units of one day; where rates are not
    ``stepped`` the first one holds however long it lasts.
    """

    group: str = ""
    group_minor: int = 0
    group_steps: tuple[Step, ...] = ()
    policy_micro: int = 0
    units_per_day: int = 0
    account_first: bool = True
    stepped: bool = False
    float_group: str = ""
    float_minor: int = 0


DebitPrices = Sequence[tuple[date, DebitTerms]]
"""Terms of overdrafts, each from its date on, in order of date."""
NO_TERMS = DebitTerms()


class Prices(list[tuple[date, Daily]]):
    """What a balance earns from each date on (DailySteps), which also knows what it costs below zero."""

    def __init__(self, credit: Sequence[tuple[date, Daily]], debit: DebitPrices) -> None:
        super().__init__(credit)
        self.debit = debit


def debit_of(steps: Sequence[tuple[date, Daily]]) -> DebitPrices:
    """What a balance below zero costs; nothing where the steps only say what it earns."""
    return steps.debit if isinstance(steps, Prices) else ()


def terms_on(prices: DebitPrices, day: date) -> DebitTerms:
    """The terms in force on a day; none before the first."""
    found = bisect_right(prices, day, key=lambda row: row[0])
    return prices[found - 1][1] if found else NO_TERMS


@dataclass(frozen=True, slots=True)
class Slice:
    """One layer of an overdraft: its limit, how much of it is used, and the rate of the day in micro-percent."""

    source: str
    code: str
    limit_minor: int
    used_minor: int
    rate_micro: int


def limit_minor(terms: DebitTerms, own: Sequence[OwnLimit], on: date) -> int:
    """How far below zero the limits in force let an account go."""
    return terms.group_minor + sum(limit.minor for limit in own if limit.holds_on(on))


def slices(
    terms: DebitTerms, own: Sequence[OwnLimit], overdrawn_minor: int, on: date, nth_day: int
) -> list[Slice]:
    """The layers of an overdrawn amount on its n-th day; limits that are not used are among them, with nothing used.

    The used parts sum to the overdrawn amount; the excess is there only where something exceeds.
    """
    found, left = [], max(0, overdrawn_minor)
    for source, code, limit, steps in _layers(terms, own, on):
        used = min(left, limit)
        left -= used
        found.append(Slice(source, code, limit, used, _rate(steps, nth_day if terms.stepped else 1)))
    if left:
        found.append(Slice(EXCESS, "", 0, left, terms.policy_micro))
    return found


def debit_units(
    prices: DebitPrices, own: Sequence[OwnLimit], balance_minor: int, since: date, first: date, last: date
) -> int:
    """Units that a balance below zero costs from ``first`` to ``last``, overdrawn without a break since ``since``."""
    units, at = 0, first
    while at <= last and balance_minor < 0:
        terms = terms_on(prices, at)
        nth = max(1, (at - since).days + 1)
        parts = slices(terms, own, -balance_minor, at, nth)
        daily = sum(part.used_minor * part.rate_micro for part in parts) * terms.units_per_day
        until = min(_changes(prices, own, since, at), default=last + ONE_DAY)
        until = min(until, last + ONE_DAY)
        units += daily * (until - at).days
        at = until
    return units


def bucket_of(days: int, age_limits: Sequence[int]) -> int:
    """The ageing bucket of a number of days overdrawn: the first up to and with the first limit, and so on."""
    return 1 + sum(days > limit for limit in age_limits)


def _layers(
    terms: DebitTerms, own: Sequence[OwnLimit], on: date
) -> list[tuple[str, str, int, tuple[Step, ...]]]:
    mine = [
        (ACCOUNT, limit.id, limit.minor, limit.steps)
        for limit in sorted(own, key=lambda limit: (limit.valid_from, limit.id))
        if limit.holds_on(on)
    ]
    shared = [(GROUP, terms.group, terms.group_minor, terms.group_steps)] if terms.group else []
    return [*mine, *shared] if terms.account_first else [*shared, *mine]


def _rate(steps: Sequence[Step], nth_day: int) -> int:
    for step in steps:
        if not step.days or nth_day <= step.days:
            return step.rate_micro
        nth_day -= step.days
    return steps[-1].rate_micro if steps else 0


def _changes(prices: DebitPrices, own: Sequence[OwnLimit], since: date, after: date) -> Iterator[date]:
    """Every later day on which the price of an overdraft may change."""
    terms = terms_on(prices, after)
    days = [day for day, _ in prices]
    for limit in own:
        days += [limit.valid_from, limit.valid_until + ONE_DAY]
    for steps in (terms.group_steps, *(limit.steps for limit in own)) if terms.stepped else ():
        day = since
        for step in steps:
            day += timedelta(days=step.days)
            days.append(day)
    return (day for day in days if day > after)
