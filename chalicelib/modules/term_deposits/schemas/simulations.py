"""What term deposits' routes take and answer."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, WithJsonSchema

from chalicelib.kernel.calendar import Shift
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.measures import NoYield
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.kernel.plan import Percent
from chalicelib.kernel.rounding import RoundingMode
from chalicelib.kernel.term_schedule import PeriodUnit, Reinvestment, TermPayment, TermTotals
from chalicelib.kernel.withholding import Exemption
from chalicelib.modules.term_deposits.domain.quotation import Cancellation, Grace
from chalicelib.modules.term_deposits.plans import (
    LONGEST_DAYS,
    MAX_RATE_ROWS,
    EarlyCancellation,
    Payment,
    RateRow,
    TermDepositPlan,
    WithholdingRule,
)
from chalicelib.modules.term_deposits.service.products import Product
from chalicelib.modules.term_deposits.service.simulation import OwnTerms, Simulation, Wish
from chalicelib.modules.term_deposits.service.wording import formula, notices, rounded
from chalicelib.platform.http.payload import Amount, OpenPayload, Payload, PositiveAmount, View
from chalicelib.platform.work import UnitOfWork

_PERCENT_TEXT = PlainSerializer(lambda value: f"{value:f}", return_type=str)
PercentText = Annotated[Decimal, _PERCENT_TEXT, WithJsonSchema({"type": "string", "examples": ["7.5000"]})]
"""A percentage as text: ``"7.50"`` is 7.50 %."""


class ProductsQuery(OpenPayload):
    """Whose products: a visitor names the cooperative."""


class TermDepositTermsRequest(Payload):
    """Terms that staff set themselves, of no product. They mean what they mean in a plan; blanks are a plan's defaults.

    Interest earns ``rate``, or what the table of ``rates`` has for the amount and the term.
    """

    rate: Percent | None = Field(None, ge=0, le=1000)
    rates: list[RateRow] = Field([], max_length=MAX_RATE_ROWS)
    rate_kind: Literal["nominal", "effective"] = "nominal"
    bonus_rate: Percent | None = Field(None, ge=0, le=1000)
    bonus_days: int | None = Field(None, ge=1, le=LONGEST_DAYS)
    day_count: Convention = Convention.ACTUAL_360
    compounding: Literal["simple", "daily"] = "simple"
    capitalisation: Payment | None = None
    reinvest_advance: Reinvestment = Reinvestment.FULL
    period_unit: PeriodUnit = PeriodUnit.CALENDAR
    interest_rounding: RoundingMode = RoundingMode.HALF_UP
    maturity_unit: PeriodUnit = PeriodUnit.CALENDAR
    due_date_shift: Shift = Shift.NEXT
    accrue_on_roll: bool = True
    grace_days: int = Field(0, ge=0, le=365)
    maturity_rate: Percent = Field(Decimal(0), ge=0, le=1000)
    withholding: WithholdingRule = WithholdingRule()
    early_cancellation: EarlyCancellation = EarlyCancellation()

    def asked(self) -> OwnTerms:
        """The terms as the service takes them."""
        body = self.model_dump(mode="json", exclude={"rate", "rates"})
        return OwnTerms(self.rate, tuple(self.rates), body)


class SimulationRequest(OpenPayload):
    """A deposit to simulate: of a product, or by ``terms`` of one's own, which staff alone may set.

    The term is given in days or by the date on which it ends. Blanks: the product's first way of paying (at maturity,
    without a product), and today. ``cancel_after_days`` also asks what an early cancellation would pay. ``rate`` and
    ``overrides`` (terms of the product's plan) are for staff too.
    """

    product: str | None = Field(None, min_length=1, max_length=40)
    amount: PositiveAmount
    term_days: int | None = Field(None, ge=1, le=36_600)
    maturity_date: date | None = None
    payment: Payment | None = None
    opening_date: date | None = None
    cancel_after_days: int | None = Field(None, ge=1, le=36_600)
    rate: Percent | None = None
    overrides: dict[str, Any] = Field(default_factory=dict, max_length=40)
    terms: TermDepositTermsRequest | None = None

    def wish(self) -> Wish:
        """The request as the service takes it."""
        return Wish(
            product=self.product or "",
            amount=self.amount,
            term_days=self.term_days,
            maturity_date=self.maturity_date,
            payment=self.payment,
            opening_date=self.opening_date,
            rate=self.rate,
            cancel_after_days=self.cancel_after_days,
            overrides=self.overrides,
            terms=self.terms.asked() if self.terms else None,
        )


class SimulationDocumentRequest(SimulationRequest):
    """A simulation as a file in the reader's language."""

    format: Literal["pdf", "csv", "xlsx"] = "pdf"
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")


class RateView(View):
    """The rate of amounts from ``from_amount`` to below ``to_amount`` for terms of these days, both included."""

    from_amount: Amount
    to_amount: Amount | None
    from_days: int
    to_days: int
    rate: PercentText


class ProductView(View):
    """A product that somebody may simulate, with its limits."""

    code: str
    name: str
    description: str
    currency: str
    minimum_amount: Amount
    maximum_amount: Amount | None
    minimum_days: int
    maximum_days: int
    rate_kind: Literal["nominal", "effective"]
    rates: list[RateView]
    day_count: Convention
    compounding: Literal["simple", "daily"]
    payments: list[Payment]
    capitalisation: Payment | None
    grace_days: int
    early_cancellation_allowed: bool
    withholding_percent: PercentText
    withholding_exempt_days: int | None
    to_be_confirmed: bool

    @staticmethod
    def of(product: Product, language: str) -> "ProductView":
        """The view of a product in a language."""
        plan = product.plan
        return ProductView(
            code=product.code,
            name=name_in(plan.names, language),
            description=name_in(plan.descriptions, language),
            currency=plan.currency,
            minimum_amount=Money.of(plan.minimum_amount, plan.currency),
            maximum_amount=_amount(plan.maximum_amount, plan),
            minimum_days=plan.minimum_days,
            maximum_days=plan.maximum_days,
            rate_kind=plan.rate_kind,
            rates=[
                RateView(
                    from_amount=Money.of(row.from_amount, plan.currency),
                    to_amount=_amount(row.to_amount, plan),
                    from_days=row.from_days,
                    to_days=row.to_days,
                    rate=row.rate,
                )
                for row in plan.rates
            ],
            day_count=plan.day_count,
            compounding=plan.compounding,
            payments=list(plan.payments),
            capitalisation=plan.capitalisation,
            grace_days=plan.grace_days,
            early_cancellation_allowed=plan.early_cancellation.allowed,
            withholding_percent=product.tax.percent,
            withholding_exempt_days=product.tax.exempt_days,
            to_be_confirmed=product.to_be_confirmed,
        )


class ProductList(View):
    """Published products."""

    items: list[ProductView]


class StaffProductView(ProductView):
    """A product as staff see it: whether it is published, and the terms that one simulation may change."""

    published: bool
    terms: dict[str, Any]


class StaffProductList(View):
    """Every product in force."""

    items: list[StaffProductView]


class PaymentView(View):
    """One row: interest of the ``days`` from ``start``, due on ``date``.

    ``capital`` stands on deposit after it; ``paid`` is what the holder receives, with ``principal_paid`` in it.
    """

    number: int
    start: date
    date: date
    days: int
    rate_percent: PercentText
    interest: Amount
    withheld: Amount
    net: Amount
    capital: Amount
    principal_paid: Amount
    paid: Amount

    @staticmethod
    def of(row: TermPayment) -> "PaymentView":
        """The view of a row."""
        return PaymentView.model_validate(row)


class TotalsView(View):
    """Sums of the rows. ``maturity_amount`` is received on the last day; ``received`` is everything."""

    interest: Amount
    withheld: Amount
    net: Amount
    received: Amount
    maturity_amount: Amount

    @staticmethod
    def of(sums: TermTotals) -> "TotalsView":
        """The view of the totals."""
        return TotalsView.model_validate(sums)


class WithholdingView(View):
    """Tax withheld from interest, and why nothing is where ``exemption`` says so."""

    percent: PercentText
    exempt_days: int | None
    exemption: Exemption | None
    to_be_confirmed: bool


class GraceView(View):
    """Days after maturity in which the deposit may still be redeemed, and what they earn."""

    days: int
    until: date
    rate_percent: PercentText
    interest: Amount

    @staticmethod
    def of(grace: Grace) -> "GraceView":
        """The view of the grace days."""
        return GraceView.model_validate(grace)


class CancellationView(View):
    """What the holder receives who cancels on this day."""

    date: date
    elapsed_days: int
    interest: Amount
    withheld: Amount
    penalty: Amount
    received: Amount

    @staticmethod
    def of(cancelled: Cancellation) -> "CancellationView":
        """The view of an early cancellation."""
        return CancellationView.model_validate(cancelled)


class FormulaView(View):
    """How interest is reckoned: in words, and with the numbers of the first row."""

    code: str
    words: str
    worked: str


class NoticeView(View):
    """Something the reader should know."""

    code: str
    text: str
    important: bool


class SimulationView(View):
    """What a term deposit would pay.

    ``nominal_rate`` is of the deposit's own periods and ``effective_rate`` annual, both as agreed; the yields are of
    the dated payments before and after tax, null with ``no_yield`` saying why. ``agreed_maturity_date`` moves to the
    business day ``maturity_date``.
    """

    product: str
    product_name: str
    amount: Amount
    opening_date: date
    term_days: int
    counted_days: int
    agreed_maturity_date: date
    maturity_date: date
    payment: Payment
    day_count: Convention
    rate_kind: Literal["nominal", "effective"]
    rate: PercentText
    nominal_rate: PercentText
    effective_rate: PercentText
    gross_yield: PercentText | None
    net_yield: PercentText | None
    no_yield: NoYield | None
    withholding: WithholdingView
    rows: list[PaymentView]
    totals: TotalsView
    grace: GraceView | None
    early_cancellation: CancellationView | None
    formula: FormulaView
    notices: list[NoticeView]
    to_be_confirmed: bool


def simulation_view(work: UnitOfWork, simulation: Simulation) -> SimulationView:
    """The view of a simulation in the caller's language."""
    product, found = simulation.product, simulation.quotation
    deposit = found.deposit
    return SimulationView(
        product=product.code,
        product_name=name_in(product.plan.names, work.context.language),
        amount=deposit.principal,
        opening_date=deposit.opened_on,
        term_days=deposit.term_days,
        counted_days=found.days,
        agreed_maturity_date=deposit.matures_on,
        maturity_date=deposit.paid_on,
        payment=found.payment,
        day_count=deposit.rate.convention,
        rate_kind=product.plan.rate_kind,
        rate=deposit.rate.percent,
        nominal_rate=rounded(found.nominal.percent),
        effective_rate=rounded(found.effective.percent),
        gross_yield=_yield(found.gross_yield),
        net_yield=_yield(found.net_yield),
        no_yield=found.gross_yield if isinstance(found.gross_yield, NoYield) else None,
        withholding=WithholdingView(
            percent=found.tax.percent,
            exempt_days=found.tax.exempt_days,
            exemption=found.exemption,
            to_be_confirmed=found.tax.to_be_confirmed,
        ),
        rows=[PaymentView.of(row) for row in found.payments],
        totals=TotalsView.of(found.totals),
        grace=None if found.grace is None else GraceView.of(found.grace),
        early_cancellation=None if found.cancellation is None else CancellationView.of(found.cancellation),
        formula=FormulaView.model_validate(formula(work, simulation)),
        notices=[NoticeView.model_validate(each) for each in notices(work, simulation)],
        to_be_confirmed=product.to_be_confirmed,
    )


def staff_product(product: Product, language: str) -> StaffProductView:
    """The view of a product for staff."""
    body = product.plan.to_body()
    return StaffProductView(
        **ProductView.of(product, language).model_dump(by_alias=False, mode="python"),
        published=product.plan.published,
        terms={name: body[name] for name in product.plan.fields_overridable()},
    )


def _yield(value: Decimal | NoYield) -> Decimal | None:
    return None if isinstance(value, NoYield) else rounded(value)


def _amount(amount: Decimal | None, plan: TermDepositPlan) -> Money | None:
    return None if amount is None else Money.of(amount, plan.currency)
