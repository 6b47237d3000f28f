"""The result of a day, and the end of the fiscal year that empties income and expense (ACC-50, ACC-56)."""

from collections.abc import Iterator
from datetime import date

from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import LedgerSheet, Row, RowKey
from chalicelib.modules.accounting.plans import AccountingControl

RESULTS = frozenset({"income", "expense"})


def fiscal_end_in(control: AccountingControl, first: date, last: date) -> date | None:
    """The end of a fiscal year that lies between two dates, both included; None where there is none."""
    ends = (
        date(year, control.fiscal_year_end_month, control.fiscal_year_end_day)
        for year in range(first.year, last.year + 1)
    )
    return next((end for end in ends if first <= end <= last), None)


def to_close(sheet: LedgerSheet, chart: Chart) -> Iterator[tuple[RowKey, Row]]:
    """The balances of income and expense that are not zero, whatever product or role they are kept under."""
    return (
        (key, row)
        for key, row in sheet.rows.items()
        if row.closing and chart.class_of(key.account) in RESULTS
    )


def day_result(sheet: LedgerSheet, chart: Chart, without: str) -> dict[str, int]:
    """Currency → what a day earned beyond what it cost, minor units; zeros left out.

    The rows of the role ``without``, under which results are recognised, are not part of one.
    """
    sums: dict[str, int] = {}
    for key, row in sheet.rows.items():
        if key.role != without and chart.class_of(key.account) in RESULTS:
            sums[key.currency] = sums.get(key.currency, 0) + row.credit - row.debit
    return {currency: minor for currency, minor in sums.items() if minor}
