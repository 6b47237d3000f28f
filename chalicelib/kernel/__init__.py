"""Pure values and mechanisms of the bank: no AWS, no clock, no input or output.

Money, rates, dates, cycles, identifiers, errors, plans, entries and interest live here. Import the file you
need (`from chalicelib.kernel.money import Money`); this package imports nothing, so that a start stays cheap.
"""
