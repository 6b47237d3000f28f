"""What the member portal declares to the platform."""
