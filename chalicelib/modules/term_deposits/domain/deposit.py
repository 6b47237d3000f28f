"""A term deposit that is on the books: what was agreed at its opening, what it has earned, what falls due.

The payments are agreed once, as they were quoted, and never reckoned again; so a simulation equals what is booked.
Accrued interest is derived, never stored: within a payment's days it is exact, once they are over it is the payment's.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from chalicelib.kernel import term_schedule
from chalicelib.kernel.accrual import ACCRUAL_DENOMINATOR
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Timing
from chalicelib.kernel.term_interest import Compounding, TermRate
from chalicelib.modules.term_deposits.domain.quotation import Quotation
from chalicelib.modules.term_deposits.errors import AdvanceNotOpened
from chalicelib.modules.term_deposits.plans import Payment

PAY_TO_ACCOUNT = "pay_to_account"


class TermDepositState(StrEnum):
    """Life of a term deposit."""

    OPEN = "open"
    MATURED = "matured"


@dataclass(frozen=True, slots=True)
class AgreedPayment:
    """One payment as agreed, in minor units: the interest of the days from ``start`` to ``end`` (excluded).

    ``capital_minor`` stands on deposit after it, or is given back where ``last``; ``capitalised`` interest joins it.
    """

    number: int
    start: date
    end: date
    due_on: date
    interest_minor: int
    withheld_minor: int
    capital_minor: int
    last: bool
    capitalised: bool = False

    @property
    def net_minor(self) -> int:
        return self.interest_minor - self.withheld_minor

    @property
    def earned_by(self) -> date:
        """The day from which all of its interest is owed: its end, or its date where that comes before."""
        return min(self.end, self.due_on)

    @property
    def paid_minor(self) -> int:
        """What the holder receives."""
        return (0 if self.capitalised else self.net_minor) + (self.capital_minor if self.last else 0)


@dataclass(frozen=True, slots=True)
class TermDeposit:
    """A term deposit. ``amount_minor`` was placed, ``principal_minor`` stands on it now; rates are annual percentages.

    ``account_id`` is the demand account that paid and that receives; ``prepared`` and ``settled`` count the payments
    for which a close has prepared a due, and those that were carried out.
    """

    id: str
    number: str
    party_id: str
    branch: str
    shard: int
    plan: str
    currency: str
    account_id: str
    amount_minor: int
    opened_on: date
    matures_on: date
    paid_on: date
    payment: Payment
    rate: Decimal
    day_count: Convention
    compounding: Compounding
    withholding_percent: Decimal
    payments: tuple[AgreedPayment, ...]
    bonus_rate: Decimal | None = None
    bonus_days: int = 0
    principal_minor: int = 0
    prepared: int = 0
    settled: int = 0
    sequence: int = 0
    state: TermDepositState = TermDepositState.OPEN
    matured_on: date | None = None
    version: int = 0

    @property
    def principal(self) -> Money:
        """What stands on deposit."""
        return Money(self.principal_minor, self.currency)

    @property
    def active(self) -> bool:
        """Whether it has not ended."""
        return self.state is TermDepositState.OPEN

    @property
    def at_maturity(self) -> str:
        """What happens to the capital at the end: it is paid into the account. No renewal is agreed at an opening."""
        return PAY_TO_ACCOUNT

    @property
    def term_days(self) -> int:
        """Days from the opening to the agreed maturity."""
        return (self.matures_on - self.opened_on).days

    @property
    def next_payment(self) -> AgreedPayment | None:
        """The first payment that was not carried out."""
        return self.payments[self.settled] if self.settled < len(self.payments) else None


def agreed_payments(quotation: Quotation) -> tuple[AgreedPayment, ...]:
    """The payments of a quotation as they are agreed. Raises AdvanceNotOpened."""
    deposit = quotation.deposit
    if deposit.timing is Timing.ADVANCE:
        raise AdvanceNotOpened("payment", payment=quotation.payment.value)
    periods = pairwise(term_schedule.boundaries(deposit))
    last = len(quotation.payments)
    return tuple(
        AgreedPayment(
            row.number,
            start,
            end,
            row.date,
            row.interest.minor,
            row.withheld.minor,
            row.capital.minor,
            row.number == last,
            deposit.capitalised,
        )
        for row, ((start, _), (end, _)) in zip(quotation.payments, periods, strict=True)
    )


def earned_minor(deposit: TermDeposit, until: date) -> Fraction:
    """Interest earned from the opening to a day (excluded), in minor units."""
    terms, earned, capital = _terms(deposit), Fraction(0), deposit.amount_minor
    for payment in deposit.payments:
        if payment.earned_by <= until:
            earned += payment.interest_minor
        elif payment.start < until:
            earned += terms.earned(capital, payment.start, until)
        capital = payment.capital_minor
    return earned


def owed_units(deposit: TermDeposit, until: date) -> int:
    """Interest earned to a day (excluded) and not paid, in accrual units, whole ones only."""
    paid = sum(payment.interest_minor for payment in deposit.payments[: deposit.settled])
    return int((earned_minor(deposit, until) - paid) * ACCRUAL_DENOMINATOR)


def falling_due(deposit: TermDeposit, on: date) -> tuple[AgreedPayment, ...]:
    """The payments dated a day or before it that were not carried out."""
    return tuple(each for each in deposit.payments[deposit.settled :] if each.due_on <= on)


def unprepared(deposit: TermDeposit, on: date) -> tuple[AgreedPayment, ...]:
    """The payments dated a day or before it for which no due was prepared."""
    return tuple(each for each in deposit.payments[deposit.prepared :] if each.due_on <= on)


def prepared(deposit: TermDeposit, payments: tuple[AgreedPayment, ...]) -> TermDeposit:
    """The deposit once dues were prepared for these payments."""
    return replace(deposit, prepared=deposit.prepared + len(payments))


def settled(deposit: TermDeposit, payments: tuple[AgreedPayment, ...], on: date) -> TermDeposit:
    """The deposit once these payments were carried out; the last one ends it."""
    deposit = replace(deposit, settled=deposit.settled + len(payments))
    if deposit.next_payment is None:
        return replace(deposit, state=TermDepositState.MATURED, matured_on=on)
    return deposit


def moved(deposit: TermDeposit, change_minor: int) -> TermDeposit:
    """The deposit after its principal has moved."""
    return replace(
        deposit, principal_minor=deposit.principal_minor + change_minor, sequence=deposit.sequence + 1
    )


def _terms(deposit: TermDeposit) -> term_schedule.TermDeposit:
    bonus = None
    if deposit.bonus_rate is not None:
        bonus = term_schedule.Bonus(deposit.bonus_rate, deposit.bonus_days)
    return term_schedule.TermDeposit(
        principal=Money(deposit.amount_minor, deposit.currency),
        opened_on=deposit.opened_on,
        matures_on=deposit.matures_on,
        rate=TermRate(deposit.rate, deposit.day_count, deposit.compounding),
        bonus=bonus,
    )
