"""What may happen to a loan on paper, by date, and the rules by which it happens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from chalicelib.kernel.accrual import UNITS_BY_BASE
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule.errors import InvalidLateRule, InvalidPaymentOrder
from chalicelib.kernel.schedule.factors import LARGEST_PERCENT
from chalicelib.kernel.schedule.terms import Exceptional, SkipMode, chosen, set_field


class Effect(StrEnum):
    """What a payment beyond what is due does to the instalments left (LON-100)."""

    LOWER_INSTALMENT = "lower_instalment"
    SHORTEN_TERM = "shorten_term"
    HELD = "held"  # kept, and applied as instalments fall due (LON-84)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid on a day: to what is due by the order of payment, then by the effect."""

    on: date
    amount: Money
    effect: Effect = Effect.LOWER_INSTALMENT

    def __post_init__(self) -> None:
        set_field(self, "effect", chosen(Effect, self.effect, "events.effect"))


@dataclass(frozen=True, slots=True)
class Payoff:
    """Everything owed is paid on a day (cancelación)."""

    on: date


@dataclass(frozen=True, slots=True)
class RateChange:
    """Another rate from a day on; the instalment follows or stays, and then the last one absorbs (LON-101)."""

    on: date
    rate: Rate
    changes_instalment: bool = True


@dataclass(frozen=True, slots=True)
class FurtherDraw:
    """A tranche of principal; the instalment follows."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Skip:
    """An instalment, not due yet on the day, that need not be paid."""

    on: date
    number: int
    mode: SkipMode = SkipMode.RECALCULATE

    def __post_init__(self) -> None:
        set_field(self, "mode", chosen(SkipMode, self.mode, "events.mode"))


@dataclass(frozen=True, slots=True)
class Postponement:
    """A later date for one instalment, without late interest until then (prórroga, LON-148)."""

    on: date
    number: int
    due: date


@dataclass(frozen=True, slots=True)
class Extension:
    """More instalments at the end; the ones left are worked out anew (LON-151)."""

    on: date
    instalments: int


@dataclass(frozen=True, slots=True)
class ExceptionalAdded:
    """An exceptional instalment agreed during the life of the loan (LON-54)."""

    on: date
    exceptional: Exceptional


Event = Payment | Payoff | RateChange | FurtherDraw | Skip | Postponement | Extension | ExceptionalAdded


class Component(StrEnum):
    """What a bill is made of."""

    LATE = "late"
    INSURANCE = "insurance"
    CHARGES = "charges"
    INTEREST = "interest"
    PRINCIPAL = "principal"


_COMPONENTS = tuple(Component)


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Groups of components, one group after the other; within a group bill by bill, the oldest first (LON-77).

    One group of all components pays bill by bill; a group for each component pays component by component;
    late charges alone and then the rest is "total first" (LON-147). Raises InvalidPaymentOrder.
    """

    groups: tuple[tuple[Component, ...], ...] = (_COMPONENTS,)

    def __post_init__(self) -> None:
        groups = tuple(tuple(chosen(Component, each, "order") for each in group) for group in self.groups)
        named = [each for group in groups for each in group]
        if sorted(named) != sorted(_COMPONENTS):
            raise InvalidPaymentOrder("order", components=", ".join(named))
        set_field(self, "groups", groups)

    @classmethod
    def per_bill(cls, *components: Component) -> PaymentOrder:
        """The oldest bill first, in this order of components."""
        return cls((components,))

    @classmethod
    def per_component(cls, *components: Component) -> PaymentOrder:
        """The first component of every bill, then the second, and so on."""
        return cls(tuple((each,) for each in components))


class LateBase(StrEnum):
    """What late interest is charged on: of each bill, what is still to be paid of these."""

    PRINCIPAL = "principal"
    PRINCIPAL_AND_INTEREST = "principal_and_interest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class LateRule:
    """Late interest of a day [F-20]: base × r / A, or base × ((1+r)^(1/A) - 1) where `effective`.

    r is `percent`, or `factor` × the loan's nominal rate + `points`, at most `largest_percent`. Days count from
    the day after the due date; within `grace_days` nothing is charged, and afterwards from the end of the grace
    or, `retroactive`, from the due date. `current_interest` lets the loan's own rate run on overdue principal
    as well (LON-141).
    """

    percent: Decimal | None = None
    factor: Decimal | None = None
    points: Decimal = Decimal(0)
    largest_percent: Decimal | None = None
    effective: bool = False
    base: LateBase = LateBase.PRINCIPAL
    annual_days: int = 360
    grace_days: int = 0
    retroactive: bool = False
    current_interest: bool = False

    def __post_init__(self) -> None:
        set_field(self, "base", chosen(LateBase, self.base, "late.base"))
        given = (self.percent, self.factor, self.largest_percent)
        if (self.percent is None) == (self.factor is None) or self.annual_days not in UNITS_BY_BASE:
            raise InvalidLateRule("late.percent")
        if any(
            each is not None and not (each.is_finite() and 0 <= each <= LARGEST_PERCENT) for each in given
        ):
            raise InvalidLateRule("late.percent")
        if self.grace_days < 0 or not self.points.is_finite():
            raise InvalidLateRule("late.grace_days")

    def percent_for(self, loan_percent: Decimal) -> Decimal:
        """The late rate of a loan at that nominal rate, in percent a year."""
        percent = self.percent
        if percent is None:
            percent = max(Decimal(0), loan_percent * (self.factor or Decimal(0)) + self.points)
        return percent if self.largest_percent is None else min(percent, self.largest_percent)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a loan behaves when it is not paid as planned. `late` None: overdue balances cost nothing more.

    `paid_when_due` takes every bill as paid on its due date, so that only what departs from the plan is an event.
    """

    order: PaymentOrder = PaymentOrder()
    late: LateRule | None = None
    paid_when_due: bool = False
