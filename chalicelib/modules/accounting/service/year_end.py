"""The close of the fiscal year's last day empties income and expense into the result, branch by branch (ACC-56)."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.moving import line
from chalicelib.modules.accounting.domain.profit_loss import fiscal_end_in, to_close
from chalicelib.modules.accounting.domain.sheet import DIRECT, Row, RowKey, held
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.repository import sheets
from chalicelib.modules.accounting.repository.chart import chart_on, control_of
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.platform import wording
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.posting.accounts import resolve
from chalicelib.platform.work import UnitOfWork

RESULT = "retained_result"
ROWS_PER_VOUCHER = 400
ORIGIN = "profit_loss_closing"


def closings(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """The vouchers that close the year of the branches whose fiscal year ends on the day, as many as their size needs.

    Keyed by the first balance they take: what an interrupted close has emptied is zero, and the rest goes on.
    """
    for branch in branches:
        control = control_of(work.config, day.business_date, branch)
        end = fiscal_end_in(control, day.business_date, day.covered_until)
        if end is None or control.profit_loss_closing != "automatic":
            continue
        sheet = sheets.on_date(work, branch, day.business_date)
        rows = to_close(sheet, chart_on(work.config, day.business_date))
        while part := list(islice(rows, ROWS_PER_VOUCHER)):
            yield Order(
                key=(ORIGIN, branch, end.isoformat(), *part[0][0]),
                branch=branch,
                narrative=wording.say(
                    work, "accounting.narratives.profit_loss_closing", date=end.isoformat()
                ),
                lines=partial(_lines, branch=branch, day=day, part=part),
                origin=ORIGIN,
            )


def _lines(
    work: UnitOfWork, *, branch: str, day: ClosingDay, part: list[tuple[RowKey, Row]]
) -> Iterator[VoucherLine]:
    result: dict[str, int] = {}
    for key, row in part:
        yield line(branch, key.account, -row.closing, key.currency, held(key.account, key.role), key.product)
        result[key.currency] = result.get(key.currency, 0) + row.closing
    own = control_of(work.config, day.business_date, branch).result_account
    role = f"{DIRECT}{own}" if own else RESULT
    for currency, minor in result.items():
        if minor:
            leg = Leg(branch, Side.DEBIT, Money(abs(minor), currency), role)
            account = resolve(work.config, leg, day.business_date).ledger_account
            yield line(branch, account, minor, currency, role)
