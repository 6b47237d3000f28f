"""Branch balancing: what a branch is out of balance by is taken to its balancing accounts and the clearing branch.

Every posting balances each branch as a whole; what can be out is the balance sheet against the memorandum accounts,
where an entry has moved one of each. Both are brought to zero in the branch, each on an account of its own, and the
clearing branch carries the counterparts until somebody finds the cause (ACC-39, ACC-40).
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.moving import line, off_balance
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import chart_on, control_of
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.platform import wording
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.posting.accounts import resolve
from chalicelib.platform.work import UnitOfWork

ORIGIN = "branch_balancing"


def balancings(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """A voucher for each branch whose memorandum accounts do not balance on their own; the clearing branch has none."""
    on = day.business_date
    for branch in branches:
        control = control_of(work.config, on, branch)
        clearing = control.clearing_branch
        if control.branch_balancing != "automatic" or clearing in (None, branch):
            continue
        yield Order(
            key=(ORIGIN, branch, on.isoformat()),
            branch=branch,
            narrative=wording.say(work, "accounting.narratives.branch_balancing", branch=branch),
            lines=partial(_lines, branch=branch, clearing=str(clearing), on=on),
            origin=ORIGIN,
        )


def _lines(work: UnitOfWork, *, branch: str, clearing: str, on: date) -> Iterator[VoucherLine]:
    sheet = sheets.on_date(work, branch, on)
    for currency, minor in off_balance(sheet.rows, chart_on(work.config, on)).items():
        for place, role, debit in (
            (branch, "branch_balancing", minor),
            (branch, "branch_balancing_memo", -minor),
            (clearing, "clearing_branch_contra", -minor),
            (clearing, "clearing_branch_contra_memo", minor),
        ):
            leg = Leg(place, Side.DEBIT, Money(abs(minor), currency), role)
            account = resolve(work.config, leg, on).ledger_account
            yield line(place, account, debit, currency, role)
