"""A voucher that the close was to make by itself and that was refused: what, where, and why."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Refusal:
    """``voucher_id`` is the id that the voucher would have; ``origin`` its rule's parameter set; ``problem`` a code."""

    business_date: date
    voucher_id: str
    branch: str
    narrative: str
    origin: str
    problem: str
    version: int = 0
