"""What a caller of the loan simulator sends."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from chalicelib.kernel.index_rate import SpreadStage
from chalicelib.kernel.plan import Percent
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
from chalicelib.modules.loans.domain.asked import (
    Asked,
    DrawAsked,
    EventAsked,
    ExceptionalAsked,
    InsuredAsked,
    IrregularAsked,
    RateAsked,
    RateStepAsked,
    TermsAsked,
)
from chalicelib.modules.loans.plans import (
    DayCountName,
    GracePlan,
    InstalmentGrowth,
    InstalmentRounding,
    LoanSlot,
    PaymentFrequency,
    QuotedRate,
)
from chalicelib.platform.http.payload import OpenPayload, Payload, PositiveAmount

MOST_ROWS = 1_200
MOST_DRAWS = 60
MOST_INSURED = 9
MOST_EXCEPTIONAL = 240
MOST_EVENTS = 12
MOST_PERCENT, MOST_POINTS = Decimal(1_000), Decimal(100)
EventKind = Literal[
    "payment", "payoff", "rate_change", "draw", "skip", "postponement", "extension", "exceptional"
]
CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$"


class LoanRateRequest(Payload):
    """A percentage and how it is quoted, or an index rate and the points over it; one of the two."""

    percent: Percent | None = Field(None, le=MOST_PERCENT)
    quoted: QuotedRate = QuotedRate()
    index: str | None = Field(None, pattern=CODE)
    spread_points: Percent = Field(Decimal(0), ge=-MOST_POINTS, le=MOST_POINTS)
    spread_stage: SpreadStage = Field(SpreadStage.BEFORE_CONVERSION)

    def asked(self) -> RateAsked:
        """The rate as the domain takes it."""
        return RateAsked(self.percent, self.quoted, self.index, self.spread_points, self.spread_stage)


class LoanDrawRequest(Payload):
    """A part of the principal and the day on which it is paid out."""

    on: date
    amount: PositiveAmount


class LoanExceptionalRequest(Payload):
    """An exceptional instalment: at a number, or with the first due date on or after a day."""

    amount: PositiveAmount
    number: int | None = None
    on: date | None = None
    mode: ExceptionalMode = Field(ExceptionalMode.ADD)

    def asked(self) -> ExceptionalAsked:
        """The exceptional instalment as the domain takes it."""
        return ExceptionalAsked(self.amount, self.number, self.on, self.mode)


class LoanInsuredRequest(Payload):
    """A person insured by a share of the loan; extra points are added to their rate."""

    birth_date: date
    share_percent: Percent = Decimal(100)
    extra_points: Percent = Field(Decimal(0), ge=0, le=MOST_POINTS)


class LoanIrregularRequest(Payload):
    """A row typed by hand: its principal, or its instalment of principal and interest."""

    due_on: date
    principal: PositiveAmount | None = None
    instalment: PositiveAmount | None = None


class LoanRateStepRequest(Payload):
    """Another rate from a day on."""

    since: date
    rate: LoanRateRequest


class LoanTermsRequest(Payload):
    """Terms that staff set themselves; with a product, only those that it lets a loan change (LON-10)."""

    rate: LoanRateRequest | None = None
    interest_timing: Literal["arrears", "advance"] | None = None
    later_rates: list[LoanRateStepRequest] = Field([], max_length=120)
    formula: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]{0,39}$")
    growth: InstalmentGrowth | None = None
    fixed_principal: PositiveAmount | None = None
    capitalises: bool | None = None
    day_count: DayCountName | None = None
    interest_method: Accrual | None = None
    compounding: Compounding | None = None
    conversion: Literal["equivalent", "as_quoted"] | None = None
    level_basis: LevelBasis | None = None
    draw_value: DrawValue | None = None
    grace: GracePlan | None = None
    rounding: InstalmentRounding | None = None
    insurances: list[LoanSlot] | None = Field(None, max_length=9)
    charges: list[LoanSlot] | None = Field(None, max_length=9)
    irregular: list[LoanIrregularRequest] = Field([], max_length=MOST_ROWS)

    def asked(self) -> TermsAsked:
        """The terms as the domain takes them."""
        return TermsAsked(
            rate=self.rate.asked() if self.rate else None,
            interest_timing=self.interest_timing,
            later_rates=tuple(RateStepAsked(step.since, step.rate.asked()) for step in self.later_rates),
            formula=self.formula,
            growth=self.growth,
            fixed_principal=self.fixed_principal,
            capitalises=self.capitalises,
            day_count=self.day_count,
            interest_method=self.interest_method,
            compounding=self.compounding,
            conversion=Conversion(self.conversion) if self.conversion else None,
            level_basis=self.level_basis,
            draw_value=self.draw_value,
            grace=self.grace,
            rounding=self.rounding,
            insurances=None if self.insurances is None else tuple(self.insurances),
            charges=None if self.charges is None else tuple(self.charges),
            irregular=tuple(
                IrregularAsked(row.due_on, row.principal, row.instalment) for row in self.irregular
            ),
        )


class LoanEventRequest(Payload):
    """Something that happens to the loan on a day, instalments before it being paid when they are due.

    ``payment`` (a prepayment) takes ``amount`` and ``effect``; ``payoff`` nothing; ``rate_change`` takes ``rate``;
    ``draw`` ``amount``; ``skip`` ``number`` and ``mode``; ``postponement`` ``number`` and ``due_on``; ``extension``
    ``instalments``; ``exceptional`` an exceptional instalment. Others than staff may ask for the first two.
    """

    kind: EventKind
    on: date
    amount: PositiveAmount | None = None
    effect: Effect = Effect.LOWER_INSTALMENT
    rate: LoanRateRequest | None = None
    changes_instalment: bool = True
    number: int | None = None
    due_on: date | None = None
    mode: SkipMode = SkipMode.RECALCULATE
    instalments: int | None = None
    exceptional: LoanExceptionalRequest | None = None

    def asked(self) -> EventAsked:
        """The event as the domain takes it."""
        return EventAsked(
            kind=self.kind,
            on=self.on,
            amount=self.amount,
            effect=self.effect,
            rate=self.rate.asked() if self.rate else None,
            changes_instalment=self.changes_instalment,
            number=self.number,
            due_on=self.due_on,
            mode=self.mode,
            instalments=self.instalments,
            exceptional=self.exceptional.asked() if self.exceptional else None,
        )


class LoanSimulationRequest(OpenPayload):
    """A loan to simulate: of a product, or by terms of one's own, which staff alone may set.

    Left out: the product's first frequency and its own method, today, and one period until the first due date.
    ``options`` are the codes of the optional insurances and charges that are wanted.
    """

    product: str | None = Field(None, pattern=CODE)
    principal: PositiveAmount
    instalments: int
    frequency: PaymentFrequency | None = None
    method: str | None = Field(None, pattern=CODE)
    disbursed_on: date | None = None
    first_due_on: date | None = None
    options: list[str] = Field([], max_length=18)
    insured: list[LoanInsuredRequest] = Field([], max_length=MOST_INSURED)
    draws: list[LoanDrawRequest] = Field([], max_length=MOST_DRAWS)
    exceptional: list[LoanExceptionalRequest] = Field([], max_length=MOST_EXCEPTIONAL)
    terms: LoanTermsRequest | None = None
    events: list[LoanEventRequest] = Field([], max_length=MOST_EVENTS)

    def asked(self) -> Asked:
        """What is asked for, as the domain takes it."""
        return Asked(
            product=self.product,
            principal=self.principal,
            instalments=self.instalments,
            frequency=self.frequency,
            method=self.method,
            disbursed_on=self.disbursed_on,
            first_due_on=self.first_due_on,
            options=tuple(self.options),
            insured=tuple(
                InsuredAsked(each.birth_date, each.share_percent, each.extra_points) for each in self.insured
            ),
            draws=tuple(DrawAsked(draw.on, draw.amount) for draw in self.draws),
            exceptional=tuple(each.asked() for each in self.exceptional),
            terms=self.terms.asked() if self.terms else None,
            events=tuple(event.asked() for event in self.events),
        )


class LoanSimulationDocumentRequest(LoanSimulationRequest):
    """A simulation as a file in the cooperative's brand."""

    format: Literal["pdf", "csv", "xlsx"] = "pdf"
    language: str = Field("", max_length=20)


class LoanProductsQuery(OpenPayload):
    """Whose products: a visitor names the cooperative."""


class IndexQuery(Payload):
    """On which day; the business day where none is given."""

    on: date | None = None
