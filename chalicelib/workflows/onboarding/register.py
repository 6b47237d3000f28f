"""What the platform has stored of a tenant: its record, its parameter versions, its branches' dates, its staff."""

from collections.abc import Iterable

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import clock
from chalicelib.platform.access.authentication import NO_TENANT, store_of
from chalicelib.platform.access.people import LOGINS, Realm
from chalicelib.platform.context import Actor, ActorKind, Context, TenantContext
from chalicelib.platform.parameters.snapshot import Snapshot, build, snapshot_of
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import PLATFORM, TENANTS, Tenant
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.onboarding.manifest import WrittenSet

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


def version_of(written: WrittenSet, number: int) -> ParameterVersion:
    """A set as onboarding stores it: approved, with where it comes from."""
    return ParameterVersion(
        kind=written.kind,
        code=written.code,
        scope=written.scope,
        number=number,
        effective_from=written.effective_from,
        state=VersionState.APPROVED,
        body=written.body,
        maker=MAKER,
        made_at=clock.now(),
        origin=written.origin,
        confidence=written.confidence,
        sources=written.sources,
        unverified=written.unverified,
        retired=written.retired,
    )


def written_of(version: ParameterVersion) -> WrittenSet:
    """A stored version as a file would state it."""
    return WrittenSet(
        place="",
        kind=version.kind,
        code=version.code,
        scope=version.scope,
        effective_from=version.effective_from,
        body=version.body,
        origin=version.origin,
        sources=version.sources,
        confidence=version.confidence,
        unverified=version.unverified,
        retired=version.retired,
    )


def picture_of(sets: Iterable[WrittenSet]) -> Snapshot:
    """The picture that these sets make, before anything is stored."""
    return build(0, (version_of(each, number) for number, each in enumerate(sets)))


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
