"""What loans do."""
