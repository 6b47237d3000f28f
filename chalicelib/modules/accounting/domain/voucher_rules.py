"""What the chart says about a voucher's lines; every wrong line is reported at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from chalicelib.kernel.errors import BankError, InvalidFields
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.chart import Chart, is_memorandum
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.domain.voucher import VoucherLine
from chalicelib.modules.accounting.errors import (
    LineAccountControlled,
    LineAccountInactive,
    LineAccountNotPostable,
    LineAccountOwnBranch,
    LineAccountUnknown,
    LineBalanceLimit,
    LineCurrencyNotAllowed,
    LineThirdPartyMissing,
    LineTransactionLimit,
    MemorandumUnbalanced,
)
from chalicelib.modules.accounting.plans import Account

BalanceOf = Callable[[str, str], int]
"""(branch, ledger account) → balance in minor units of the institution's currency, debits positive."""


def check_accounts(
    lines: Sequence[VoucherLine],
    chart: Chart,
    controlled: Mapping[str, str],
    base_currency: str,
    clearance: int | None,
) -> None:
    """Raises the error of the one wrong line, or InvalidFields with those of all (ACC-35, ACC-37, ACC-44)."""
    crossing = _crossing(lines)
    found = []
    for position, line in enumerate(lines):
        path, account = f"lines.{position}", chart.at(line.branch, line.account)
        error = _account_error(path, line, chart, controlled, base_currency, clearance)
        if error is None and account and line.branch in crossing and not account.interbranch:
            error = LineAccountOwnBranch(f"{path}.account", account=line.account)
        found += [error] if error else []
    _raise(found)


def check_memorandum(lines: Sequence[VoucherLine], chart: Chart) -> None:
    """Raises MemorandumUnbalanced where off-balance lines are balanced with others (ACC-40)."""
    sums: dict[str, int] = {}
    for line in lines:
        account = chart.find(line.account)
        if account and is_memorandum(account.account_class):
            sums[line.currency] = sums.get(line.currency, 0) + line.debit_minor
    for code, difference in sums.items():
        if difference:
            raise MemorandumUnbalanced("lines", currency=code, difference=Money(difference, code).text)


def check_limits(
    lines: Sequence[VoucherLine], chart: Chart, base_currency: str, balance_of: BalanceOf
) -> None:
    """Raises LineTransactionLimit and LineBalanceLimit for lines in the institution's currency (ACC-07)."""
    after: dict[tuple[str, str], int] = {}
    found: list[BankError] = []
    for position, line in enumerate(lines):
        account = chart.at(line.branch, line.account)
        if account is None or line.currency != base_currency:
            continue
        if outside(line.money.decimal, account.minimum_transaction, account.maximum_transaction):
            found.append(LineTransactionLimit(f"lines.{position}.amount", account=line.account))
        if account.minimum_balance is None and account.maximum_balance is None:
            continue
        place = (line.branch, line.account)
        after[place] = after.get(place, balance_of(*place)) + line.debit_minor
        if balance_outside(account, after[place], base_currency):
            found.append(LineBalanceLimit(f"lines.{position}.amount", account=line.account))
    _raise(found)


def balance_outside(account: Account, debit_minor: int, currency: str) -> bool:
    """Whether a balance, taken on the account's normal side, is under its minimum or over its maximum."""
    natural = debit_minor if account.normal_side == "debit" else -debit_minor
    return outside(Money(natural, currency).decimal, account.minimum_balance, account.maximum_balance)


def outside(value: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    """Whether a value is under a minimum or over a maximum."""
    return (least is not None and value < least) or (most is not None and value > most)


def _crossing(lines: Sequence[VoucherLine]) -> set[str]:
    """The branches that do not balance on their own: their lines originate inter-branch entries."""
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.branch, line.currency)
        sums[key] = sums.get(key, 0) + line.debit_minor
    return {branch for (branch, _), difference in sums.items() if difference}


def _account_error(
    path: str,
    line: VoucherLine,
    chart: Chart,
    controlled: Mapping[str, str],
    base_currency: str,
    clearance: int | None,
) -> BankError | None:
    account = chart.at(line.branch, line.account)
    if account is None or not cleared(chart, line.account, clearance):
        return LineAccountUnknown(f"{path}.account", account=line.account)
    return next(_account_errors(path, line, account, controlled, base_currency), None)


def _account_errors(
    path: str, line: VoucherLine, account: Account, controlled: Mapping[str, str], base_currency: str
) -> Iterator[BankError]:
    if not account.active:
        yield LineAccountInactive(f"{path}.account", account=line.account)
    if not account.postable:
        yield LineAccountNotPostable(f"{path}.account", account=line.account)
    if line.account in controlled:
        yield LineAccountControlled(f"{path}.account", account=line.account, role=controlled[line.account])
    foreign = line.currency != base_currency
    if (account.currency_mode == "base" and foreign) or (account.currency_mode == "foreign" and not foreign):
        yield LineCurrencyNotAllowed(f"{path}.amount.currency", account=line.account, currency=line.currency)
    if account.third_party_type != "none" and not line.tax_id:
        yield LineThirdPartyMissing(f"{path}.tax_id", account=line.account)


def _raise(found: list[BankError]) -> None:
    if len(found) == 1:
        raise found[0]
    if found:
        raise InvalidFields(found)
