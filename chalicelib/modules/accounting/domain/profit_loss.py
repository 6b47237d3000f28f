"""The end of the fiscal year (cancelación de resultados): what empties income and expense into the result (ACC-56)."""

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
