"""What the posting needs from the modules: how their accounts take a leg, and which ledger account a role means."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.kernel.errors import InvariantError, NotFound
from chalicelib.platform import declared
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.work import UnitOfWork


class UnknownAccount(NotFound):
    """No account has this id or number."""

    code = "unknown_account"


@dataclass(frozen=True, slots=True)
class PostingDay:
    """The dates that hold where the account is: the posting's date and, while that day is being closed, the open one.

    ``closing`` is true for entries of the end of day, which are dated the day that is being closed. ``past`` is what
    the account's kind has read of the account's past for this entry.
    """

    business_date: date
    open_date: date
    previous_date: date
    closing: bool
    past: Any = None


class PostableAccount(Protocol):
    """What every account with a balance has."""

    @property
    def id(self) -> str: ...
    @property
    def branch(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def sequence(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Applied:
    """An account after a leg, the balance its holder sees then in minor units, and the code it is recorded under.

    A ``memo`` is recorded with no amount: the leg moved something else of the account than its balance. ``value_date``
    is the date from which the leg counts, where it is not the entry's.
    """

    account: Any
    balance_minor: int
    code: str
    keeps_history: bool = True
    memo: bool = False
    value_date: date | None = None


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A module's accounts: where they are kept, the side on which they grow, and how they take a leg.

    ``apply(account, leg, entry, day, config)`` is the module's domain: it checks states, limits and funds and
    returns the account with its new balance and ``sequence`` one higher. ``brings(account, leg, entry, day, config)``
    gives the legs that come with a leg and are posted before it in the same entry, such as interest that any credit
    pays first; those legs bring no others. ``past(work, account, entry, day)`` reads what the domain must know of the
    account's past for an entry that counts from an earlier day; None where it need not.
    """

    prefix: str
    collection: Collection[Any]
    normal_side: Side
    apply: Callable[[Any, Leg, Entry, PostingDay, Snapshot], Applied]
    brings: Callable[[Any, Leg, Entry, PostingDay, Snapshot], tuple[Leg, ...]] | None = None
    past: Callable[[UnitOfWork, Any, Entry, PostingDay], Any] | None = None


_KINDS: dict[str, AccountKind] = {}


def register_accounts(kind: AccountKind) -> None:
    """Declare a module's accounts by the prefix of their ids."""
    _KINDS[kind.prefix] = kind


def kind_of_account(account_id: str) -> AccountKind:
    """The kind of account that an id names. Raises UnknownAccount."""
    prefix = account_id.partition("_")[0]
    if prefix not in _KINDS:
        declared.load(f"accounts:{prefix}")
    kind = _KINDS.get(prefix)
    if kind is None:
        raise UnknownAccount("account_id")
    return kind


class LedgerRule(Protocol):
    """How a role becomes a ledger account; declared by accounting."""

    def __call__(self, config: Snapshot, leg: Leg, on: date) -> "Resolved": ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """The ledger account of a leg; ``exception`` says why it is the suspense account instead of its own."""

    ledger_account: str
    exception: str = ""


Follower = Callable[[UnitOfWork, Entry, Mapping[str, PostingDay]], None]
"""``follow(work, entry, days)``: what else a posting means to a module, such as the cash that a teller holds.

It is called with the whole entry and each branch's dates, in the entry's own transaction; it may write and caution,
and refuses nothing. Entries of the end of day are followed by nobody.
"""

_FOLLOWERS: list[Follower] = []


def register_follower(follower: Follower) -> None:
    """Declare what follows postings."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def follow(work: UnitOfWork, entry: Entry, days: Mapping[str, PostingDay]) -> None:
    """Let every follower have its part."""
    declared.load("followers")
    for follower in _FOLLOWERS:
        follower(work, entry, days)


OffBalance = Callable[[Snapshot, Leg, date], bool]

_RULES: list[LedgerRule] = []
_OFF_BALANCE: list[OffBalance] = []


def register_ledger_rule(rule: LedgerRule, off_balance: OffBalance) -> None:
    """Declare how roles become ledger accounts, and which legs lie off balance; the last declaration holds."""
    _RULES[:] = [rule]
    _OFF_BALANCE[:] = [off_balance]


def is_off_balance(config: Snapshot, leg: Leg, on: date) -> bool:
    """Whether a leg moves memorandum accounts, which are settled between branches apart from the others."""
    declared.load("ledger")
    return bool(_OFF_BALANCE) and _OFF_BALANCE[0](config, leg, on)


def resolve(config: Snapshot, leg: Leg, on: date) -> Resolved:
    """The ledger account of a leg on a date."""
    declared.load("ledger")
    if not _RULES:
        raise InvariantError("no ledger rule is declared")
    return _RULES[0](config, leg, on)
