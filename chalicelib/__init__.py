"""Minga: core and online banking of savings-and-credit cooperatives."""
