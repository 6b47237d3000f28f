"""What people and modules ask of the ledger."""
