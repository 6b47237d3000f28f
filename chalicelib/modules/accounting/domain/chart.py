"""The chart of accounts (plan de cuentas) on a date: parents, levels, and which accounts may be posted by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.plans import Account, RoleMap

EXPLAINED_ROLES = frozenset(
    {
        "interbranch_due_to",
        "interbranch_due_from",
        "interbranch_memo_due_to",
        "interbranch_memo_due_from",
        "suspense_account",
        "suspense_memo",
    }
)
"""Roles whose balances the ledger itself explains: pairs of branches, and the list of exceptions."""


def is_memorandum(account_class: str) -> bool:
    """Whether a class of accounts lies off balance (cuentas de orden)."""
    return account_class.startswith("memo_")


def control_accounts(role_maps: Mapping[str, RoleMap], subledger_roles: Collection[str]) -> dict[str, str]:
    """Ledger account → the role it carries, for every account that a voucher may not touch.

    They are the accounts of the roles that sub-ledgers explain, and of those that the ledger explains itself.
    """
    return {
        account: role
        for role, role_map in sorted(role_maps.items())
        if role in EXPLAINED_ROLES or role in subledger_roles
        for account in (role_map.account, *(row.account for row in role_map.overrides))
    }


@dataclass(frozen=True, slots=True)
class Chart:
    """Accounts by code, as they stand on a date; ``own`` are those of branches that keep them otherwise (ACC-08)."""

    accounts: Mapping[str, Account]
    own: Mapping[tuple[str, str], Account] = field(default_factory=dict)
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, code: str) -> Account | None:
        """The account, or None."""
        return self.accounts.get(code)

    def at(self, branch: str, code: str) -> Account | None:
        """The account as a branch keeps it, or None."""
        return self.own.get((branch, code)) or self.accounts.get(code)

    def line_of(self, code: str) -> tuple[str, ...]:
        """The codes from the class down to the account itself.

        An account that has left the chart hangs under the longest code it begins with: its balances stay in place.
        """
        if code not in self._lines:
            self._lines[code] = (*self._ancestors(code), code)
        return self._lines[code]

    def level_of(self, code: str) -> int:
        """The account's level; one below its parent for an account that has left the chart."""
        account = self.accounts.get(code)
        return account.level if account else len(self.line_of(code))

    def class_of(self, code: str) -> str:
        """The account's class, or that of the nearest account above it; empty where the chart has neither."""
        line = (self.accounts.get(each) for each in reversed(self.line_of(code)))
        return next((account.account_class for account in line if account), "")

    def within(self, code: str, top: str) -> bool:
        """Whether an account is another one or lies under it."""
        return top in self.line_of(code)

    def children(self, parent: str | None) -> Iterator[str]:
        """Codes directly under an account, or the classes."""
        return (code for code, account in self.accounts.items() if account.parent == parent)

    def _ancestors(self, code: str) -> tuple[str, ...]:
        account = self.accounts.get(code)
        parent = account.parent if account else self._longest_prefix(code)
        if parent is None or parent == code:
            return ()
        seen: list[str] = []
        while parent is not None and parent not in seen:
            seen.append(parent)
            above = self.accounts.get(parent)
            parent = above.parent if above else None
        return tuple(reversed(seen))

    def _longest_prefix(self, code: str) -> str | None:
        return next(
            (code[:size] for size in range(len(code) - 1, 0, -1) if code[:size] in self.accounts), None
        )
