"""Balances that a close moves: between branches and accounts, and out of what branches owe each other."""

from datetime import date
from typing import Literal

from pydantic import field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct


class TransferRow(Plan):
    """What is moved from where to where.

    A blank ``from_branch`` moves the account of every branch; a blank ``to_branch`` keeps it in its own; a blank amount
    moves the whole balance, in every currency.
    """

    from_account: str = term(ref="accounting.account")
    to_account: str = term(ref="accounting.account")
    from_branch: str | None = term(None, ref="administration.branch")
    to_branch: str | None = term(None, ref="administration.branch")
    amount: Amount | None = term(None, unit="money", gt=0)


class BalanceTransfer(Plan):
    """Balances moved by the close of a date (ACC-57); with many rows, such as a new chart's, all at once (ACC-58)."""

    names: Names = term()
    on: date = term()
    concept: str | None = term(None, ref="accounting.voucher_concept")
    rows: tuple[TransferRow, ...] = term(min_length=1, max_length=2000)
    active: bool = term(True)

    @field_validator("rows")
    @classmethod
    def _each_balance_moves_once(cls, rows: tuple[TransferRow, ...]) -> tuple[TransferRow, ...]:
        if any(
            row.from_account == row.to_account and row.to_branch in (None, row.from_branch) for row in rows
        ):
            raise ValueError("transfer_to_itself")
        emptied = {row.from_account for row in rows if row.amount is None}
        if any(row.to_account in emptied for row in rows):
            raise ValueError("transfer_chained")
        check_distinct(
            ((row.from_account, row.from_branch) for row in rows if row.amount is None), "transfer_repeated"
        )
        return rows


class Repeated(Plan):
    """What a close does on the dates of a frequency that begins on ``first_date``."""

    names: Names = term()
    unit: Literal["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"] = term("monthly")
    interval: int = term(1, unit="count", ge=1, le=99)
    first_date: date = term()
    concept: str | None = term(None, ref="accounting.voucher_concept")
    active: bool = term(True)


class ManagementNote(Repeated):
    """When what two branches owe each other is set off (nota de gerencia, ACC-48, ACC-49)."""


class Centralisation(Repeated):
    """Accounts and groups of them whose balances every other branch hands over to one (ACC-45, ACC-47)."""

    accounts: tuple[str, ...] = term(ref="accounting.account", min_length=1, max_length=200)
    to_branch: str = term(ref="administration.branch")

    @field_validator("accounts")
    @classmethod
    def _each_once(cls, accounts: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct(accounts, "transfer_repeated")
        return accounts
