"""The chart in bulk: accounts made from a file (ACC-46), attributes changed for many at once (ACC-09).

Both are parameter sets like any other: new versions, for a second person to approve, or approved with the operation
where that waits for a second person itself.
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.plan import Change as FieldDifference
from chalicelib.kernel.plan import diff
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.chart_file import (
    AccountRow,
    RowProblem,
    orphans,
    rows_of,
    structure_problems,
)
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.errors import NoAccountMatches, NothingToChange, TooManyAccountChanges
from chalicelib.modules.accounting.plans import Account
from chalicelib.modules.accounting.repository.branches import Cover, covered
from chalicelib.modules.accounting.repository.chart import ACCOUNT, chart_on, clearance_of
from chalicelib.platform.parameters import exchange, listing, service
from chalicelib.platform.parameters.exchange import Change, WrittenSet
from chalicelib.platform.parameters.kinds import kind_of
from chalicelib.platform.problems import field_problems
from chalicelib.platform.today import today_for
from chalicelib.platform.work import UnitOfWork

MOST_CHANGES = 3000
IMPORT, CHANGE = "accounting.import_accounts", "accounting.change_accounts"


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file does: the sets that are made of its good lines, and what is wrong with the others."""

    changes: list[Change]
    problems: list[RowProblem]

    @property
    def created(self) -> int:
        """How many accounts are new."""
        return sum(change.action == "create" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Changed:
    """A set that changes, and the fields in which it differs from what holds for its branch until then."""

    change: Change
    rows: list[FieldDifference]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts get which attributes: under one, of a class, a level or a product; blank is any.

    ``branches`` empty changes the institution's accounts, else what these branches keep.
    """

    attributes: dict[str, Any]
    parent: str = ""
    account_class: str = ""
    level: int | None = None
    product: str = ""
    postable: bool = False
    branches: tuple[str, ...] = ()
    effective_from: date | None = None
    codes: tuple[str, ...] = field(default=())


def plan_import(work: UnitOfWork, text: str, effective_from: date | None) -> Imported:
    """What a file would do, line by line. Raises MalformedAccountFile, EffectiveInThePast."""
    first = _first_day(work, effective_from)
    rows, chart = rows_of(text), chart_on(work.config, first)
    problems = [*structure_problems(rows, chart.accounts), *_body_problems(rows)]
    bad = {problem.row for problem in problems}
    good = [row for row in rows if row.number not in bad]
    problems += orphans(good, chart.accounts)
    bad = {problem.row for problem in problems}
    stored = listing.sets_of(work, kind_of(ACCOUNT))
    changes = [
        _planned(work, stored, row.code, "tenant", row.body, first) for row in good if row.number not in bad
    ]
    return Imported(changes, sorted(problems))


def import_accounts(work: UnitOfWork, text: str, effective_from: date | None) -> Imported:
    """Make the accounts of a file's good lines; the others are answered with their problems. Raises as its plan."""
    planned = plan_import(work, text, effective_from)
    exchange.apply(work, planned.changes, IMPORT)
    return planned


def plan_change(work: UnitOfWork, wanted: Wanted) -> list[Changed]:
    """What changing the attributes of many accounts would do; those that have them already are left out.

    Raises NoAccountMatches, TooManyAccountChanges, NothingToChange, BranchNotFound, EffectiveInThePast,
    ParameterRejected.
    """
    first = _first_day(work, wanted.effective_from)
    chart = chart_on(work.config, first)
    codes = [
        code
        for code, account in sorted(chart.accounts.items())
        if _matches(work, chart, code, account, wanted)
    ]
    if not codes:
        raise NoAccountMatches("parent")
    if len(codes) * max(1, len(wanted.branches)) > MOST_CHANGES:
        raise TooManyAccountChanges("branches", most=MOST_CHANGES)
    branches = [covered(work, Cover(branch), first)[0] for branch in wanted.branches]
    kind = kind_of(ACCOUNT)
    stored = listing.sets_of(work, kind)
    found: list[Changed] = []
    for branch in branches or [""]:
        for code in codes:
            standing = chart.at(branch, code)
            before = standing.to_body() if standing else {}
            after = {**before, **wanted.attributes}
            service.validate(kind, after, service.Known(work.config))
            rows = diff(before, Account.model_validate(after).to_body())
            if rows:
                change = _planned(work, stored, code, listing.scope_for(branch), after, first)
                found.append(Changed(change, rows))
    if not found:
        raise NothingToChange("attributes")
    return found


def change_accounts(work: UnitOfWork, wanted: Wanted) -> list[Changed]:
    """Change the attributes of many accounts. Raises as ``plan_change``."""
    found = plan_change(work, wanted)
    exchange.apply(work, [each.change for each in found], CHANGE)
    return found


def _first_day(work: UnitOfWork, asked: date | None) -> date:
    today = today_for(work, ACCOUNT)
    if asked and asked < today:
        raise service.EffectiveInThePast("effective_from", business_date=today.isoformat())
    return asked or today


def _body_problems(rows: list[AccountRow]) -> Iterator[RowProblem]:
    for row in rows:
        try:
            Account.model_validate(row.body)
        except ValidationError as error:
            for problem in field_problems(error):
                yield RowProblem(row.number, row.code, problem.field, problem.code, problem.params)


def _planned(
    work: UnitOfWork, stored: dict[Any, Any], code: str, scope: str, body: dict[str, Any], first: date
) -> Change:
    written = WrittenSet(code=code, scope=scope, effective_from=first, body=body)
    return exchange.planned(work, kind_of(ACCOUNT), written, stored.get((code, scope), []))


def _matches(work: UnitOfWork, chart: Chart, code: str, account: Account, wanted: Wanted) -> bool:
    return (
        (not wanted.codes or code in wanted.codes)
        and (not wanted.parent or chart.within(code, wanted.parent))
        and wanted.account_class in ("", account.account_class)
        and wanted.level in (None, account.level)
        and wanted.product in ("", account.product)
        and (account.postable or not wanted.postable)
        and cleared(chart, code, clearance_of(work))
    )
