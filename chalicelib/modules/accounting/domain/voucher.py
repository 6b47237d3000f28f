"""The voucher (comprobante): lines entered by a person, authorised by another, applied once, undone by its mirror.

draft → pending_authorisation → authorised → applied → reversed; rejected from pending. Between *authorised* and
*applied* lies the end of day where the branch applies its vouchers in batch; otherwise both happen at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.errors import (
    AuthorCannotAuthorise,
    EffectiveDateInFuture,
    EffectiveDateTooOld,
    VoucherStateForbids,
    VoucherUnbalanced,
)
from chalicelib.modules.accounting.plans import AccountingControl, VoucherConcept


class VoucherState(StrEnum):
    """Life of a voucher."""

    DRAFT = "draft"
    PENDING = "pending_authorisation"
    AUTHORISED = "authorised"
    APPLIED = "applied"
    REVERSED = "reversed"
    REJECTED = "rejected"


class Timing(StrEnum):
    """When an authorised voucher is applied: as its branch does, by the end of day, or at once."""

    AS_BRANCH = "as_branch"
    AT_CLOSE = "at_close"
    AT_ONCE = "at_once"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line; ``minor`` is positive, ``tax_id`` names the third party where the account asks for it.

    ``role``, ``product`` and ``component`` are those of its leg, where the line is more than its account.
    """

    branch: str
    account: str
    side: Side
    minor: int
    currency: str
    narrative: str = ""
    tax_id: str = ""
    role: str = ""
    product: str = ""
    component: str = ""

    @property
    def money(self) -> Money:
        return Money(self.minor, self.currency)

    @property
    def debit_minor(self) -> int:
        """Debit positive, credit negative."""
        return self.minor if self.side is Side.DEBIT else -self.minor


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something, by id and name, and when."""

    id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher. ``captured_on`` is the branch's business date at capture, ``effective_date`` its value date.

    ``number`` and ``entry_id`` come with its application. ``reverses`` is the voucher that a mirror undoes;
    ``reversal`` the mirror of this one, waiting or applied. ``origin`` names the parameter set that it comes from.
    """

    id: str
    concept: str
    branch: str
    captured_on: date
    effective_date: date
    narrative: str
    lines: tuple[VoucherLine, ...]
    author: Signature
    state: VoucherState = VoucherState.DRAFT
    authoriser: Signature | None = None
    number: str = ""
    entry_id: str = ""
    applied_on: date | None = None
    reason: str = ""
    reverses: str = ""
    reversal: str = ""
    timing: Timing = Timing.AS_BRANCH
    origin: str = ""
    version: int = 0

    @property
    def branches(self) -> tuple[str, ...]:
        """The branches it touches, its own first."""
        return tuple(dict.fromkeys([self.branch, *(line.branch for line in self.lines)]))

    def debits(self) -> dict[str, Money]:
        """Sum of the debits by currency."""
        sums: dict[str, Money] = {}
        for line in self.lines:
            known = sums.get(line.currency, Money(0, line.currency))
            sums[line.currency] = known + line.money if line.side is Side.DEBIT else known
        return sums


@dataclass(frozen=True, slots=True)
class VoucherCounter:
    """The last number given to vouchers with a prefix; written in the transaction that gives it, so none is lost."""

    prefix: str
    last: int
    version: int = 0


@dataclass(frozen=True, slots=True)
class VoucherNumber:
    """Points from a number to its voucher."""

    number: str
    voucher_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class VoucherListing:
    """A voucher's line in the list of its branch, by business date of capture."""

    branch: str
    captured_on: date
    voucher_id: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class WaitingVoucher:
    """A voucher that waits for a person's decision or for the end of day."""

    state: VoucherState
    branch: str
    voucher_id: str
    version: int = 0


def check_balanced(lines: Iterable[VoucherLine]) -> None:
    """Raises VoucherUnbalanced where debits and credits of a currency differ (ACC-13)."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.debit_minor
    for code, difference in sums.items():
        if difference:
            raise VoucherUnbalanced("lines", currency=code, difference=Money(difference, code).text)


def check_effective_date(effective: date, business_date: date, late_days: int) -> None:
    """Raises EffectiveDateInFuture, EffectiveDateTooOld (ACC-67: late days allowed, in calendar days)."""
    if effective > business_date:
        raise EffectiveDateInFuture("effective_date", business_date=business_date.isoformat())
    if (business_date - effective).days > late_days:
        raise EffectiveDateTooOld("effective_date", days=late_days)


def needs_authorisation(
    voucher: Voucher, control: AccountingControl, concept: VoucherConcept, base_currency: str
) -> bool:
    """Whether a second person must agree: by concept, branch and amount (ACC-42).

    A threshold is an amount of the institution's own currency; a voucher in another always needs authorisation.
    """
    if control.voucher_approval == "never" or not concept.approval_required:
        return False
    if control.voucher_approval == "always":
        return True
    threshold = control.voucher_approval_threshold or Decimal(0)
    return any(
        code != base_currency or money.decimal >= threshold for code, money in voucher.debits().items()
    )


def waits_for_close(voucher: Voucher, control: AccountingControl) -> bool:
    """Whether an authorised voucher is applied by the end of day only (ACC-12, ACC-14); an undoing never waits."""
    if voucher.reverses or voucher.timing is Timing.AT_ONCE:
        return False
    return voucher.timing is Timing.AT_CLOSE or control.posting_mode == "batch"


def submitted(voucher: Voucher, needs_decision: bool) -> Voucher:
    """A balanced draft on its way: to a second person, or straight on. Raises VoucherUnbalanced."""
    expect_state(voucher, VoucherState.DRAFT)
    check_balanced(voucher.lines)
    return replace(voucher, state=VoucherState.PENDING if needs_decision else VoucherState.AUTHORISED)


def decided(voucher: Voucher, approve: bool, by: Signature, reason: str = "") -> Voucher:
    """A second person's decision. Raises VoucherStateForbids, AuthorCannotAuthorise."""
    expect_state(voucher, VoucherState.PENDING)
    if by.id == voucher.author.id:
        raise AuthorCannotAuthorise("id")
    state = VoucherState.AUTHORISED if approve else VoucherState.REJECTED
    return replace(voucher, state=state, authoriser=by, reason=reason)


def applied(voucher: Voucher, number: str, entry_id: str, on: date) -> Voucher:
    """A voucher whose entry is posted."""
    expect_state(voucher, VoucherState.AUTHORISED)
    return replace(voucher, state=VoucherState.APPLIED, number=number, entry_id=entry_id, applied_on=on)


def mirror(voucher: Voucher, identifier: str, on: date, author: Signature, reason: str) -> Voucher:
    """The voucher that undoes an applied one: the same lines on the other sides."""
    expect_state(voucher, VoucherState.APPLIED)
    return Voucher(
        id=identifier,
        concept=voucher.concept,
        branch=voucher.branch,
        captured_on=on,
        effective_date=on,
        narrative=reason,
        lines=tuple(replace(line, side=line.side.opposite) for line in voucher.lines),
        author=author,
        reverses=voucher.id,
    )


def expect_state(voucher: Voucher, state: VoucherState) -> None:
    """Raises VoucherStateForbids unless the voucher is in the state."""
    if voucher.state is not state:
        raise VoucherStateForbids("id", state=voucher.state.value)


def number_text(prefix: str, number: int, digits: int) -> str:
    """``LOAN-000001``: prefix and counter of a concept (ACC-76)."""
    return f"{prefix}-{number:0{digits}d}"
