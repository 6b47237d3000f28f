"""What the loan simulator answers. Amounts are of one currency; percentages are texts with up to six decimals."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from chalicelib.platform.http.payload import Amount, View


class LoanFrequencyView(View):
    """An instalment every so many days, weeks or months, and how many instalments a product admits with it."""

    unit: str
    every: int
    label: str
    instalments_min: int
    instalments_max: int


class LoanMethodView(View):
    """A way of paying back."""

    code: str
    name: str
    formula: str
    words: str


class LoanOptionView(View):
    """An insurance or charge of a product."""

    code: str
    name: str
    kind: str
    optional: bool
    needs_birth_date: bool
    base: str
    timing: str
    percent: Decimal | None
    amount: Decimal | None


class LoanTierView(View):
    """The rate of amounts between two limits, both included."""

    from_amount: Amount
    to_amount: Amount | None = None
    nominal: Decimal
    effective: Decimal


class LoanRequirementView(View):
    """What the cooperative asks for from an amount on."""

    from_amount: Amount
    text: str


class LoanNoticeView(View):
    """What whoever reads the figures has to know.

    ``severity``: ``warning`` (against a limit), ``confirm`` (a figure that is still to be confirmed), ``information``.
    """

    code: str
    severity: str
    text: str


class LoanProductView(View):
    """A loan product as members and visitors see it."""

    code: str
    name: str
    description: str
    requirements: list[LoanRequirementView]
    loan_type: str
    currency: str
    amount_min: Amount
    amount_max: Amount
    term_unit: str
    term_min: int
    term_max: int
    frequencies: list[LoanFrequencyView]
    methods: list[LoanMethodView]
    rate_kind: str
    nominal: Decimal
    effective: Decimal
    quoted: str
    periods_per_year: int
    timing: str
    tiers: list[LoanTierView]
    options: list[LoanOptionView]
    first_due_days_max: int
    published: bool
    notices: list[LoanNoticeView]


class LoanProductList(View):
    """The products on offer, and the day that they are offered on."""

    business_date: date
    items: list[LoanProductView]


class LoanPlanView(LoanProductView):
    """A product as staff see it, with the terms that one loan may change."""

    terms: dict[str, Any]


class LoanPlanList(View):
    """Every product in force, and the day."""

    business_date: date
    items: list[LoanPlanView]


class LoanSlotAmountView(View):
    """What one insurance or charge takes."""

    code: str
    name: str
    kind: str
    amount: Amount


class LoanRowView(View):
    """One instalment: what it is made of and what is owed after it.

    ``starts_on`` to ``due_on`` is its period of ``days`` of the calendar, ``counted_days`` by the day count where that
    counts days; ``drawn`` is what was paid out within it, less what was prepaid.
    """

    number: int
    starts_on: date
    due_on: date
    days: int
    counted_days: int | None
    principal: Amount
    interest: Amount
    charges: Amount
    insurance: Amount
    instalment: Amount
    balance: Amount
    drawn: Amount | None = None
    slots: list[LoanSlotAmountView] = Field(default_factory=list)


class LoanTotalsView(View):
    """Sums over the whole loan; ``cost`` is all that is paid beyond the principal."""

    principal: Amount
    interest: Amount
    charges: Amount
    insurance: Amount
    paid: Amount
    cost: Amount


class LoanWithheldView(View):
    """What reaches the borrower: the first draw less what is withheld from it."""

    drawn: Amount
    interest: Amount
    charges: Amount
    insurance: Amount
    net: Amount
    items: list[LoanSlotAmountView]


class LoanRateView(View):
    """The rate in percent: as it is quoted, nominal of the loan's own periodicity, of one period, effective annual.

    ``ceiling`` is the largest effective rate that the law admits, since a day; ``limited`` says which limit of the
    product changed the rate.
    """

    kind: str
    quoted: Decimal
    nominal: Decimal
    periods_per_year: str
    timing: str
    per_period: Decimal
    effective: Decimal
    index: str | None = None
    index_percent: Decimal | None = None
    spread_points: Decimal | None = None
    limited: str | None = None
    ceiling: Decimal | None = None
    ceiling_since: date | None = None


class LoanCostView(View):
    """What the loan costs in all, as a rate: of one period and annual, with charges and insurances, in percent.

    ``by_dates`` says that the flows were taken on their dates; ``reason`` why there is no single rate.
    """

    per_period: Decimal | None
    annual: Decimal | None
    by_dates: bool
    reason: str | None = None


class LoanFormulaView(View):
    """The formula of the instalments, named and in words."""

    id: str
    name: str
    words: str
    day_count: str
    day_count_words: str


class LoanMovementView(View):
    """What an event did: what was paid and for what, what of it prepaid principal or is held, and what is then owed."""

    kind: str
    on: date
    paid: Amount
    principal: Amount
    interest: Amount
    charges: Amount
    insurance: Amount
    prepaid: Amount
    held: Amount
    balance: Amount


class LoanCourseView(View):
    """The loan after its events, whose rows the simulation then shows; ``saved`` is interest less than planned."""

    movements: list[LoanMovementView]
    interest: Amount
    saved: Amount
    last_due_on: date
    instalments: int


class LoanSimulationView(View):
    """A loan that nobody has granted yet: its table, and what it would cost."""

    product: str | None
    product_name: str
    method: str | None
    method_name: str
    currency: str
    principal: Amount
    disbursed_on: date
    first_due_on: date
    last_due_on: date
    instalments: int
    frequency: str
    first_instalment: Amount
    regular_instalment: Amount
    last_instalment: Amount
    rate: LoanRateView
    total_cost: LoanCostView
    formula: LoanFormulaView
    totals: LoanTotalsView
    disbursement: LoanWithheldView
    overridden: list[str]
    notices: list[LoanNoticeView]
    rows: list[LoanRowView]
    course: LoanCourseView | None


class IndexValueView(View):
    """A value of an index rate: as it is quoted and as its effective annual equivalent, in percent."""

    valid_from: date
    percent: Decimal
    effective: Decimal


class IndexRateView(View):
    """An index rate and its value in force on a day; none before the first."""

    code: str
    name: str
    publisher: str
    kind: str
    periods_per_year: int
    timing: str
    on: date
    current: IndexValueView | None


class IndexRateList(View):
    """The index rates of the cooperative."""

    items: list[IndexRateView]


class IndexSeriesView(IndexRateView):
    """An index rate with its values, the oldest first."""

    values: list[IndexValueView]
