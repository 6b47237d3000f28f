"""What term deposits tell the other modules."""

OPENED = "term_deposits.opened"
MATURED = "term_deposits.matured"
