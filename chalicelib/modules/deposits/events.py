"""What deposits tell the other modules."""

ACCOUNT_OPENED = "deposits.account_opened"
ACCOUNT_STATUS_CHANGED = "deposits.account_status_changed"
INTEREST_CHEQUE_REQUESTED = "deposits.interest_cheque_requested"
TRANSFER_FAILED = "deposits.scheduled_transfer_failed"
