"""How modules take part in the end of day, and what a run of it leaves on record."""
