"""Processes that cross modules."""

DECLARES = {
    "routes": ("end_of_day.routes",),
    "audiences": ("movement_notices",),
}
