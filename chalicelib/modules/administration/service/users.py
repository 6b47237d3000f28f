"""Staff: who works here, where, with which roles; their temporary passwords and blocks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.modules.administration import events, repository
from chalicelib.modules.administration.domain import STAFF_PREFIX, StaffDraft, branches_of
from chalicelib.modules.administration.errors import NowhereToNotify, OwnAccess, UnknownRole, UserState
from chalicelib.modules.administration.plans import Role
from chalicelib.modules.administration.service.organisation import BRANCH
from chalicelib.platform import clock, notifications, today
from chalicelib.platform.access import passwords
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.access.people import PEOPLE, Person, PersonState, Realm
from chalicelib.platform.access.service import end_sessions, enrol, set_password
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import UnknownBranch
from chalicelib.platform.work import Page, UnitOfWork

ROLE = "administration.role"
TEMPORARY_PASSWORD = "administration.temporary_password"  # noqa: S105 - the name of a notice
ACCESS_FIELDS = frozenset({"roles", "branch", "branches", "branch_scope", "level"})


def roles(work: UnitOfWork) -> list[tuple[str, Role]]:
    """(code, role) of every role as it stands today."""
    return list(work.config.all(ROLE, today.calendar_day(work)))


def create_user(work: UnitOfWork, draft: StaffDraft) -> Person:
    """Enrol a member of staff with a temporary password, which only a notice to the person carries.

    Raises UnknownRole, UnknownBranch, OutsideBranchScope, BranchScopeIncomplete, NowhereToNotify, MalformedUsername,
    UsernameTaken.
    """
    if not draft.email and not draft.phone:
        raise NowhereToNotify("email")
    _check_roles(work, draft.roles)
    kept = branches_of(draft.branch, draft.branches, draft.branch_scope)
    _check_branches(work, kept)
    person = Person(
        id=new_id(STAFF_PREFIX),
        realm=Realm.STAFF,
        username=draft.username,
        name=draft.name,
        language=draft.language or work.context.tenant.default_language,
        state=PersonState.ACTIVE,
        email=draft.email,
        phone=draft.phone,
        roles=draft.roles,
        branches=kept,
        branch_scope=draft.branch_scope,
        level=draft.level,
        created_at=clock.now(),
    )
    password = passwords.temporary()
    enrol(work, person, password)
    _send_password(work, person, password)
    emit(work, events.USER_CREATED, {"user_id": person.id, "username": person.username})
    return person


def list_users(
    work: UnitOfWork,
    *,
    text: str = "",
    role: str = "",
    branch: str = "",
    state: str = "",
    limit: int = 50,
    cursor: str | None = None,
) -> Page:
    """Staff within the caller's branches: by name or user name, role, branch and state."""
    sought = text.strip().casefold()

    def wanted(person: Person) -> bool:
        return (
            (not sought or sought in person.name.casefold() or sought in person.username.casefold())
            and (not role or role in person.roles)
            and (not branch or branch in person.branches)
            and (not state or person.state == state)
        )

    return repository.staff(work, wanted, limit, cursor)


def change_user(work: UnitOfWork, user_id: str, changes: Mapping[str, Any]) -> Person:
    """Change some fields of a member of staff; what they may do changes with their next request.

    Raises UnknownUser, StaleVersion, OwnAccess, UnknownRole, UnknownBranch, OutsideBranchScope,
    BranchScopeIncomplete.
    """
    person = repository.user(work, user_id)
    work.expect(person)
    if person.id == work.context.actor.id and ACCESS_FIELDS & set(changes):
        raise OwnAccess("user_id")
    if "roles" in changes:
        _check_roles(work, changes["roles"])
    kept = branches_of(
        changes.get("branch", person.branches[0] if person.branches else ""),
        changes.get("branches", person.branches[1:]),
        changes.get("branch_scope", person.branch_scope),
    )
    _check_branches(work, tuple(code for code in kept if code not in person.branches))
    plain = {name: value for name, value in changes.items() if name not in ("branch", "branches")}
    return work.put(PEOPLE, replace(person, **plain, branches=kept))


def block_user(work: UnitOfWork, user_id: str, reason: str) -> Person:
    """Keep a person out from now on: their sessions end. Raises UnknownUser, OwnAccess, UserState."""
    person = _moved(work, user_id, PersonState.ACTIVE, PersonState.BLOCKED)
    end_sessions(work, person.id)
    emit(work, events.USER_BLOCKED, {"user_id": person.id, "reason": reason})
    return person


def unblock_user(work: UnitOfWork, user_id: str, reason: str) -> Person:
    """Let a blocked person in again. Raises UnknownUser, OwnAccess, UserState."""
    person = _moved(work, user_id, PersonState.BLOCKED, PersonState.ACTIVE)
    emit(work, events.USER_UNBLOCKED, {"user_id": person.id, "reason": reason})
    return person


def reset_password(work: UnitOfWork, user_id: str) -> Person:
    """Give a person a new temporary password by notice and end their sessions. Raises UnknownUser, NowhereToNotify."""
    person = repository.user(work, user_id)
    if not person.email and not person.phone:
        raise NowhereToNotify("user_id")
    password = passwords.temporary()
    set_password(work, repository.login_of(work, person), password, must_change=True)
    end_sessions(work, person.id)
    _send_password(work, person, password)
    return person


def must_change_password(work: UnitOfWork, person: Person) -> bool:
    """Whether the person still has a temporary password."""
    return repository.login_of(work, person).must_change


def _moved(work: UnitOfWork, user_id: str, expected: PersonState, wanted: PersonState) -> Person:
    person = repository.user(work, user_id)
    if person.id == work.context.actor.id:
        raise OwnAccess("user_id")
    if person.state is not expected:
        raise UserState("user_id", state=person.state.value)
    return work.put(PEOPLE, replace(person, state=wanted))


def _check_roles(work: UnitOfWork, codes: tuple[str, ...]) -> None:
    for code in codes:
        if work.config.find(ROLE, code, today.calendar_day(work)) is None:
            raise UnknownRole("roles", role=code)


def _check_branches(work: UnitOfWork, codes: tuple[str, ...]) -> None:
    on = today.business_day(work)
    for code in codes:
        if work.config.find(BRANCH, code, on) is None:
            raise UnknownBranch("branch", branch=code)
        if not work.context.actor.sees_branch(code):
            raise OutsideBranchScope("branch", branch=code)


def _send_password(work: UnitOfWork, person: Person, password: str) -> None:
    notifications.notify(
        work,
        TEMPORARY_PASSWORD,
        person,
        {"name": person.name, "username": person.username, "password": password},
    )
