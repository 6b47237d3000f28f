"""Recurring entries: the close applies their template on every date that it covers (ACC-72)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.entry_template import dates_of, lines_of
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.plans import EntryTemplate, RecurringEntry
from chalicelib.modules.accounting.repository.chart import RECURRING, TEMPLATE
from chalicelib.modules.accounting.service.concluding import Order
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.closing.branches import calendar_of
from chalicelib.platform.work import UnitOfWork


def entries(work: UnitOfWork, day: ClosingDay, branches: tuple[str, ...]) -> Iterator[Order]:
    """One voucher for each date of a recurring entry that the close of the day covers."""
    for code, entry in work.config.all(RECURRING, day.business_date):
        if entry.branch not in branches:
            continue
        calendar = calendar_of(work.config, entry.branch, day.business_date)
        template: EntryTemplate | None = work.config.find(TEMPLATE, entry.template, day.business_date)
        for due in dates_of(entry, day.business_date, day.covered_until, calendar):
            yield Order(
                key=("recurring_entry", code, due.isoformat()),
                branch=entry.branch,
                narrative=name_in(entry.names, work.context.language),
                lines=partial(_lines, entry=entry, on=day.business_date),
                concept=template.concept if template else "",
                origin=f"{RECURRING}:{code}",
            )


def _lines(work: UnitOfWork, *, entry: RecurringEntry, on: date) -> tuple[VoucherLine, ...]:
    template: EntryTemplate = work.config.standing(TEMPLATE, entry.template, on)
    amount = Money.of(1, entry.currency or work.context.tenant.currency).times(entry.amount)
    return lines_of(template, amount, entry.branch, entry.tax_id)
