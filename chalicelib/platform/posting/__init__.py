"""The only door through which money moves."""
