"""What somebody asks a quotation for, and whether the product takes it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, InvalidFields
from chalicelib.kernel.money import Money
from chalicelib.kernel.term_schedule import maturity_of
from chalicelib.modules.term_deposits.errors import (
    AmountAboveMaximum,
    AmountBelowMinimum,
    CancellationNotAllowed,
    CancellationOutsideTerm,
    NoRateForTerm,
    OtherCurrency,
    PaymentNotOffered,
    RateOutsidePlan,
    TermMissing,
    TermTooLong,
    TermTooShort,
)
from chalicelib.modules.term_deposits.plans import Payment, TermDepositPlan


@dataclass(frozen=True, slots=True)
class Asked:
    """An amount, a term in days or by its date, how interest is paid (None: as the product does first), from when.

    `rate_percent` replaces the rate table's; `cancel_after_days` also asks what an early cancellation would pay.
    """

    amount: Money
    opened_on: date
    term_days: int | None = None
    matures_on: date | None = None
    payment: Payment | None = None
    rate_percent: Decimal | None = None
    cancel_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A request that the product takes: `days` is the term that limits and rate table see."""

    days: int
    matures_on: date
    payment: Payment
    percent: Decimal


def accepted(plan: TermDepositPlan, asked: Asked) -> Accepted:
    """The request as the product takes it. Raises the error of the one wrong field, or InvalidFields for several."""
    problems = list(_problems(plan, asked))
    if problems:
        raise problems[0] if len(problems) == 1 else InvalidFields(problems)
    days = _days(asked)
    matures_on = asked.matures_on or maturity_of(asked.opened_on, days, plan.maturity_unit)
    percent = asked.rate_percent
    if percent is None:
        row = plan.row_for(asked.amount.decimal, days)
        if row is None:
            raise NoRateForTerm("term_days", days=days, amount=asked.amount)
        percent = row.rate
    return Accepted(days, matures_on, asked.payment or plan.payments[0], percent)


def _days(asked: Asked) -> int:
    if asked.term_days is not None:
        return asked.term_days
    return (asked.matures_on - asked.opened_on).days if asked.matures_on else 0


def _problems(plan: TermDepositPlan, asked: Asked) -> Iterator[BankError]:
    yield from _amount_problems(plan, asked.amount)
    yield from _term_problems(plan, asked)
    if asked.payment is not None and asked.payment not in plan.payments:
        yield PaymentNotOffered("payment", payment=asked.payment.value)
    percent = asked.rate_percent
    if percent is not None and (
        percent < plan.rate_min or (plan.rate_max is not None and percent > plan.rate_max)
    ):
        yield RateOutsidePlan("rate", rate=percent, least=plan.rate_min, most=plan.rate_max or "")


def _amount_problems(plan: TermDepositPlan, amount: Money) -> Iterator[BankError]:
    if amount.currency != plan.currency:
        yield OtherCurrency("amount", currency=plan.currency)
        return
    least = Money.of(plan.minimum_amount, plan.currency)
    if amount < least:
        yield AmountBelowMinimum("amount", minimum=least)
    if plan.maximum_amount is not None and amount > (most := Money.of(plan.maximum_amount, plan.currency)):
        yield AmountAboveMaximum("amount", maximum=most)


def _term_problems(plan: TermDepositPlan, asked: Asked) -> Iterator[BankError]:
    if (asked.term_days is None) == (asked.matures_on is None):
        yield TermMissing("term_days")
        return
    field, days = "term_days" if asked.matures_on is None else "maturity_date", _days(asked)
    if days < plan.minimum_days:
        yield TermTooShort(field, minimum=plan.minimum_days)
    elif days > plan.maximum_days:
        yield TermTooLong(field, maximum=plan.maximum_days)
    elif asked.cancel_after_days is not None:
        if not plan.early_cancellation.allowed:
            yield CancellationNotAllowed("cancel_after_days")
        elif not 0 < asked.cancel_after_days < days:
            yield CancellationOutsideTerm("cancel_after_days", days=days)
