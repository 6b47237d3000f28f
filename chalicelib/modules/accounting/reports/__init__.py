"""What the ledger shows: trial balance, balances, movements, journal, exceptions."""
