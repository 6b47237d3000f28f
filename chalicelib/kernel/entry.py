"""Entry and Leg: money that moves, in double entry.

Sign convention. A leg's amount is always positive; its side says which way it goes. A debit raises assets and
expenses, a credit raises liabilities, equity and income. A member's savings are a liability of the
cooperative, so a deposit credits the account and a withdrawal debits it; a loan is an asset, so a
disbursement debits it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.money import Money

INTERBRANCH_DUE_TO = "interbranch_due_to"
INTERBRANCH_DUE_FROM = "interbranch_due_from"
INTERBRANCH_MEMO_DUE_TO = "interbranch_memo_due_to"
INTERBRANCH_MEMO_DUE_FROM = "interbranch_memo_due_from"


class UnbalancedEntry(InvariantError):
    """Debits and credits differ in a currency (or in a branch and currency)."""

    code = "unbalanced_entry"


class InvalidLeg(InvariantError):
    """An entry without legs, or a leg whose amount is not positive."""

    code = "invalid_leg"


class Side(StrEnum):
    """Side of a leg: debit (debe) or credit (haber)."""

    DEBIT = "debit"
    CREDIT = "credit"

    @property
    def opposite(self) -> Side:
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of an entry.

    `role` names the accounting use ("member_deposits", "cash_on_hand"); the tenant maps it to a ledger
    account. `account_id` is the sub-ledger account whose balance moves, if any; `component` is the part of it
    that moves (for inter-branch legs: the code of the counter branch); `product` is the plan code used to map
    the role.
    """

    branch: str
    side: Side
    money: Money
    role: str
    account_id: str | None = None
    component: str = "principal"
    product: str = ""

    @property
    def debit_minor(self) -> int:
        """Signed minor units, debits positive and credits negative: a balanced set sums to zero."""
        return self.money.minor if self.side is Side.DEBIT else -self.money.minor

    def change(self, normal_side: Side) -> Money:
        """What the leg does to a balance that grows on `normal_side` (credit: deposits, debit: loans)."""
        return self.money if self.side is normal_side else -self.money


