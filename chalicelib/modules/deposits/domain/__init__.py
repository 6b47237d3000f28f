"""The rules of deposit accounts, free of storage and clock."""
