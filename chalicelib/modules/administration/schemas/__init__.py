"""What administration's routes take and answer, by what they are about."""