@dataclass(frozen=True, slots=True)
class QuotedRate:
    """A rate of exchange that an entry was made at: base units per unit of `currency`, by type, from an instant on."""

    currency: str
    rate_type: str
    value: Decimal
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced set of legs posted together, with who, where, when and why.

    `business_date` is the branch's date it is posted on, `value_date` the date from which it earns interest;
    `branch` is where it was made; `reverses` is the id of the entry it undoes; `rates` are those that turned one
    of its currencies into another.
    """

    id: str
    code: str
    business_date: date
    value_date: date
    branch: str
    channel: str
    actor: str
    narrative: str
    legs: tuple[Leg, ...]
    source_ref: str = ""
    reverses: str = ""
    rates: tuple[QuotedRate, ...] = ()

    def check(self) -> None:
        """Raises InvalidLeg, or UnbalancedEntry when debits and credits of any currency differ."""
        if not self.legs:
            raise InvalidLeg("legs", entry=self.id)
        for position, leg in enumerate(self.legs):
            if leg.money.minor <= 0:
                raise InvalidLeg(f"legs.{position}.money", entry=self.id, amount=leg.money.text)
        sums: dict[str, int] = {}
        for leg in self.legs:
            code = leg.money.currency
            sums[code] = sums.get(code, 0) + leg.debit_minor
        for code, difference in sums.items():
            if difference:
                raise UnbalancedEntry("legs", entry=self.id, currency=code, difference=difference)

    def check_branches(self) -> None:
        """As `check`, and every branch must balance on its own in every currency."""
        self.check()
        for (branch, code), difference in branch_differences(self.legs).items():
            if difference:
                raise UnbalancedEntry(
                    "legs", entry=self.id, branch=branch, currency=code, difference=difference
                )


def branch_differences(legs: Iterable[Leg]) -> dict[tuple[str, str], int]:
    """Debits minus credits in minor units by (branch, currency), in order of appearance."""
    differences: dict[tuple[str, str], int] = {}
    for leg in legs:
        key = (leg.branch, leg.money.currency)
        differences[key] = differences.get(key, 0) + leg.debit_minor
    return differences


def with_interbranch_legs(entry: Entry, off_balance: Callable[[Leg], bool] | None = None) -> Entry:
    """The entry with the legs that make every branch balance on its own, per currency (ACC-38).

    The branch that received more than it owes credits `interbranch_due_to`; the branch that owes debits
    `interbranch_due_from`. With more than two branches the largest excess of debits meets the largest excess
    of credits first (ties by branch code), so that the same entry always gives the same legs. An entry whose
    branches balance already comes back as it is. Raises as `Entry.check`.

    Legs that are `off_balance` (memorandum accounts) are settled among themselves, by `interbranch_memo_due_to` and
    `interbranch_memo_due_from`, in the currencies in which they balance on their own.
    """
    entry.check()
    apart = [off_balance is not None and off_balance(leg) for leg in entry.legs]
    alone = _balanced_currencies(leg for leg, off in zip(entry.legs, apart, strict=True) if off)
    kinds: tuple[list[Leg], list[Leg]] = ([], [])
    for leg, off in zip(entry.legs, apart, strict=True):
        kinds[off and leg.money.currency in alone].append(leg)
    added = [
        *_settled(kinds[False], INTERBRANCH_DUE_TO, INTERBRANCH_DUE_FROM),
        *_settled(kinds[True], INTERBRANCH_MEMO_DUE_TO, INTERBRANCH_MEMO_DUE_FROM),
    ]
    return replace(entry, legs=entry.legs + tuple(added)) if added else entry


def _balanced_currencies(legs: Iterable[Leg]) -> set[str]:
    """The currencies in which these legs sum to zero."""
    sums: dict[str, int] = {}
    for leg in legs:
        sums[leg.money.currency] = sums.get(leg.money.currency, 0) + leg.debit_minor
    return {code for code, minor in sums.items() if not minor}


def _settled(legs: Iterable[Leg], due_to: str, due_from: str) -> list[Leg]:
    differences = branch_differences(legs)
    added: list[Leg] = []
    for code in dict.fromkeys(code for _, code in differences):
        of_branch = {branch: minor for (branch, other), minor in differences.items() if other == code}
        added.extend(_pair(of_branch, code, due_to, due_from))
    return added


def _pair(differences: dict[str, int], code: str, due_to: str, due_from: str) -> list[Leg]:
    """Legs that settle the branches' differences of one currency; the differences sum to zero."""
    debtors = {branch: minor for branch, minor in differences.items() if minor > 0}
    creditors = {branch: -minor for branch, minor in differences.items() if minor < 0}
    legs: list[Leg] = []
    while debtors:
        receiver, owner = _largest(debtors), _largest(creditors)
        money = Money(min(debtors[receiver], creditors[owner]), code)
        legs.append(Leg(receiver, Side.CREDIT, money, due_to, component=owner))
        legs.append(Leg(owner, Side.DEBIT, money, due_from, component=receiver))
        for pending, branch in ((debtors, receiver), (creditors, owner)):
            pending[branch] -= money.minor
            if not pending[branch]:
                del pending[branch]
    return legs


def _largest(pending: dict[str, int]) -> str:
    return min(pending, key=lambda branch: (-pending[branch], branch))


def mirrored(
    entry: Entry,
    new_id: str,
    *,
    business_date: date,
    actor: str,
    channel: str,
    narrative: str,
    value_date: date | None = None,
    code: str | None = None,
    branch: str | None = None,
) -> Entry:
    """The reversal of an entry: the same legs on the opposite sides, linked by `reverses`.

    It carries the original's value date unless another is given, so that interest is restored too.
    """
    return replace(
        entry,
        id=new_id,
        code=entry.code if code is None else code,
        business_date=business_date,
        value_date=entry.value_date if value_date is None else value_date,
        branch=entry.branch if branch is None else branch,
        channel=channel,
        actor=actor,
        narrative=narrative,
        legs=tuple(replace(leg, side=leg.side.opposite) for leg in entry.legs),
        reverses=entry.id,
    )
