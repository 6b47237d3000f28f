"""The accounting of accounting on one page.

| event | debit | credit |
|---|---|---|
| voucher | the accounts of its debit lines (role ``gl:<account>``) | the accounts of its credit lines |
| reposting of a debit in suspense | the role that was meant | suspense (role ``suspense:<account>:<role>``) |
| reposting of a credit in suspense | suspense | the role that was meant |

Lines of several branches get their inter-branch legs from the posting itself (ACC-38). The leg out of suspense keeps
the role that was meant, so that what was posted under a role never changes by being moved to its right account.
"""

from collections.abc import Iterable

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.sheet import DIRECT, SUSPENSE
from chalicelib.modules.accounting.domain.voucher import VoucherLine

REPOSTING = "exception_reposting"
"""Entry code of a reposting."""


def voucher_legs(lines: Iterable[VoucherLine]) -> tuple[Leg, ...]:
    """The legs of a voucher's lines."""
    return tuple(Leg(line.branch, line.side, line.money, f"{DIRECT}{line.account}") for line in lines)


def reposting_legs(
    branch: str, side: Side, money: Money, role: str, product: str, suspense_account: str
) -> tuple[Leg, Leg]:
    """Out of suspense, and to the account that the role means now."""
    return (
        Leg(branch, side.opposite, money, f"{SUSPENSE}{suspense_account}:{role}", product=product),
        Leg(branch, side, money, role, product=product),
    )
