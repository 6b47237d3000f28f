"""Cautions: texts to acknowledge before money of an account moves; they keep back no funds (DEP-94)."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, NotFound


class CautionState(StrEnum):
    """Life of a caution; one whose last day is over warns no more, whatever its state."""

    ACTIVE = "active"
    REMOVED = "removed"


class UnknownCaution(NotFound):
    """No such caution on this account."""

    code = "unknown_caution"


class CautionRemoved(Conflict):
    """The caution was taken away before."""

    code = "caution_removed"


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning about one account; ``expires_on`` is its last day, where it has one."""

    id: str
    account_id: str
    text: str
    placed_by: str
    placed_at: datetime
    expires_on: date | None = None
    state: CautionState = CautionState.ACTIVE
    removed_by: str = ""
    removal_reason: str = ""
    version: int = 0

    def warns_on(self, day: date) -> bool:
        """Whether it must be acknowledged on a business date."""
        ended = self.expires_on is not None and self.expires_on < day
        return self.state is CautionState.ACTIVE and not ended


def removed(caution: Caution, by: str, reason: str) -> Caution:
    """The caution taken away. Raises CautionRemoved."""
    if caution.state is not CautionState.ACTIVE:
        raise CautionRemoved("caution_id")
    return replace(caution, state=CautionState.REMOVED, removed_by=by, removal_reason=reason)
