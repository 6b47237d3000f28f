"""The member's term deposits."""

from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.modules.member_portal.service.term_deposits import OwnDeposit
from chalicelib.modules.term_deposits.public import AgreedPayment
from chalicelib.platform.http.payload import Amount, View


class MemberPayment(View):
    """A payment of a term deposit; ``paid`` reaches the account, ``capital`` stands on deposit after it."""

    number: int
    date: date
    interest: Amount
    withheld: Amount
    net: Amount
    paid: Amount
    capital: Amount
    settled: bool


class MemberTermDeposit(View):
    """A term deposit of the member's, paying into ``account_number``; empty where that is another owner's alone.

    ``accrued_interest`` was earned until this day began and is not paid; ``at_maturity`` says what becomes of the
    capital then.
    """

    id: str
    number: str
    name: str
    state: str
    amount: Amount
    principal: Amount
    rate: Decimal
    opened_on: date
    maturity_date: date
    term_days: int
    days_left: int
    payment: str
    at_maturity: str
    account_id: str
    account_number: str
    withholding_percent: Decimal
    accrued_interest: Decimal
    next_payment: MemberPayment | None

    @staticmethod
    def of(own: OwnDeposit) -> "MemberTermDeposit":
        """The view of a deposit."""
        return MemberTermDeposit(**_fields(own))


class MemberTermDeposits(View):
    """The member's active term deposits."""

    items: list[MemberTermDeposit]


class MemberTermDepositDetail(MemberTermDeposit):
    """A term deposit with every payment that was agreed."""

    payments: list[MemberPayment]

    @staticmethod
    def of(own: OwnDeposit) -> "MemberTermDepositDetail":
        """The view of a deposit with its payments."""
        payments = [_payment(own, each) for each in own.deposit.payments]
        return MemberTermDepositDetail(**_fields(own), payments=payments)


def _fields(own: OwnDeposit) -> dict[str, Any]:
    deposit = own.deposit
    following = deposit.next_payment
    return {
        "id": deposit.id,
        "number": deposit.number,
        "name": own.name,
        "state": deposit.state.value,
        "amount": Money(deposit.amount_minor, deposit.currency),
        "principal": deposit.principal,
        "rate": deposit.rate,
        "opened_on": deposit.opened_on,
        "maturity_date": deposit.paid_on,
        "term_days": deposit.term_days,
        "days_left": own.days_left,
        "payment": deposit.payment.value,
        "at_maturity": deposit.at_maturity,
        "account_id": deposit.account_id if own.account_number else "",
        "account_number": own.account_number,
        "withholding_percent": deposit.withholding_percent,
        "accrued_interest": own.accrued,
        "next_payment": _payment(own, following) if following else None,
    }


def _payment(own: OwnDeposit, payment: AgreedPayment) -> MemberPayment:
    def money(minor: int) -> Money:
        return Money(minor, own.deposit.currency)

    return MemberPayment(
        number=payment.number,
        date=payment.due_on,
        interest=money(payment.interest_minor),
        withheld=money(payment.withheld_minor),
        net=money(payment.net_minor),
        paid=money(payment.paid_minor),
        capital=money(0 if payment.last else payment.capital_minor),
        settled=payment.number <= own.deposit.settled,
    )
