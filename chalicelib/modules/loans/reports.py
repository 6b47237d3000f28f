"""The reports of loans."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import Field

from chalicelib.modules.loans import permissions
from chalicelib.modules.loans.domain.pricing import shown
from chalicelib.modules.loans.errors import UnknownIndexRate
from chalicelib.modules.loans.plans import IndexRate
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Column, Report, register_report
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork

INDEX = "loans.index_rate"


class IndexHistoryFilter(Payload):
    """Which index rate, and as it is kept on which day: the business day where none is given."""

    index: str = Field(json_schema_extra={"ref": INDEX})
    on: date | None = None


def index_history(work: UnitOfWork, filters: IndexHistoryFilter) -> Iterator[dict[str, Any]]:
    """The values of an index rate, the oldest first. Raises UnknownIndexRate."""
    found: IndexRate | None = work.config.find(INDEX, filters.index, filters.on or business_day(work))
    if found is None:
        raise UnknownIndexRate("filters.index", index=filters.index)
    for published in found.history:
        yield {
            "index": filters.index,
            "valid_from": published.valid_from,
            "percent": published.percent,
            "effective": shown(found.quoted.rate(published.percent).effective_annual().percent),
        }


REPORTS = (
    Report(
        code="loan_index_history",
        permission=permissions.READ_RATES,
        columns=[
            Column("index"),
            Column("valid_from", "date"),
            Column("percent", "percent"),
            Column("effective", "percent"),
        ],
        rows=index_history,
        filters=IndexHistoryFilter,
    ),
)

for report in REPORTS:
    register_report(report)
