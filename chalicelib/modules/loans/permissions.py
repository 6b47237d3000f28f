"""What staff may be allowed to do with loans."""

SIMULATE = "loans.simulate"
READ_RATES = "loans.read_rates"
