"""What the platform's own routes take and answer."""
