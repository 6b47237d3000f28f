"""Processes that cross modules."""
