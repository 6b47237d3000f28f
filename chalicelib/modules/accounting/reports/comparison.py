"""Two periods side by side, account by account (ACC-69)."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import Row
from chalicelib.modules.accounting.domain.trial_balance import NOTHING
from chalicelib.modules.accounting.reports.trial_balance import LedgerQuery, trial_balance_of
from chalicelib.modules.accounting.repository.branches import Cover
from chalicelib.platform.work import UnitOfWork

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """Two periods, first and last day of each, for some branches; what moved in them, or what stood at their end."""

    cover: Cover
    period: tuple[date, date]
    compared_with: tuple[date, date]
    measure: Literal["movement", "closing"] = "movement"
    currency: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An account in both periods, on its normal side; ``percent`` of the earlier amount, None where that is zero."""

    code: str
    name: str
    level: int
    amount: Money
    before: Money

    @property
    def difference(self) -> Money:
        """What the period has more than the one it is compared with."""
        return self.amount - self.before

    @property
    def percent(self) -> Decimal | None:
        """The difference as a percentage of the earlier amount, with two decimals."""
        if not self.before:
            return None
        share = Decimal(self.difference.minor) * 100 / abs(self.before.minor)
        return share.quantize(CENT, ROUND_HALF_UP)


def comparison(work: UnitOfWork, query: ComparisonQuery) -> Iterator[Compared]:
    """Every account that either period knows. Raises BranchNotFound, LedgerPeriodInvalid."""
    found = [
        trial_balance_of(work, LedgerQuery(query.cover, last, first, query.currency, query.level))
        for first, last in (query.period, query.compared_with)
    ]
    chart, code = found[0].chart, found[0].balance.currency
    now, before = ({line.code: line.row for line in each.balance.lines} for each in found)
    for account in sorted(now.keys() | before.keys()):
        known = chart.find(account)
        yield Compared(
            account,
            name_in(known.names, work.context.language) if known else account,
            chart.level_of(account),
            Money(_measured(query, chart, account, now.get(account, NOTHING)), code),
            Money(_measured(query, chart, account, before.get(account, NOTHING)), code),
        )


def _measured(query: ComparisonQuery, chart: Chart, code: str, row: Row) -> int:
    account = chart.find(code)
    minor = row.closing if query.measure == "closing" else row.debit - row.credit
    return -minor if account and account.normal_side == "credit" else minor
