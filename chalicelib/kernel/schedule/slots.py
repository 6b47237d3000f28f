"""Insurances (seguros) and other charges (gastos) of a schedule: what each is charged on, when and how much.

A slot's charge in an instalment is a fixed amount or a percentage of its base. Percentages of a year accrue by
the slot's own fraction of the year (LON-62); others count once per instalment whatever its days (LON-64).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import Convention, day_count
from chalicelib.kernel.money import Money
from chalicelib.kernel.schedule.errors import InvalidChoice

LARGEST_SLOTS = 9  # of each kind (LON-61, LON-74)


class SlotKind(StrEnum):
    """Which column of the table it fills."""

    INSURANCE = "insurance"
    CHARGE = "charge"


class SlotBase(StrEnum):
    """What the percentage is of (LON-65, LON-66)."""

    FIXED = "fixed"  # no percentage: the amount itself
    BALANCE = "balance"  # principal owed as the period starts
    ORIGINAL = "original"  # principal lent
    INSTALMENT = "instalment"  # principal and interest of the instalment
    BALANCE_AND_INTEREST = "balance_and_interest"  # principal owed and the interest due on it
    SLOT = "slot"  # what another slot charges: a tax on it


class SlotTiming(StrEnum):
    """When it is charged."""

    ARREARS = "arrears"  # with the instalment that ends the period
    ADVANCE = "advance"  # a period ahead: the first at disbursement (LON-63)
    UP_FRONT = "up_front"  # once, withheld at disbursement


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Percentage from an age (included) to an age (included)."""

    from_age: int
    to_age: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Insured:
    """A person insured by a share of the base; ages are completed years on the due date (LON-71 to 73)."""

    birth_date: date
    share_percent: Decimal = Decimal(100)
    extra_percent: Decimal = Decimal(0)  # points added to the person's rate


@dataclass(frozen=True, slots=True)
class Slot:
    """An insurance or charge. `code` names it; `of` is the code of the slot that a SLOT base refers to.

    Give `amount` for a FIXED base and `percent` for others, or `ages` and `insured` for a table by age. Annual
    percentages accrue by `accrues` (a day count); None counts the percentage once per instalment. `included`
    puts it inside the level instalment. Instalments `first` to `last`, both included, are charged.
    """

    code: str
    kind: SlotKind
    base: SlotBase = SlotBase.FIXED
    amount: Money | None = None
    percent: Decimal | None = None
    ages: tuple[AgeBand, ...] = ()
    insured: tuple[Insured, ...] = ()
    of: str | None = None
    accrues: Convention | None = None
    included: bool = False
    timing: SlotTiming = SlotTiming.ARREARS
    first: int = 1
    last: int | None = None

    def __post_init__(self) -> None:
        for name, kind in (("kind", SlotKind), ("base", SlotBase), ("timing", SlotTiming)):
            object.__setattr__(self, name, _member(kind, getattr(self, name), name))
        if self.accrues is not None:
            object.__setattr__(self, "accrues", day_count(self.accrues).convention)


def _member(kind: type[StrEnum], value: str, name: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise InvalidChoice(f"slots.{name}", value=str(value)[:40]) from None
