"""The daily result: what a branch earned beyond its costs is recognised day by day as the year's result (ACC-50)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.moving import line
from chalicelib.modules.accounting.domain.profit_loss import day_result
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import chart_on, control_of
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.platform import wording
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.posting.accounts import resolve
from chalicelib.platform.work import UnitOfWork

ORIGIN = "daily_result"
DEBIT, CREDIT = "daily_result_debit", "daily_result_credit"


def results(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """A voucher for each branch that recognises its result daily; a loss is the other way round."""
    on = day.business_date
    for branch in branches:
        if control_of(work.config, on, branch).daily_result == "automatic":
            yield Order(
                key=(ORIGIN, branch, on.isoformat()),
                branch=branch,
                narrative=wording.say(work, "accounting.narratives.daily_result", date=on.isoformat()),
                lines=partial(_lines, branch=branch, on=on),
                origin=ORIGIN,
            )


def _lines(work: UnitOfWork, *, branch: str, on: date) -> Iterator[VoucherLine]:
    sheet = sheets.on_date(work, branch, on)
    for currency, minor in day_result(sheet, chart_on(work.config, on), DEBIT).items():
        for role, debit in ((DEBIT, minor), (CREDIT, -minor)):
            leg = Leg(branch, Side.DEBIT, Money(abs(minor), currency), role)
            yield line(branch, resolve(work.config, leg, on).ledger_account, debit, currency, role)
