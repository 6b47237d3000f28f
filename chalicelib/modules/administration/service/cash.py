"""The cash that each teller holds, counted by their own postings, and the warning when it is too much (GEN-56)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry
from chalicelib.kernel.money import Money
from chalicelib.modules.administration.domain import CashPosition, cash_moved
from chalicelib.modules.administration.errors import UnknownBranchCode
from chalicelib.modules.administration.plans import CashControl
from chalicelib.modules.administration.tables import CASH_POSITIONS
from chalicelib.platform.context import ActorKind
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.accounts import PostingDay
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

CASH_CONTROL = "administration.cash_control"
OVER_LIMIT = "teller_cash_limit"


@dataclass(frozen=True, slots=True)
class Counted:
    """A position and the limit that holds for it; None where its currency has none."""

    position: CashPosition
    limit: Money | None

    @property
    def over(self) -> bool:
        return self.limit is not None and self.position.minor > self.limit.minor


def follow(work: UnitOfWork, entry: Entry, days: Mapping[str, PostingDay]) -> None:
    """Count the cash that a posting of staff moves, and caution where the teller then holds more than their limit.

    What is undone is taken from whoever did it.
    """
    if work.context.actor.kind is not ActorKind.STAFF:
        return
    for (branch, currency), minor in cash_moved(entry.legs).items():
        day = days[branch].business_date
        if _control(work.config, day, branch).teller_limit is None:
            continue
        teller = posting.find_records(work, entry.reverses)[0].actor if entry.reverses else entry.actor
        names = {"branch": branch, "business_date": day, "teller": teller, "currency": currency}
        known = work.find(CASH_POSITIONS, **names) or CashPosition(
            branch, day, teller, currency, work.context.actor.name
        )
        after = replace(known, minor=known.minor + minor)
        work.put(CASH_POSITIONS, after)
        counted = _counted(work, after)
        if counted.limit and counted.over:
            work.caution(OVER_LIMIT, held=after.held, limit=counted.limit, branch=branch)


def positions(work: UnitOfWork, branch: str, on: date | None) -> tuple[date, list[Counted]]:
    """(the date, what each teller of a branch holds): today's business date if blank. Raises UnknownBranchCode."""
    if not work.context.actor.sees_branch(branch):
        raise UnknownBranchCode("branch", branch=branch)
    day = on or business_date(work, branch)
    found = work.all(CASH_POSITIONS, branch=branch, business_date=day)
    return day, [_counted(work, position) for position in found]


def _counted(work: UnitOfWork, position: CashPosition) -> Counted:
    limit = _control(work.config, position.business_date, position.branch).teller_limit
    base = work.context.tenant.currency
    return Counted(
        position, Money.of(limit, base) if limit is not None and position.currency == base else None
    )


def _control(config: Snapshot, on: date, branch: str) -> CashControl:
    found: CashControl = config.main(CASH_CONTROL, on, branch)
    return found
