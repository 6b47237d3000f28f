"""What staff may be allowed to do with term deposits."""

SIMULATE = "term_deposits.simulate"
READ = "term_deposits.read"
OPEN = "term_deposits.open"
