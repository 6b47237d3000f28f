"""What deposits carry out at the start of a day, by kind of due."""

from collections.abc import Callable

from chalicelib.modules.deposits.closing.happenings import INTEREST
from chalicelib.modules.deposits.closing.unclaimed import UNCLAIMED, UNFUNDED
from chalicelib.modules.deposits.service import overdraft, payouts, scheduling, unclaimed
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.work import UnitOfWork

CarryOut = Callable[[UnitOfWork, Due], None]

CARRIED_OUT: dict[str, CarryOut] = {
    scheduling.KIND: scheduling.carry_out,
    INTEREST: payouts.carry_out,
    overdraft.CLEARING: overdraft.carry_out,
    UNCLAIMED: unclaimed.carry_out,
    UNFUNDED: unclaimed.close_unfunded,
}
GIVEN_UP: dict[str, CarryOut] = {scheduling.KIND: scheduling.give_up}


def apply_due(work: UnitOfWork, due: Due) -> None:
    """Carry out a due of deposits."""
    CARRIED_OUT[due.kind](work, due)


def refuse_due(work: UnitOfWork, due: Due) -> None:
    """Do what belongs to a due that was refused."""
    if due.kind in GIVEN_UP:
        GIVEN_UP[due.kind](work, due)
