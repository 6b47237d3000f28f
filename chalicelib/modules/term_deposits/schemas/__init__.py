"""What term deposits take and answer."""
