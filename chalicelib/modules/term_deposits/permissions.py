"""What staff may be allowed to do with term deposits."""

SIMULATE = "term_deposits.simulate"
