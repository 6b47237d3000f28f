"""Reading and writing what the ledger is made of."""
