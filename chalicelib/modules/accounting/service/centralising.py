"""Centralisation: branches hand the balances of groups of accounts over to one of them (ACC-45, ACC-47)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice

from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.entry_template import due_dates
from chalicelib.modules.accounting.domain.moving import moved
from chalicelib.modules.accounting.domain.sheet import Row, RowKey
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.errors import TransferOfControlled
from chalicelib.modules.accounting.plans import Centralisation
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import (
    CENTRALISATION,
    chart_on,
    controlled_accounts,
    kept_by_branch,
)
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.modules.accounting.service.ledger_rule import state_of
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.work import UnitOfWork

ROWS_PER_VOUCHER = 100


def centralisations(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """The vouchers of each branch that gives, as many as its balances need, on the dates of a centralisation.

    Keyed by the first balance they take: what an interrupted close has handed over is zero, and the rest goes on.
    """
    on = day.business_date
    chart = chart_on(work.config, on)
    for code, rule in work.config.all(CENTRALISATION, on):
        for due in due_dates(rule, on, day.covered_until)[-1:]:
            for branch in branches:
                rows = _given(work, rule, chart, branch, on)
                while part := list(islice(rows, ROWS_PER_VOUCHER)):
                    yield Order(
                        key=("centralisation", code, due.isoformat(), branch, *part[0][0]),
                        branch=branch,
                        narrative=name_in(rule.names, work.context.language),
                        lines=partial(_lines, branch=branch, to_branch=rule.to_branch, on=on, part=part),
                        concept=rule.concept or "",
                        origin=f"{CENTRALISATION}:{code}",
                    )


def check_centralisation(config: Snapshot, code: str, rule: Centralisation, on: date) -> None:
    """What a sub-ledger keeps by branch stays in its branch. Raises TransferOfControlled."""
    chart = chart_on(config, on)
    for account, role in controlled_accounts(config, on).items():
        for position, top in enumerate(rule.accounts):
            if chart.within(account, top):
                raise TransferOfControlled(f"accounts.{position}", account=account, role=role)


def _given(
    work: UnitOfWork, rule: Centralisation, chart: Chart, branch: str, on: date
) -> Iterator[tuple[RowKey, Row]]:
    """The balances of a branch that lie under the rule's accounts and are not zero."""
    if branch == rule.to_branch:
        return
    kept_here = kept_by_branch()
    for key, row in sheets.on_date(work, branch, on).rows.items():
        wanted = any(chart.within(key.account, top) for top in rule.accounts)
        if wanted and row.closing and key.role not in kept_here:
            yield key, row


def _lines(
    work: UnitOfWork, *, branch: str, to_branch: str, on: date, part: list[tuple[RowKey, Row]]
) -> Iterator[VoucherLine]:
    for key, row in part:
        usable = state_of(work.config, key.account, on, to_branch) is None
        yield from moved(key, row, branch, to_branch, key.account, usable)
