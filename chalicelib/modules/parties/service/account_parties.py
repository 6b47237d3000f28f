"""The parties of an account: who they are on a date, and changing them from a date on (PTY-33 to PTY-37, PTY-44)."""

from collections.abc import Sequence
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.account_party import (
    AccountParties,
    Part,
    divided,
    owns,
    permits_query,
    replaced,
    sole_owner,
)
from chalicelib.modules.parties.domain.party import PartyState
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.modules.parties.errors import (
    AccountEnded,
    AccountRoleNotOffered,
    EffectiveBeforeLastChange,
    EffectiveBeforeOpening,
    EffectiveInFuture,
    OwnerNotAllowed,
    PartyNotEligible,
)
from chalicelib.modules.parties.plans import AccountRole
from chalicelib.modules.parties.repository import account_parties, products, roles
from chalicelib.modules.parties.service import profile
from chalicelib.platform.events import emit
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

GONE = (PartyState.DECEASED, PartyState.CLOSED)


@dataclass(frozen=True, slots=True)
class Account:
    """An account with everybody who has or had a part in it, and the business date of its branch."""

    product: ProductSummary
    register: AccountParties
    today: date


def account(work: UnitOfWork, account_id: str) -> Account:
    """An account and its parties; where nothing is written its main holder owns all of it. Raises UnknownAccount."""
    product = products.account(work, account_id)
    today = business_date(work, product.branch)
    role = roles.of_holder(work, today)
    written = account_parties.of_account(work, account_id)
    return Account(product, written or sole_owner(product, role), today)


def may_see(work: UnitOfWork, account_id: str, holder_id: str, branch: str) -> bool:
    """Whether the member who asks may look at an account: its main holder, or one of its owners of today.

    A co-owner's role must permit queries. Product modules ask here, and nowhere else, before they answer a member. It
    costs the main holder nothing, and anybody else one read of the account's register.
    """
    party_id = work.context.actor.party_id
    if party_id == holder_id:
        return True
    register = account_parties.of_account(work, account_id)
    if register is None:
        return False
    on = business_date(work, branch)
    known = roles.roles(work, on)
    return any(
        part.party_id == party_id and owns(part.role, known) and permits_query(part.role, known)
        for part in register.on(on)
    )


def one_owner(work: UnitOfWork, account_id: str, branch: str) -> bool:
    """Whether an account has a single owner today; it reads the account's register."""
    register = account_parties.of_account(work, account_id)
    if register is None:
        return True
    on = business_date(work, branch)
    known = roles.roles(work, on)
    return sum(owns(part.role, known) for part in register.on(on)) == 1


def change(work: UnitOfWork, account_id: str, wanted: Sequence[Part], effective_from: date | None) -> Account:
    """Have these parties tied to an account from a date on, today where none is given; the others end, as history.

    Raises UnknownAccount, StaleVersion, AccountEnded, EffectiveInFuture, EffectiveBeforeOpening,
    EffectiveBeforeLastChange, UnknownParameter, AccountRoleNotOffered, UnknownParty, PartyNotEligible,
    OwnerNotAllowed, and what ``divided`` raises.
    """
    found = account(work, account_id)
    work.expect(found.register)
    if not found.product.active:
        raise AccountEnded("account_id")
    on = effective_from or found.today
    _check_date(found, on)
    given = _roles(work, found, wanted, on)
    parts = divided(wanted, given, found.product.party_id)
    _check_parties(work, found, parts, given, on)
    base = _base(found, on)
    after = replaced(base, parts, on, work.context.actor.id)
    if after.parties != found.register.parties:
        account_parties.save(work, after)
        emit(
            work, events.ACCOUNT_PARTIES_CHANGED, {"account_id": account_id, "effective_from": on.isoformat()}
        )
    return Account(found.product, after, found.today)


def _base(found: Account, on: date) -> AccountParties:
    """What the change is made to: a register that nobody wrote and that begins on the same day has no history."""
    if found.register.version or found.product.opened_on < on:
        return found.register
    return AccountParties(found.product.account_id, found.product.application, found.product.branch)


def _check_date(found: Account, on: date) -> None:
    if on > found.today:
        raise EffectiveInFuture("effective_from", business_date=found.today)
    if on < found.product.opened_on:
        raise EffectiveBeforeOpening("effective_from", opened_on=found.product.opened_on)
    changed = found.register.changed_on
    if changed and on < changed:
        raise EffectiveBeforeLastChange("effective_from", changed_on=changed)


def _roles(work: UnitOfWork, found: Account, wanted: Sequence[Part], on: date) -> dict[str, AccountRole]:
    """Role code → role, of the roles that are wanted; one that nobody gets any more goes on for those who have it."""
    having = {(each.party_id, each.role) for each in found.register.on(on)}
    given: dict[str, AccountRole] = {}
    for place, part in enumerate(wanted):
        field = f"parties.{place}.role"
        role: AccountRole = work.config.get("parties.account_role", part.role, on, field=field)
        if not role.active and (part.party_id, part.role) not in having:
            raise AccountRoleNotOffered(field, role=part.role)
        given[part.role] = role
    return given


def _check_parties(
    work: UnitOfWork, found: Account, parts: Sequence[Part], given: dict[str, AccountRole], on: date
) -> None:
    having = {(each.party_id, each.role) for each in found.register.on(on)}
    for place, part in enumerate(parts):
        if (part.party_id, part.role) in having or part.party_id == found.product.party_id:
            continue
        field = f"parties.{place}.party_id"
        party = repository.party(work, part.party_id, field)
        if party.state in GONE:
            raise PartyNotEligible(field, state=party.state.value)
        if given[part.role].owner and (reason := profile.holder(work, party.id, on).reason):
            raise OwnerNotAllowed(field, reason=reason)
