"""Accounting's part in the end of day: every branch's ledger, and the vouchers that follow from its balances."""

from chalicelib.modules.accounting import closing
from chalicelib.modules.accounting.service import (
    balancing,
    centralising,
    concluding,
    correlations,
    daily_result,
    notes,
    recurring,
    transfers,
    vouchers,
    year_end,
)
from chalicelib.platform.closing.applications import Application, register_application

register_application(
    Application(
        closing.NAME,
        closing.units,
        closing.close_with(vouchers.apply_at_close),
        closing.settle,
        closing.owes,
        conclude=concluding.conclude_with(
            recurring.entries,
            daily_result.results,
            transfers.transfers,
            centralising.centralisations,
            balancing.balancings,
            notes.notes,
            year_end.closings,
            check=correlations.check,
        ),
    )
)
