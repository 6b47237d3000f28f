"""What the platform has stored of a tenant: its record, its parameter versions, its branches' dates, its staff."""

from dataclasses import dataclass
from typing import Any

from chalicelib.platform.access.authentication import NO_TENANT, store_of
from chalicelib.platform.access.people import LOGINS, Realm
from chalicelib.platform.context import Actor, ActorKind, Context, TenantContext
from chalicelib.platform.parameters.snapshot import Snapshot, build, snapshot_of
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import PLATFORM, TENANTS, Tenant
from chalicelib.platform.work import UnitOfWork

MAKER = "onboarding"
ACTOR = Actor(ActorKind.SYSTEM, MAKER, MAKER, ("*",), branch_scope="all")


@dataclass(frozen=True, slots=True)
class Stored:
    """A tenant as it is stored; ``tenant`` is None where there is none yet."""

    tenant: Tenant | None
    versions: tuple[ParameterVersion, ...]
    usernames: frozenset[str]


def work_of(tenant: str) -> UnitOfWork:
    """A unit of work of onboarding itself, with the tenant's parameters as they are now."""
    store = store_of(tenant)
    item = store.get(*TENANTS.key(tenant))
    record = TENANTS.decode(item) if item else None
    config = snapshot_of(store, record.config_version) if record else _nothing()
    return _work(store, record.context() if record else _unnamed(tenant), config)


def work_of_platform() -> UnitOfWork:
    """A unit of work on the platform's own register."""
    return _work(store_of(PLATFORM), NO_TENANT, _nothing())


def stored(tenant: str) -> Stored:
    """Everything that a manifest is compared with."""
    work = work_of(tenant)
    logins = work.all(LOGINS, realm=Realm.STAFF)
    return Stored(
        work.find(TENANTS), tuple(work.all(VERSIONS)), frozenset(login.username for login in logins)
    )


def _work(store: Store, tenant: TenantContext, config: Snapshot) -> UnitOfWork:
    context = Context(
        tenant=tenant, actor=ACTOR, request_id=MAKER, channel="system", language=tenant.default_language
    )
    return UnitOfWork(store, context, config)


def _nothing() -> Snapshot:
    return build(0, iter(()))


def _unnamed(code: str) -> TenantContext:
    return TenantContext(
        code, "", "", NO_TENANT.default_language, NO_TENANT.languages, NO_TENANT.locale, "UTC"
    )


Body = dict[str, Any]
