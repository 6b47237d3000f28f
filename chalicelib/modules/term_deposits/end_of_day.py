"""The part of term deposits in the end of day."""

from chalicelib.modules.term_deposits.closing import happenings, pieces, totals
from chalicelib.modules.term_deposits.service import payouts
from chalicelib.platform.closing.applications import Application, register_application

register_application(
    Application(
        happenings.NAME,
        pieces.units,
        pieces.close,
        totals.settle,
        totals.owes,
        totals.ROLES,
        apply_due=payouts.carry_out,
    )
)
