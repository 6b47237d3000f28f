"""Loan schedules: one library for simulation, booking and billing (planes de amortización)."""
