"""What one can do with deposit accounts: one function per verb."""
