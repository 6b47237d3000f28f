"""What the routes of term deposits on the books take and answer."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.modules.term_deposits.domain.deposit import (
    AgreedPayment,
    TermDeposit,
    TermDepositState,
)
from chalicelib.modules.term_deposits.plans import Payment
from chalicelib.modules.term_deposits.schemas.simulations import PercentText
from chalicelib.modules.term_deposits.service import holdings
from chalicelib.modules.term_deposits.service.opening import Opening
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View, Warned
from chalicelib.platform.work import UnitOfWork


class OpenTermDeposit(Payload):
    """A deposit to open with money of the account ``account_id``, which also receives its interest and its capital.

    The term is given in days or by the date on which it ends; ``payment`` blank is the product's first.
    """

    product: str = Field(min_length=1, max_length=40)
    amount: PositiveAmount
    account_id: str = Field(max_length=64)
    term_days: int | None = Field(None, ge=1, le=36_600)
    maturity_date: date | None = None
    payment: Payment | None = None
    narrative: str = Field("", max_length=140)

    def opening(self) -> Opening:
        """The request as the service takes it."""
        return Opening(
            self.product,
            self.amount,
            self.account_id,
            self.term_days,
            self.maturity_date,
            self.payment,
            self.narrative,
        )


class TermDepositsQuery(Payload):
    """Whose deposits."""

    party_id: str = Field(max_length=64)


class AgreedPaymentView(View):
    """One payment: the interest of the days from ``start`` to ``end`` (excluded), due on ``date``.

    ``capital`` stands on deposit after it; ``paid`` is what the holder receives, with ``principal_paid`` in it.
    """

    number: int
    start: date
    end: date
    date: date
    interest: Amount
    withheld: Amount
    net: Amount
    capital: Amount
    principal_paid: Amount
    paid: Amount
    settled: bool

    @staticmethod
    def of(payment: AgreedPayment, deposit: TermDeposit) -> "AgreedPaymentView":
        """The view of a payment of a deposit."""

        def money(minor: int) -> Money:
            return Money(minor, deposit.currency)

        return AgreedPaymentView(
            number=payment.number,
            start=payment.start,
            end=payment.end,
            date=payment.due_on,
            interest=money(payment.interest_minor),
            withheld=money(payment.withheld_minor),
            net=money(payment.net_minor),
            capital=money(payment.capital_minor),
            principal_paid=money(payment.capital_minor if payment.last else 0),
            paid=money(payment.paid_minor),
            settled=payment.number <= deposit.settled,
        )


class TermDepositView(Warned):
    """A term deposit. ``agreed_maturity_date`` moves to the business day ``maturity_date``.

    ``accrued_interest`` was earned until this day began and is not paid, to six decimals.
    """

    id: str
    number: str
    party_id: str
    branch: str
    product: str
    product_name: str
    account_id: str
    state: TermDepositState
    amount: Amount
    principal: Amount
    opened_on: date
    agreed_maturity_date: date
    maturity_date: date
    matured_on: date | None
    payment: Payment
    rate: PercentText
    day_count: Convention
    withholding_percent: PercentText
    accrued_interest: Decimal
    next_payment: AgreedPaymentView | None


class TermDepositList(View):
    """Term deposits."""

    items: list[TermDepositView]


class TermDepositDetail(TermDepositView):
    """A term deposit with its payments as they were agreed."""

    rows: list[AgreedPaymentView]


def term_deposit_view(work: UnitOfWork, deposit: TermDeposit) -> TermDepositView:
    """The view of a deposit on its branch's business date."""
    following = deposit.next_payment
    return TermDepositView(
        id=deposit.id,
        number=deposit.number,
        party_id=deposit.party_id,
        branch=deposit.branch,
        product=deposit.plan,
        product_name=holdings.product_name(work, deposit),
        account_id=deposit.account_id,
        state=deposit.state,
        amount=Money(deposit.amount_minor, deposit.currency),
        principal=deposit.principal,
        opened_on=deposit.opened_on,
        agreed_maturity_date=deposit.matures_on,
        maturity_date=deposit.paid_on,
        matured_on=deposit.matured_on,
        payment=deposit.payment,
        rate=deposit.rate,
        day_count=deposit.day_count,
        withholding_percent=deposit.withholding_percent,
        accrued_interest=holdings.accrued(work, deposit),
        next_payment=AgreedPaymentView.of(following, deposit) if following else None,
    )


def term_deposit_detail(work: UnitOfWork, deposit: TermDeposit) -> TermDepositDetail:
    """The view of a deposit with its payments."""
    rows = [AgreedPaymentView.of(payment, deposit) for payment in deposit.payments]
    shown = term_deposit_view(work, deposit).model_dump(by_alias=False, mode="python")
    return TermDepositDetail(
        **{**shown, "next_payment": next((row for row in rows if not row.settled), None)}, rows=rows
    )
