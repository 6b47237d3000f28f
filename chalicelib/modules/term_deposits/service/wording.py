"""A simulation in words: the formula with its numbers, and what the reader should know."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.measures import NoYield
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Timing
from chalicelib.kernel.term_interest import Compounding, days_a_year
from chalicelib.kernel.term_schedule import TermDeposit, TermPayment, boundaries
from chalicelib.kernel.withholding import Exemption
from chalicelib.modules.term_deposits.service.simulation import Simulation
from chalicelib.platform import formats, wording
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Formula:
    """How interest is reckoned: its code, in words, and with the numbers of the first row."""

    code: str
    words: str
    worked: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know. `important` ones say that a figure is to be confirmed, or money is lost."""

    code: str
    text: str
    important: bool = False


def formula(work: UnitOfWork, simulation: Simulation, language: str = "") -> Formula:
    """The formula of the simulation in the reader's language."""
    quotation = simulation.quotation
    deposit, row = quotation.deposit, quotation.payments[0]
    advance = deposit.timing is Timing.ADVANCE
    code = deposit.rate.compounding.value
    if advance and deposit.capitalised:
        code = f"reinvested_{deposit.reinvestment.value}"
    elif advance and deposit.rate.compounding is Compounding.EFFECTIVE:
        code = "effective_advance"
    elif deposit.capitalised:
        code = f"{code}_capitalised"
    show = _Shown(work, language)
    words = show.say(f"formulas.{code}.words")
    worked = show.say(
        f"formulas.{code.removesuffix('_capitalised')}.worked",
        amount=show.money(deposit.principal),
        earned=show.money(_earned(deposit, row)),
        rate=show.percent(row.rate_percent),
        days=row.days,
        base=days_a_year(deposit.rate.convention),
        interest=show.money(row.interest),
    )
    return Formula(code, words, worked)


def _earned(deposit: TermDeposit, row: TermPayment) -> Money:
    """What the principal earns in the first row, before any of it is reinvested."""
    _, (end, _paid) = boundaries(deposit)[:2]
    code = deposit.principal.currency
    return Money(1, code).times(deposit.earned(deposit.principal.minor, row.start, end), deposit.rounding)


def notices(work: UnitOfWork, simulation: Simulation, language: str = "") -> list[Notice]:
    """What the reader should know, the important first."""
    found = list(_notices(simulation, _Shown(work, language)))
    return sorted(found, key=lambda notice: not notice.important)


def yield_text(work: UnitOfWork, value: Decimal | NoYield, language: str = "") -> str:
    """A yield as people read it, or why there is none."""
    show = _Shown(work, language)
    return show.say(f"no_yield.{value.value}") if isinstance(value, NoYield) else show.percent(rounded(value))


def rounded(percent: Decimal) -> Decimal:
    """A rate to show: four decimals."""
    return percent.quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")


def _notices(simulation: Simulation, show: "_Shown") -> Iterator[Notice]:
    quotation, plan, tax = simulation.quotation, simulation.product.plan, simulation.product.tax
    deposit = quotation.deposit
    yield Notice("indicative", show.say("notices.indicative"))
    if plan.rates_to_be_confirmed:
        yield Notice("rates_to_be_confirmed", show.say("notices.rates_to_be_confirmed"), True)
    if tax.to_be_confirmed:
        yield Notice("tax_to_be_confirmed", show.say("notices.tax_to_be_confirmed"), True)
    if quotation.exemption is Exemption.TERM:
        text = show.say("notices.term_exempt", days=tax.exempt_days)
        yield Notice("term_exempt", text)
    elif quotation.exemption is Exemption.SMALL_INTEREST:
        yield Notice("small_interest_exempt", show.say("notices.small_interest_exempt"))
    if deposit.paid_on != deposit.matures_on:
        text = show.say(
            "notices.maturity_moved", agreed=show.day(deposit.matures_on), paid=show.day(deposit.paid_on)
        )
        yield Notice("maturity_moved", text)
    if not plan.early_cancellation.allowed:
        yield Notice("no_early_cancellation", show.say("notices.no_early_cancellation"), True)
    cancelled = quotation.cancellation
    if cancelled is not None and cancelled.received < deposit.principal:
        yield Notice("cancellation_loses_capital", show.say("notices.cancellation_loses_capital"), True)


class _Shown:
    """Texts and figures in one language, with the marks of the cooperative's place."""

    def __init__(self, work: UnitOfWork, language: str) -> None:
        self.work = work
        self.language = language or work.context.language
        self.locale = formats.locale_for(work.context.tenant, self.language)

    def say(self, key: str, **params: Any) -> str:
        return wording.say(self.work, f"term_deposits.{key}", self.language, **params)

    def money(self, amount: Any) -> str:
        return formats.amount_with_currency(amount, self.locale)

    def percent(self, value: Decimal) -> str:
        return formats.percent(value, self.locale)

    def day(self, value: Any) -> str:
        return formats.day(value, self.locale)
