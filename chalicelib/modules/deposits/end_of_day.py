"""The part of deposits in the end of day."""

from chalicelib.modules.deposits.closing import happenings, pieces, totals
from chalicelib.modules.deposits.service import dues, issuing
from chalicelib.platform.closing.applications import Application, register_application

register_application(
    Application(
        happenings.NAME,
        pieces.units,
        pieces.close,
        totals.settle,
        totals.owes,
        totals.ROLES,
        apply_due=dues.apply_due,
        refuse_due=dues.refuse_due,
        issue=issuing.issue,
    )
)
