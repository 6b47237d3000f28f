"""Signing in and out, renewing tokens, changing passwords."""

import hashlib
import re
import secrets
from dataclasses import replace
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import clock, notifications, throttling
from chalicelib.platform.access import passwords, tokens
from chalicelib.platform.access.errors import (
    InvalidCredentials,
    MalformedUsername,
    TooManyAttempts,
    UsernameTaken,
    WrongPassword,
)
from chalicelib.platform.access.people import (
    LOGINS,
    PEOPLE,
    SESSIONS,
    SESSIONS_OF,
    Login,
    Person,
    PersonState,
    Realm,
    Session,
    SessionOf,
    normal_username,
)
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.tenancy import TENANTS, TenantState
from chalicelib.platform.work import UnitOfWork

REFRESH_SECONDS = 12 * 3600
ATTEMPT_WINDOW_SECONDS = 900
MOST_FROM_ONE_ADDRESS, MOST_OF_ONE_NAME = 5, 25
"""Wrong passwords in a quarter of an hour: from one address, and for one name wherever they come from."""
MOST_SESSIONS = 20
ENDED_AT_ONCE = 10
NOTICE_OF_CHANGE = "access.password_changed"
USERNAME = re.compile(r"[\w.@-]{3,64}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session and its first pair of tokens."""

    session: Session
    person: Person
    access_token: str
    expires_in: int
    refresh_token: str


def sign_in(work: UnitOfWork, realm: Realm, username: str, password: str, device: str) -> SignedIn:
    """Open a session. Raises InvalidCredentials, the same for every cause, or TooManyAttempts."""
    name = normal_username(username)
    attempt = _count_attempt(work, realm, name)
    login = work.find(LOGINS, realm=realm, username=name) if USERNAME.fullmatch(name) else None
    right = passwords.matches(password, login.password_hash if login else "")
    tenant = work.find(TENANTS)
    person = work.find(PEOPLE, id=login.subject) if login else None
    if not right or not login or not person or not tenant:
        raise InvalidCredentials()
    if person.state is not PersonState.ACTIVE or tenant.state is TenantState.CLOSED:
        raise InvalidCredentials()
    _forgive_attempt(work, attempt)
    work.put(PEOPLE, replace(person, last_sign_in=clock.now()))
    return _open_session(work, realm, login, person, device)


def renew(work: UnitOfWork, session_id: str, secret: str) -> SignedIn:
    """A new pair of tokens for a refresh token; the old one is good once. A second use ends the session."""
    session = work.find(SESSIONS, id=session_id)
    person = work.find(PEOPLE, id=session.subject) if session else None
    if not session or not person or not session.lets_in(person, clock.epoch_seconds()):
        raise tokens.NotSignedIn()
    presented = _digest(secret)
    if presented == session.previous_refresh_hash:
        work.put(SESSIONS, replace(session, ended=True))
        raise RefreshReused()
    if presented != session.refresh_hash:
        raise tokens.NotSignedIn()
    fresh = secrets.token_urlsafe(32)
    session = work.put(
        SESSIONS,
        replace(session, refresh_hash=_digest(fresh), previous_refresh_hash=session.refresh_hash),
    )
    return _with_tokens(work, session, person, fresh)


class RefreshReused(tokens.NotSignedIn):
    """A refresh token was used twice: somebody may have stolen it, so its session ends. ``keep`` commits that."""

    keep = True


def sign_out(work: UnitOfWork, session_id: str) -> None:
    """End a session; its tokens are refused from the next request on."""
    _end(work, work.get(SESSIONS, id=session_id))


def change_password(
    work: UnitOfWork, realm: Realm, current: str, new: str, told: notifications.Recipient | None = None
) -> Person:
    """Change one's own password; every other session of the person ends, and the person is told of it.

    ``told`` is how the person is reached, where somebody else keeps their contact data. Raises WrongPassword,
    TooManyAttempts, WeakPassword.
    """
    person = work.get(PEOPLE, id=work.context.actor.id)
    login = work.get(LOGINS, realm=realm, username=normal_username(person.username))
    attempt = _count_attempt(work, realm, login.username)
    if not passwords.matches(current, login.password_hash):
        raise WrongPassword()
    _forgive_attempt(work, attempt)
    set_password(work, login, new, must_change=False)
    keep = work.context.actor.session_id
    end_sessions(work, person.id, but=keep)
    session = work.find(SESSIONS, id=keep)
    if session:
        work.put(SESSIONS, replace(session, must_change=False))
    notifications.notify(work, NOTICE_OF_CHANGE, told or person, {"name": person.name, "when": clock.now()})
    return person


def set_password(work: UnitOfWork, login: Login, new: str, must_change: bool) -> None:
    """Store a password after checking the policy against the person's last ones."""
    earlier = (*login.history, login.password_hash)
    if not must_change:
        passwords.check_policy(new, login.username, earlier, _own_names(work, login.subject))
    work.put(
        LOGINS,
        replace(
            login,
            password_hash=passwords.hash_of(new),
            must_change=must_change,
            changed_at=clock.now(),
            history=earlier[-passwords.KEPT_HASHES :],
        ),
    )


def _own_names(work: UnitOfWork, person_id: str) -> tuple[str, ...]:
    person, tenant = work.get(PEOPLE, id=person_id), work.get(TENANTS)
    return person.name, tenant.code, tenant.trade_name, tenant.legal_name


def end_sessions(work: UnitOfWork, subject: str, but: str = "") -> None:
    """End every session of a person in one write, however many there are; ``but`` goes on as if it started now."""
    moment = clock.now()
    work.put(PEOPLE, replace(work.get(PEOPLE, id=subject), sessions_from=moment))
    kept = work.find(SESSIONS, id=but) if but else None
    if kept:
        work.put(SESSIONS, replace(kept, started_at=moment))


def enrol(work: UnitOfWork, person: Person, password: str, must_change: bool = True) -> Person:
    """Give a person a user name and a password. Raises MalformedUsername, UsernameTaken."""
    name = normal_username(person.username)
    if not USERNAME.fullmatch(name):
        raise MalformedUsername("username")
    if work.find(LOGINS, realm=person.realm, username=name):
        raise UsernameTaken("username")
    work.put(
        LOGINS,
        Login(person.realm, name, person.id, passwords.hash_of(password), must_change, clock.now()),
    )
    return work.put(PEOPLE, person)


def _open_session(work: UnitOfWork, realm: Realm, login: Login, person: Person, device: str) -> SignedIn:
    _make_room(work, person.id)
    secret = secrets.token_urlsafe(32)
    session = Session(
        id=new_id("ses"),
        realm=realm,
        subject=person.id,
        username=login.username,
        refresh_hash=_digest(secret),
        device=device[:120],
        address=work.context.address,
        started_at=clock.now(),
        expires_at=clock.epoch_seconds() + REFRESH_SECONDS,
        must_change=login.must_change,
    )
    work.put(SESSIONS, session)
    work.put(SESSIONS_OF, SessionOf(person.id, session.id, session.expires_at))
    return _with_tokens(work, session, person, secret)


def _make_room(work: UnitOfWork, subject: str) -> None:
    """End the oldest sessions where one more would be too many."""
    now = clock.epoch_seconds()
    live = [pointer for pointer in work.all(SESSIONS_OF, subject=subject) if pointer.expires_at > now]
    for pointer in live[: max(0, len(live) - MOST_SESSIONS + 1)][:ENDED_AT_ONCE]:
        session = work.find(SESSIONS, id=pointer.session)
        if session:
            _end(work, session)
        else:
            work.delete(SESSIONS_OF, pointer)


def _end(work: UnitOfWork, session: Session) -> None:
    work.put(SESSIONS, replace(session, ended=True))
    pointer = work.find(SESSIONS_OF, subject=session.subject, session=session.id)
    if pointer:
        work.delete(SESSIONS_OF, pointer)


def _with_tokens(work: UnitOfWork, session: Session, person: Person, secret: str) -> SignedIn:
    token, seconds = tokens.issue(tokens.Claims(work.tenant, session.realm.value, person.id, session.id))
    return SignedIn(session, person, token, seconds, f"{work.tenant}.{session.id}.{secret}")


def read_refresh_token(written: str) -> tuple[str, str, str]:
    """(tenant, session id, secret) of a refresh token. Raises NotSignedIn for anything else."""
    parts = written.split(".")
    if len(parts) != 3 or not all(parts):
        raise tokens.NotSignedIn()
    return parts[0], parts[1], parts[2]


def _count_attempt(work: UnitOfWork, realm: Realm, name: str) -> list[tuple[str, int]]:
    """What was counted, as (scope, window): first for the name from this address, then for the name.

    An address that has used up its own attempts does not use up those of the name, so nobody locks a person out from
    a single place. Raises TooManyAttempts.
    """
    of_name = f"attempts-{realm.value}-{_digest(name)[:16]}"
    from_here = f"{of_name}-{_digest(work.context.address)[:16]}"
    counted: list[tuple[str, int]] = []
    try:
        for scope, most in ((from_here, MOST_FROM_ONE_ADDRESS), (of_name, MOST_OF_ONE_NAME)):
            window = throttling.count(work.store, {"attempts": most}, ATTEMPT_WINDOW_SECONDS, scope)
            counted.append((scope, window))
    except throttling.TooManyRequests as spent:
        raise TooManyAttempts(spent.retry_after) from spent
    return counted


def _forgive_attempt(work: UnitOfWork, counted: list[tuple[str, int]]) -> None:
    """Only wrong passwords count: who signs in often is not locked out."""
    for scope, window in counted:
        throttling.give_back(work.store, ["attempts"], window, ATTEMPT_WINDOW_SECONDS, scope)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def profile(person: Person, work: UnitOfWork, permissions: tuple[str, ...]) -> dict[str, Any]:
    """What the portals know of the person who signed in."""
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "roles": list(person.roles),
        "permissions": list(permissions),
        "branches": list(person.branches),
        "branch_scope": person.branch_scope,
        "language": person.language,
        "email": person.email,
        "party_id": person.party_id,
    }
