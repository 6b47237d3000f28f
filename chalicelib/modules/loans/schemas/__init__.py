"""What loans take and answer."""
