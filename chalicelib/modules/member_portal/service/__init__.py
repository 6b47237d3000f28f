"""What members look at and do for themselves, by what it is about."""
