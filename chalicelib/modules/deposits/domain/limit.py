"""An account's own overdraft limits: who granted what, at which rates, from when until when (DEP-32, DEP-36)."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.overdraft import OwnLimit, Step
from chalicelib.modules.deposits.errors import OverdraftLimitEnded


class LimitState(StrEnum):
    """Life of a limit."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class OverdraftLimit:
    """A limit on one account, both dates included; ``approved_by`` is the second person, or what approved it.

    ``collateral_type`` and ``collateral_ref`` say what secures it, where something does.
    """

    id: str
    account_id: str
    kind: Literal["ordinary"]
    minor: int
    currency: str
    steps: tuple[Step, ...]
    valid_from: date
    valid_until: date
    reason: str
    set_by: str
    set_at: datetime
    approved_by: str = ""
    collateral_type: str = ""
    collateral_ref: str = ""
    state: LimitState = LimitState.ACTIVE
    ended_by: str = ""
    end_reason: str = ""
    version: int = 0

    @property
    def money(self) -> Money:
        """How far below zero it lets the account go."""
        return Money(self.minor, self.currency)

    @property
    def priced(self) -> OwnLimit:
        """The limit as pricing needs it."""
        return OwnLimit(
            self.id, self.minor, self.steps, self.valid_from, self.valid_until, self.collateral_type
        )


def withdrawn(limit: OverdraftLimit, last_day: date, by: str, reason: str) -> OverdraftLimit:
    """The limit ended before its time: ``last_day`` is the last on which it held. Raises OverdraftLimitEnded."""
    if limit.state is not LimitState.ACTIVE:
        raise OverdraftLimitEnded("limit_id")
    until = min(limit.valid_until, last_day)
    return replace(limit, state=LimitState.WITHDRAWN, valid_until=until, ended_by=by, end_reason=reason)
