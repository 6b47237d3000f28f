"""What accounting tells other modules, in the past tense."""

VOUCHER_APPLIED = "accounting.voucher_applied"
VOUCHER_REFUSED = "accounting.voucher_refused"
VOUCHER_REVERSED = "accounting.voucher_reversed"
CORRELATION_BROKEN = "accounting.correlation_broken"
EXCEPTION_CLEARED = "accounting.exception_cleared"
PERIOD_CLOSED = "accounting.period_closed"
PERIOD_REOPENED = "accounting.period_reopened"
