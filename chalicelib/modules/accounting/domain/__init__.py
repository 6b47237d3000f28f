"""The rules of the ledger: pure, without storage, clock or configuration."""
