"""What an account's transactions of a calendar year come to, by the accumulators that their codes name (DEP-71).

Sums lie under their year and are read by it, so that nothing has to be set back when a year ends. The year is that of
the business date.
"""

from collections.abc import Iterable, Mapping

from chalicelib.modules.deposits.plans import Accumulator

YearSums = dict[str, dict[str, int]]
"""Year → accumulator → minor units, or a count."""

MOST_YEARS = 10
SIGNS: dict[str, int] = {"interest_paid_ytd": 1, "tax_withheld_ytd": -1, "fees_ytd": -1}
"""How a change of the balance, seen by the holder, counts in the sums of amounts."""
COUNTS: tuple[Accumulator, ...] = ("deposit_count", "withdrawal_count")
SUMS: tuple[str, ...] = (*SIGNS, *COUNTS)


def counted(accumulators: Iterable[str], change_minor: int, reverses: bool) -> dict[str, int]:
    """What a posting adds to the sums that its code moves; a reversal takes back the amounts and the count."""
    found: dict[str, int] = {}
    for name in accumulators:
        if name in SIGNS:
            found[name] = SIGNS[name] * change_minor
        elif name in COUNTS:
            found[name] = -1 if reverses else 1
    return found


def summed(sums: YearSums, year: int, more: Mapping[str, int]) -> YearSums:
    """The sums with more in a year; of the years before the latest MOST_YEARS the movements tell."""
    if not more:
        return sums
    own = dict(sums.get(str(year), {}))
    for name, amount in more.items():
        own[name] = own.get(name, 0) + amount
    kept = sorted({**sums, str(year): own}.items())[-MOST_YEARS:]
    return dict(kept)


def of_year(sums: YearSums, year: int) -> dict[str, int]:
    """Every sum of a year; zero where nothing moved it."""
    own = sums.get(str(year), {})
    return {name: own.get(name, 0) for name in SUMS}
