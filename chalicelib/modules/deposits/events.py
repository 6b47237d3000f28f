"""What deposits tell the other modules."""

ACCOUNT_OPENED = "deposits.account_opened"
ACCOUNT_STATUS_CHANGED = "deposits.account_status_changed"
OVERDRAFT_LIMIT_SET = "deposits.overdraft_limit_set"
OVERDRAFT_LIMIT_WITHDRAWN = "deposits.overdraft_limit_withdrawn"
OVERDRAFT_LIMIT_EXPIRED = "deposits.overdraft_limit_expired"
INTEREST_CHEQUE_REQUESTED = "deposits.interest_cheque_requested"
TRANSFER_FAILED = "deposits.scheduled_transfer_failed"
