"""The rules of term deposits, free of storage and clock."""
