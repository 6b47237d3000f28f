"""What a loan is asked to be, and what its product makes of it: pure rules."""
