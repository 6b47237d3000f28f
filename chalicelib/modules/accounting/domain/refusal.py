"""What a close puts on record: a voucher it was to make and that was refused, a correlation that does not hold."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass


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


@dataclass(frozen=True, slots=True)
class BrokenCorrelation:
    """A correlation that did not hold at the close of a date; ``minor`` is the sum that is compared with zero."""

    business_date: date
    code: str
    branch: str
    minor: int
    currency: str
    version: int = 0
