"""The accounting of accounting on one page.

| event | debit | credit |
|---|---|---|
| voucher | the accounts of its debit lines (role ``gl:<account>``) | the accounts of its credit lines |
| closing of profit and loss | income accounts (role ``at:<account>:<role>``) | retained_result |
| | retained_result, where there is a loss | expense accounts |
| transfer of a balance | the account it goes to | the account where it lies; the other way round for credit balances |
| management note, in each of two branches | interbranch_due_to | interbranch_due_from |
| reposting of a debit in suspense | the role that was meant | suspense (role ``suspense:<account>:<role>``) |
| reposting of a credit in suspense | suspense | the role that was meant |
| currency taken in from a customer | cash_on_hand, in that currency | fx_position, in that currency |
| currency handed out to a customer | fx_position, in that currency | cash_on_hand, in that currency |

Lines of several branches get their inter-branch legs from the posting itself (ACC-38). The leg out of suspense keeps
the role that was meant, so that what was posted under a role never changes by being moved to its right account.
A purchase, a sale and an exchange of two foreign currencies are the last two lines together: fx_position holds the
foreign amount and its counter-value, and each currency balances on its own.
"""

from collections.abc import Iterable

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.sheet import DIRECT, SUSPENSE
from chalicelib.modules.accounting.domain.voucher import VoucherLine

CASH, FX_POSITION = "cash_on_hand", "fx_position"
REPOSTING = "exception_reposting"
"""Entry code of a reposting."""


def voucher_legs(lines: Iterable[VoucherLine]) -> tuple[Leg, ...]:
    """The legs of a voucher's lines."""
    return tuple(
        Leg(
            line.branch,
            line.side,
            line.money,
            line.role or f"{DIRECT}{line.account}",
            component=line.component or "principal",
            product=line.product,
        )
        for line in lines
    )


def reposting_legs(
    branch: str, side: Side, money: Money, role: str, product: str, suspense_account: str
) -> tuple[Leg, Leg]:
    """Out of suspense, and to the account that the role means now."""
    return (
        Leg(branch, side.opposite, money, f"{SUSPENSE}{suspense_account}:{role}", product=product),
        Leg(branch, side, money, role, product=product),
    )


def trade_legs(branch: str, paid: Money, received: Money) -> tuple[Leg, ...]:
    """Cash of one currency taken in and cash of another handed out."""
    return (
        Leg(branch, Side.DEBIT, paid, CASH),
        Leg(branch, Side.CREDIT, paid, FX_POSITION),
        Leg(branch, Side.DEBIT, received, FX_POSITION),
        Leg(branch, Side.CREDIT, received, CASH),
    )
