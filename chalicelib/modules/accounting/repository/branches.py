"""Which branches a query covers: one, a region, a branch with those under it, or all that the caller may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.errors import BranchNotFound
from chalicelib.modules.accounting.repository.sheets import gate_if_any
from chalicelib.platform.context import ActorKind
from chalicelib.platform.work import UnitOfWork

BRANCH = "administration.branch"


@dataclass(frozen=True, slots=True)
class Cover:
    """What a query asks for. All blank: every branch in the caller's scope."""

    branch: str = ""
    region: str = ""
    node: str = ""


def covered(work: UnitOfWork, cover: Cover, on: date | None = None) -> tuple[str, ...]:
    """Codes of the branches that there are or were on a date, in order.

    Raises BranchNotFound where none is left within the caller's scope.
    """
    known = dict(work.config.all(BRANCH, on)) if on else {}
    known |= dict(work.config.all(BRANCH, date.max))
    wanted: Iterable[str] = known
    if cover.branch:
        wanted = [code for code in known if code == cover.branch]
    if cover.region:
        wanted = [code for code in wanted if known[code].region == cover.region]
    if cover.node:
        wanted = [code for code in wanted if cover.node in _line_of(code, known)]
    found = tuple(sorted((code for code in wanted if sees(work, code)), key=_order))
    if not found:
        raise BranchNotFound("branch" if cover.branch else "region" if cover.region else "node")
    return found


def working(work: UnitOfWork, branches: Iterable[str]) -> list[str]:
    """Those that have a business date: the ledger of the others is empty."""
    return [branch for branch in branches if gate_if_any(work, branch)]


def sees(work: UnitOfWork, branch: str) -> bool:
    """Whether the caller's scope covers the branch; the bank's own processes see all."""
    actor = work.context.actor
    return actor.kind is ActorKind.SYSTEM or actor.sees_branch(branch)


def latest_date(work: UnitOfWork, branches: Iterable[str]) -> date:
    """The latest business date of some branches. Raises BranchNotFound where none works yet."""
    dates = [gate.business_date for branch in branches if (gate := gate_if_any(work, branch))]
    if not dates:
        raise BranchNotFound("branch")
    return max(dates)


def today_of(work: UnitOfWork) -> date:
    """The business date of the caller's own branch; of the bank's latest branch for those who have none at work."""
    gate = gate_if_any(work, work.context.actor.branch) if work.context.actor.branch else None
    return gate.business_date if gate else latest_date(work, covered(work, Cover()))


def _line_of(code: str, known: dict[str, Any]) -> list[str]:
    line: list[str] = []
    above: str | None = code
    while above and above in known and above not in line:
        line.append(above)
        above = known[above].parent
    return line


def _order(code: str) -> tuple[int, str]:
    return len(code), code
