"""From a request to its context: who asks, for which tenant, with which permissions.

One read brings the tenant, the session and the person together; the tenant's ``config_version`` says whether the
parameters that the process keeps still hold. So an ended session, a blocked person, a changed role and a suspended
tenant take effect at the next request.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, NotFound
from chalicelib.platform import aws, clock, texts, throttling
from chalicelib.platform.access import tokens
from chalicelib.platform.access.people import PEOPLE, SESSIONS, Person, Realm
from chalicelib.platform.context import Actor, ActorKind, Context, TenantContext
from chalicelib.platform.http.call import Call
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters.snapshot import Snapshot, build, snapshot_of
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import PLATFORM, TENANTS, Tenant, TenantState
from chalicelib.platform.work import UnitOfWork

ROLE_KIND = "administration.role"
GRANT_KIND = "administration.function_grant"
VISITOR = Actor(ActorKind.VISITOR, "visitor")
NO_TENANT = TenantContext(PLATFORM, "", "", texts.SPANISH, ("es", "en"), "es", "UTC")
NO_PARAMETERS = build(0, iter(()))
TENANT_CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
VISITOR_REQUESTS_PER_MINUTE = 300
ACCEPTED = "accept-language"
IF_MATCH = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')


class UnknownTenant(NotFound):
    """No cooperative has this code."""

    code = "unknown_tenant"


class MalformedIfMatch(BankError):
    """If-Match holds anything else than the version of one record, as an ETag of the bank gives it."""

    code = "malformed_if_match"
    status = 400


@dataclass(frozen=True, slots=True)
class Authenticated:
    """A verified caller: the unit of work to serve, the tenant's record, and what the session still demands."""

    work: UnitOfWork
    tenant: Tenant
    must_change: bool


def store_of(tenant: str) -> Store:
    """The store of one tenant, with credentials that reach no other."""
    return Store(aws.dynamodb_of(tenant, clock.epoch_seconds()), tenant)


def visitor(call: Call) -> UnitOfWork:
    """The unit of work of somebody who has not signed in: the platform's own, which holds no tenant's data.

    Raises TooManyRequests where one address asks too often.
    """
    store = store_of(PLATFORM)
    if call.address:
        throttling.count(store, {"all": VISITOR_REQUESTS_PER_MINUTE}, scope=f"visitors-{call.address}")
    accepted = call.header("accept-language")
    language = texts.negotiate(accepted, tuple(texts.languages()), texts.SPANISH)
    context = _context(call, NO_TENANT, VISITOR, Realm.MEMBER, language)
    return UnitOfWork(store, replace(context, attributes={ACCEPTED: accepted}), NO_PARAMETERS)


def work_for_visitor(work: UnitOfWork, tenant: str, realm: Realm = Realm.MEMBER) -> UnitOfWork:
    """The unit of work of a visitor in one cooperative, before anybody has signed in there.

    ``tenant`` may only come from a sign-in form, a refresh token or a public address. Raises UnknownTenant.
    """
    if tenant == PLATFORM or not TENANT_CODE.fullmatch(tenant):
        raise UnknownTenant("tenant")
    store = store_of(tenant)
    item = store.get(*TENANTS.key(tenant))
    if item is None:
        raise UnknownTenant("tenant")
    record = TENANTS.decode(item)
    accepted = work.context.attributes.get(ACCEPTED, "")
    context = replace(
        work.context,
        tenant=record.context(),
        channel=_channel(realm),
        language=texts.negotiate(accepted, record.languages, record.default_language),
    )
    return UnitOfWork(store, context, snapshot_of(store, record.config_version))


