"""What an account holds and may spend, as its routes answer it."""

from datetime import date
from decimal import Decimal

from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.schemas.overdraft import OverdraftView, overdraft_view
from chalicelib.modules.deposits.service import clearing, enquiry
from chalicelib.platform.http.payload import Amount, View
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


class BucketView(View):
    """Uncleared funds that can be used at the opening of the n-th day from now."""

    days: int
    release_on: date
    amount: Amount


class BalancesView(View):
    """What an account holds, what of it can be used, and the interest it has earned; in the base currency too.

    ``available`` is the holder's own money; what can be spent with the overdraft's limits is ``overdraft.spendable``.
    """

    account_id: str
    business_date: date
    ledger: Amount
    available: Amount
    held: Amount
    uncleared: Amount
    buckets: list[BucketView]
    accrued_interest: Decimal
    in_base: dict[str, Amount] = {}
    overdraft: OverdraftView


def balances_view(work: UnitOfWork, account: DemandAccount) -> BalancesView:
    """The balances of an account at this moment."""
    today = business_date(work, account.branch)
    return BalancesView(
        account_id=account.id,
        business_date=today,
        ledger=account.ledger,
        available=account.available_on(today),
        held=account.held,
        uncleared=account.uncleared_on(today),
        buckets=[
            BucketView(days=each.days, release_on=each.release_on, amount=each.money)
            for each in clearing.buckets(work, account)
        ],
        accrued_interest=enquiry.accrued(work, account),
        in_base=enquiry.base_values(work, account),
        overdraft=overdraft_view(work, account),
    )
