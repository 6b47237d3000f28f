"""A simulated loan whose course is changed by events, instalments being paid when they are due."""

from collections.abc import Sequence

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule import events as happening
from chalicelib.kernel.schedule.life import Life, Movement, live
from chalicelib.kernel.schedule.terms import Exceptional, LoanTerms
from chalicelib.modules.loans.domain.asked import EventAsked
from chalicelib.modules.loans.errors import EventIncomplete, TooManyEvents

PAID_AS_PLANNED = happening.Rules(paid_when_due=True)
MOST_ROWS_REBUILT = 4_800
"""Every event may rebuild every row: what one request may ask for is bounded."""
FOR_EVERYBODY = ("payment", "payoff")
"""Events that members and visitors may ask for; the others change what was agreed."""
NEEDS = {
    "payment": ("amount",),
    "rate_change": ("rate",),
    "draw": ("amount",),
    "skip": ("number",),
    "postponement": ("number", "due_on"),
    "extension": ("instalments",),
    "exceptional": ("exceptional",),
}


@dataclass(frozen=True, slots=True)
class Course:
    """The loan after its events, and what each of them did."""

    life: Life
    movements: tuple[Movement, ...]


def course_of(terms: LoanTerms, events: Sequence[happening.Event]) -> Course:
    """The loan after its events. What falls due is paid on its day, as planned.

    Raises TooManyEvents, EventsOutOfOrder, EventAfterPayoff, InvalidEvent, PaymentBeyondDebt, MixedCurrencies.
    """
    most = MOST_ROWS_REBUILT // terms.instalments
    if len(events) > most:
        raise TooManyEvents("events", most=most)
    life = live(terms, events, PAID_AS_PLANNED)
    return Course(life, life.movements)


def event_of(asked: EventAsked, rate: Rate | None, path: str) -> happening.Event:
    """An event as the engine takes it. Raises EventIncomplete."""
    kind, amount, extra = asked.kind, asked.amount, asked.exceptional
    if kind == "payoff":
        return happening.Payoff(asked.on)
    if kind == "payment" and amount is not None:
        return happening.Payment(asked.on, amount, asked.effect)
    if kind == "draw" and amount is not None:
        return happening.FurtherDraw(asked.on, amount)
    if kind == "rate_change" and rate is not None:
        return happening.RateChange(asked.on, rate, asked.changes_instalment)
    if kind == "skip" and asked.number is not None:
        return happening.Skip(asked.on, asked.number, asked.mode)
    if kind == "postponement" and asked.number is not None and asked.due_on is not None:
        return happening.Postponement(asked.on, asked.number, asked.due_on)
    if kind == "extension" and asked.instalments is not None:
        return happening.Extension(asked.on, asked.instalments)
    if kind == "exceptional" and extra is not None:
        exceptional = Exceptional(extra.amount, extra.number, extra.on, extra.mode)
        return happening.ExceptionalAdded(asked.on, exceptional)
    missing = next(name for name in NEEDS[kind] if getattr(asked, name) is None)
    raise EventIncomplete(f"{path}.{missing}", kind=kind, name=missing)
