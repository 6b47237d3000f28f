"""Where balances and movements break the attributes of their accounts: side, minimum, maximum (ACC-70)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import LedgerLeg, Row
from chalicelib.modules.accounting.domain.voucher_rules import outside
from chalicelib.modules.accounting.plans import Account


@dataclass(frozen=True, slots=True)
class Breach:
    """What is out of order with an account: the amount that breaks a limit, and the limit where there is one.

    Balances are taken on the account's normal side; ``kind`` is abnormal_side, minimum_balance, maximum_balance,
    minimum_transaction or maximum_transaction.
    """

    account: str
    kind: str
    amount: Money
    limit: Decimal | None


def balance_breaches(
    rows: Mapping[str, Row], chart: Chart, currency: str, branch: str = ""
) -> Iterator[Breach]:
    """Accounts whose closing balance is on the wrong side or outside its limits, as the branch keeps them."""
    for code, row in rows.items():
        account = chart.at(branch, code)
        if account is None:
            continue
        natural = Money(row.closing if account.normal_side == "debit" else -row.closing, currency)
        if natural.minor < 0:
            yield Breach(code, "abnormal_side", natural, None)
        if account.minimum_balance is not None and natural.decimal < account.minimum_balance:
            yield Breach(code, "minimum_balance", natural, account.minimum_balance)
        if account.maximum_balance is not None and natural.decimal > account.maximum_balance:
            yield Breach(code, "maximum_balance", natural, account.maximum_balance)


def leg_breach(leg: LedgerLeg, chart: Chart, branch: str = "") -> Breach | None:
    """A leg below its account's smallest or above its largest transaction."""
    account: Account | None = chart.at(branch, leg.account)
    if account is None:
        return None
    money = Money(abs(leg.minor), leg.currency)
    if not outside(money.decimal, account.minimum_transaction, account.maximum_transaction):
        return None
    most = account.maximum_transaction
    over = most is not None and money.decimal > most
    kind, limit = (
        ("maximum_transaction", most) if over else ("minimum_transaction", account.minimum_transaction)
    )
    return Breach(leg.account, kind, money, limit)
