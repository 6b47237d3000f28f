"""How visitors become somebody: the two steps that a console and a portal share, each in its tenant's transaction.

A visitor's request belongs to no tenant; the cooperative is named in the form (or in the refresh token). So these
functions make the tenant's own unit of work and commit it, with the audit event under the person's name.
"""

from dataclasses import replace

from chalicelib.platform import audit, throttling
from chalicelib.platform.access import passwords, service
from chalicelib.platform.access.authentication import UnknownTenant, actor_of, work_for_visitor
from chalicelib.platform.access.errors import InvalidCredentials
from chalicelib.platform.access.people import Realm
from chalicelib.platform.access.service import RefreshReused, SignedIn
from chalicelib.platform.access.tokens import NotSignedIn
from chalicelib.platform.observability import log
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork, VersionConflict

SIGN_INS_PER_MINUTE = 60
"""From one address: enough for a branch behind one router, too few to try passwords on many names."""


def open_session(
    visitor: UnitOfWork, realm: Realm, tenant: str, username: str, password: str
) -> tuple[UnitOfWork, SignedIn]:
    """(the tenant's unit of work as the person who signed in, the session). Everything is committed.

    Raises InvalidCredentials (the same for every cause), TooManyAttempts, TooManyRequests.
    """
    if visitor.context.address:
        throttling.count(
            visitor.store, {"all": SIGN_INS_PER_MINUTE}, scope=f"sign-ins-{visitor.context.address}"
        )
    try:
        work = work_for_visitor(visitor, tenant, realm)
    except UnknownTenant:
        passwords.matches(password, "")
        raise InvalidCredentials() from None
    try:
        signed = service.sign_in(work, realm, username, password, visitor.context.device)
    except InvalidCredentials:
        log.security("sign_in_refused", work, "platform.sign_in")
        raise
    return _settled(work, signed, "platform.sign_in"), signed


def renew_session(visitor: UnitOfWork, realm: Realm, refresh_token: str) -> tuple[UnitOfWork, SignedIn]:
    """(the tenant's unit of work as the person, a new pair of tokens). Everything is committed.

    Raises NotSignedIn; a refresh token that is used a second time also ends its session.
    """
    tenant, session_id, secret = service.read_refresh_token(refresh_token)
    try:
        work = work_for_visitor(visitor, tenant, realm)
    except UnknownTenant:
        raise NotSignedIn() from None
    try:
        signed = service.renew(work, session_id, secret)
    except RefreshReused:
        work.commit()
        log.security("refresh_reused", work, "platform.renew_tokens")
        raise
    if signed.person.realm is not realm:
        raise NotSignedIn()
    return _settled(work, signed, "platform.renew_tokens"), signed


def _settled(work: UnitOfWork, signed: SignedIn, function: str) -> UnitOfWork:
    actor = actor_of(signed.person, work.config, calendar_day(work), signed.session.id)
    work.context = replace(
        work.context, actor=actor, language=signed.person.language or work.context.language
    )
    event = audit.record(work, function, "session", entity=signed.session.id)
    try:
        work.commit()
    except VersionConflict:
        audit.forget(work)
        raise
    audit.remember(work, event)
    return work
