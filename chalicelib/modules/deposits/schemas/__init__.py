"""What deposits' routes take and answer, by what they are about."""
