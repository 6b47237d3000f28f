"""What staff may be allowed to do in administration."""

READ_USERS = "administration.read_users"
MANAGE_USERS = "administration.manage_users"
OPEN_BRANCH = "administration.open_branch"
READ_CASH_POSITIONS = "administration.read_cash_positions"
