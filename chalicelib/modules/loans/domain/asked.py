"""What is asked of the simulator: a product with an amount, a term and dates, or terms of one's own."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.index_rate import SpreadStage
from chalicelib.kernel.money import Money
from chalicelib.kernel.schedule.events import Effect
from chalicelib.kernel.schedule.terms import (
    Accrual,
    Compounding,
    Conversion,
    DrawValue,
    ExceptionalMode,
    LevelBasis,
    SkipMode,
)
from chalicelib.modules.loans.plans import (
    GracePlan,
    InstalmentGrowth,
    InstalmentRounding,
    LoanSlot,
    PaymentFrequency,
    QuotedRate,
)

AS_USUAL = QuotedRate()
"""Nominal, of twelve periods a year, in arrears."""


@dataclass(frozen=True, slots=True)
class RateAsked:
    """A percentage and how it is quoted, or an index rate's code and the points over it."""

    percent: Decimal | None = None
    quoted: QuotedRate = AS_USUAL
    index: str | None = None
    spread_points: Decimal = Decimal(0)
    spread_stage: SpreadStage = SpreadStage.BEFORE_CONVERSION


@dataclass(frozen=True, slots=True)
class RateStepAsked:
    """Another rate from a day on."""

    since: date
    rate: RateAsked


@dataclass(frozen=True, slots=True)
class DrawAsked:
    """A part of the principal and the day on which it is paid out."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ExceptionalAsked:
    """An exceptional instalment, by its number or by a day."""

    amount: Money
    number: int | None
    on: date | None
    mode: ExceptionalMode


@dataclass(frozen=True, slots=True)
class InsuredAsked:
    """A person insured by a share of the loan."""

    birth_date: date
    share_percent: Decimal = Decimal(100)
    extra_points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class IrregularAsked:
    """A row typed by hand."""

    due_on: date
    principal: Money | None
    instalment: Money | None


@dataclass(frozen=True, slots=True)
class TermsAsked:
    """Terms that staff set themselves; None or empty leaves the product's, or the bank's usual one."""

    rate: RateAsked | None = None
    interest_timing: str | None = None
    later_rates: tuple[RateStepAsked, ...] = ()
    formula: str | None = None
    growth: InstalmentGrowth | None = None
    fixed_principal: Money | None = None
    capitalises: bool | None = None
    day_count: str | None = None
    interest_method: Accrual | None = None
    compounding: Compounding | None = None
    conversion: Conversion | None = None
    level_basis: LevelBasis | None = None
    draw_value: DrawValue | None = None
    grace: GracePlan | None = None
    rounding: InstalmentRounding | None = None
    insurances: tuple[LoanSlot, ...] | None = None
    charges: tuple[LoanSlot, ...] | None = None
    irregular: tuple[IrregularAsked, ...] = ()

    def given(self) -> list[str]:
        """Names of the terms that are set, in their order."""
        return [each.name for each in fields(self) if getattr(self, each.name) not in (None, ())]


@dataclass(frozen=True, slots=True)
class EventAsked:
    """Something that happens to the loan on a day; which of the other fields are given depends on its kind."""

    kind: str
    on: date
    amount: Money | None = None
    effect: Effect = Effect.LOWER_INSTALMENT
    rate: RateAsked | None = None
    changes_instalment: bool = True
    number: int | None = None
    due_on: date | None = None
    mode: SkipMode = SkipMode.RECALCULATE
    instalments: int | None = None
    exceptional: ExceptionalAsked | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A simulation as it is asked for."""

    principal: Money
    instalments: int
    product: str | None = None
    frequency: PaymentFrequency | None = None
    method: str | None = None
    disbursed_on: date | None = None
    first_due_on: date | None = None
    options: tuple[str, ...] = ()
    insured: tuple[InsuredAsked, ...] = ()
    draws: tuple[DrawAsked, ...] = ()
    exceptional: tuple[ExceptionalAsked, ...] = ()
    terms: TermsAsked | None = None
    events: tuple[EventAsked, ...] = ()
