"""Accounting through its routes."""