def authenticate(call: Call) -> Authenticated:
    """Verify the caller. Raises NotSignedIn."""
    claims = tokens.verify(call.header("authorization"))
    store = store_of(claims.tenant)
    keys = {
        "tenant": TENANTS.key(claims.tenant),
        "session": SESSIONS.key(claims.tenant, id=claims.session),
        "person": PEOPLE.key(claims.tenant, id=claims.subject),
    }
    items = store.get_many(list(keys.values()))
    if any(key not in items for key in keys.values()):
        raise tokens.NotSignedIn()
    tenant = TENANTS.decode(items[keys["tenant"]])
    session = SESSIONS.decode(items[keys["session"]])
    person = PEOPLE.decode(items[keys["person"]])
    if not session.lets_in(person, clock.epoch_seconds()) or tenant.state is TenantState.CLOSED:
        raise tokens.NotSignedIn()
    config = snapshot_of(store, tenant.config_version)
    actor = actor_of(person, config, clock.day_at(clock.now(), tenant.time_zone), session.id)
    language = _language(call, tenant, person.language or tenant.default_language)
    work = UnitOfWork(store, _context(call, tenant.context(), actor, person.realm, language), config)
    return Authenticated(work, tenant, session.must_change)


def actor_of(person: Person, config: Snapshot, today: date, session_id: str = "") -> Actor:
    """The actor a person is, with the permissions of their roles on a calendar day of their cooperative."""
    if person.realm is Realm.MEMBER:
        return Actor(
            ActorKind.MEMBER,
            person.id,
            person.name,
            ("member_portal.*",),
            party_id=person.party_id,
            session_id=session_id,
        )
    roles = [role for code in person.roles if (role := config.find(ROLE_KIND, code, today))]
    groups = tuple(
        dict.fromkeys((*person.roles, *(role.approval_group for role in roles if role.approval_group)))
    )
    permissions = {permission for role in roles for permission in role.permissions}
    return Actor(
        ActorKind.STAFF,
        person.id,
        person.name,
        tuple(sorted(permissions | _granted(person, groups, config, today))),
        person.branches,
        person.branch_scope,
        max([person.level, *(role.confidentiality_level for role in roles)]),
        tuple(sorted({name for role in roles for name in role.masked_fields})),
        groups,
        session_id=session_id,
        max_cash=_most([role.limits.max_cash for role in roles]),
        max_transaction=_most([role.limits.max_transaction for role in roles]),
        max_overdraft=_most([role.limits.max_overdraft for role in roles]),
    )


def _most(limits: list[Decimal | None]) -> Decimal | None:
    """The largest limit of several roles; a role without one lifts it."""
    given = [limit for limit in limits if limit is not None]
    return max(given) if given and len(given) == len(limits) else None


def _granted(person: Person, groups: tuple[str, ...], config: Snapshot, today: date) -> set[str]:
    """Functions opened besides the roles: to everybody, to this user, or to one of their groups (GEN-44)."""
    subjects = {"everyone": ("",), "user": (person.id, person.username), "group": groups}
    return {
        grant.permission
        for _, grant in config.all(GRANT_KIND, today)
        if grant.subject in subjects[grant.subject_kind]
        and (grant.valid_from is None or grant.valid_from <= today)
        and (grant.valid_to is None or today <= grant.valid_to)
    }


def throttle(caller: Authenticated) -> None:
    """Count a request of a verified caller. Raises TooManyRequests."""
    actor, tenant = caller.work.context.actor, caller.tenant
    throttling.count_person(
        caller.work.store,
        actor.id,
        actor.kind.value,
        tenant.user_requests_per_minute,
        tenant.requests_per_minute,
    )


def _language(call: Call, tenant: Tenant, preferred: str) -> str:
    accepted = call.header("accept-language")
    return texts.negotiate(accepted, tenant.languages, preferred) if accepted else preferred


def _channel(realm: Realm) -> str:
    return "portal" if realm is Realm.MEMBER else "console"


def _context(call: Call, tenant: TenantContext, actor: Actor, realm: Realm, language: str) -> Context:
    return Context(
        tenant=tenant,
        actor=actor,
        request_id=call.request_id or new_id("req"),
        channel=_channel(realm),
        language=language,
        address=call.address,
        device=call.header("x-device-id")[:64] or call.header("user-agent")[:120],
        idempotency_key=call.header("idempotency-key"),
        if_match=_expected_version(call.header("if-match")),
    )


def _expected_version(if_match: str) -> int | None:
    """The version that If-Match names, None where there is no such header. Raises MalformedIfMatch."""
    found = IF_MATCH.fullmatch(if_match)
    if if_match and not found:
        raise MalformedIfMatch("If-Match")
    return int(found[1]) if found else None
