"""Balance transfers: the close of their date moves balances between branches and accounts (ACC-57, ACC-58)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.moving import line, moved
from chalicelib.modules.accounting.domain.sheet import LedgerSheet
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.errors import TransferOfControlled
from chalicelib.modules.accounting.plans import Account, BalanceTransfer, TransferRow
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import (
    ACCOUNT,
    TRANSFER,
    controlled_accounts,
    kept_by_branch,
)
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.modules.accounting.service.ledger_rule import state_of
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.work import UnitOfWork

ROWS_PER_VOUCHER = 100


def transfers(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """The vouchers of each transfer whose date the close covers: one per branch that gives, more if it is long."""
    for code, transfer in work.config.all(TRANSFER, day.business_date):
        if not transfer.active or not day.business_date <= transfer.on <= day.covered_until:
            continue
        for branch in branches:
            rows = [row for row in transfer.rows if row.from_branch in (None, branch)]
            for first in range(0, len(rows), ROWS_PER_VOUCHER):
                part = rows[first : first + ROWS_PER_VOUCHER]
                yield Order(
                    key=("balance_transfer", code, transfer.on.isoformat(), branch, str(first)),
                    branch=branch,
                    narrative=name_in(transfer.names, work.context.language),
                    lines=partial(_lines, branch=branch, rows=part, on=day.business_date),
                    concept=transfer.concept or "",
                    origin=f"{TRANSFER}:{code}",
                )


def check_transfer(config: Snapshot, code: str, transfer: BalanceTransfer, on: date) -> None:
    """What a sub-ledger keeps by branch stays in its branch. Raises TransferOfControlled."""
    controlled = controlled_accounts(config, on)
    for position, row in enumerate(transfer.rows):
        crosses = row.to_branch is not None and row.to_branch != row.from_branch
        for name in ("from_account", "to_account"):
            account = getattr(row, name)
            if crosses and account in controlled:
                raise TransferOfControlled(
                    f"rows.{position}.{name}", account=account, role=controlled[account]
                )


def _lines(work: UnitOfWork, *, branch: str, rows: list[TransferRow], on: date) -> Iterator[VoucherLine]:
    sheet = sheets.on_date(work, branch, on)
    for row in rows:
        to_branch = row.to_branch or branch
        if row.amount is None:
            yield from _whole(work.config, sheet, row, to_branch, on)
        elif (row.from_account, branch) != (row.to_account, to_branch):
            yield from _amount(work, row, branch, to_branch, on)


def _whole(
    config: Snapshot, sheet: LedgerSheet, row: TransferRow, to_branch: str, on: date
) -> Iterator[VoucherLine]:
    kept_here = kept_by_branch()
    usable = state_of(config, row.to_account, on, to_branch) is None
    for key, balance in sheet.rows.items():
        stays = to_branch != sheet.branch and key.role in kept_here
        if key.account == row.from_account and balance.closing and not stays:
            yield from moved(key, balance, sheet.branch, to_branch, row.to_account, usable)


def _amount(
    work: UnitOfWork, row: TransferRow, branch: str, to_branch: str, on: date
) -> Iterator[VoucherLine]:
    """An amount on the side on which the account grows, so that it shrinks where it comes from."""
    account: Account = work.config.standing(ACCOUNT, row.from_account, on)
    currency = work.context.tenant.currency
    minor = Money.of(1, currency).times(row.amount or 0).minor
    debit = minor if account.normal_side == "debit" else -minor
    if debit:
        yield line(branch, row.from_account, -debit, currency)
        yield line(to_branch, row.to_account, debit, currency)
