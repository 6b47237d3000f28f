"""The bank: one folder per banking module, all of the same shape."""
