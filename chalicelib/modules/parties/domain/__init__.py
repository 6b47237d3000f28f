"""Persons and what the register knows of them; pure."""
