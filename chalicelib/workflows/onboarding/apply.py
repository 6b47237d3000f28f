"""Carrying out a difference. Every step may be repeated: an onboarding that died is finished by the same command."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import attempts, audit, clock
from chalicelib.platform.access import keys, passwords, service
from chalicelib.platform.access.people import Person, PersonState, Realm
from chalicelib.platform.closing.branches import branch_codes, calendar_of
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion
from chalicelib.platform.posting.days import open_branch
from chalicelib.platform.tenancy import LISTINGS, TENANTS, Tenant, TenantListing, TenantState
from chalicelib.platform.today import gates
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.onboarding.header import StaffMember
from chalicelib.workflows.onboarding.plan import Difference, SetChange, difference
from chalicelib.workflows.onboarding.register import Stored, stored, version_of, work_of, work_of_platform
from chalicelib.workflows.onboarding.validation import ROLE, Manifest

VERSIONS_PER_WRITE = 90


class FixedForLife(Conflict):
    """A tenant keeps its code, country, currency and isolation: money and keys depend on them."""

    code = "tenant_fixed_for_life"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name with the password that was made for it."""

    role: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done and the passwords of those who are new."""

    difference: Difference
    staff: tuple[Credentials, ...]


def compare(manifest: Manifest) -> Difference:
    """What applying the manifest would change. Raises FixedForLife."""
    return _compared(manifest, stored(manifest.code))


def _compared(manifest: Manifest, known: Stored) -> Difference:
    dates = [gate.business_date for gate in gates(work_of(manifest.code)).values()]
    found = difference(manifest, known, max(dates, default=manifest.header.first_business_date))
    if found.fixed:
        raise FixedForLife(f"manifest.yaml: {found.fixed[0].field}", value=str(found.fixed[0].before))
    return found


def apply(
    manifest: Manifest,
    password_of: Callable[[StaffMember], str] | None = None,
    progress: Callable[[str], object] = str,
) -> Applied:
    """Make the tenant what the manifest says. Raises FixedForLife, or Busy where somebody else changes the same sets.

    ``password_of`` gives known passwords, for demonstrations; without it each new person gets a temporary one that
    must be changed at the first sign-in. ``progress`` is told the name of each step as it begins.
    """
    known = stored(manifest.code)
    found = _compared(manifest, known)
    keys.ensure()
    if found.is_new:
        progress("tenant")
        _once(manifest.code, lambda work: work.put(TENANTS, found.tenant))
    progress("parameters")
    for versions in _batches(_numbered(found.sets, known)):
        _once(manifest.code, partial(_write_versions, versions=versions))
    progress("branches")
    _open_branches(manifest)
    progress("staff")
    made = tuple(_enrol(manifest, member, password_of) for member in found.staff)
    if found:
        _once(manifest.code, lambda work: _complete(work, found))
    _list(found.tenant)
    return Applied(found, made)


def _once(tenant: str, operation: Callable[[UnitOfWork], object]) -> None:
    attempts.run(lambda: work_of(tenant), operation)


def _numbered(changes: tuple[SetChange, ...], known: Stored) -> list[ParameterVersion]:
    last: dict[tuple[str, str, str], int] = {}
    for version in known.versions:
        key = (version.kind, version.code, version.scope)
        last[key] = max(last.get(key, 0), version.number)
    made = []
    for change in changes:
        last[change.written.key] = last.get(change.written.key, 0) + 1
        made.append(version_of(change.written, last[change.written.key]))
    return made


def _batches(versions: list[ParameterVersion]) -> Iterator[list[ParameterVersion]]:
    for first in range(0, len(versions), VERSIONS_PER_WRITE):
        yield versions[first : first + VERSIONS_PER_WRITE]


def _write_versions(work: UnitOfWork, versions: list[ParameterVersion]) -> None:
    """Write new versions; the same transaction tells every process that its picture is out of date."""
    record = work.get(TENANTS)
    work.put(TENANTS, replace(record, config_version=record.config_version + 1))
    for version in versions:
        work.put(VERSIONS, version)


def _open_branches(manifest: Manifest) -> None:
    """Give every branch that has none its first business date: that of the others, or the manifest's."""
    work = work_of(manifest.code)
    known = gates(work)
    today = max((gate.business_date for gate in known.values()), default=manifest.header.first_business_date)
    for branch in branch_codes(work.config, today):
        if branch not in known:
            days = calendar_of(work.config, branch, today)
            opening = partial(
                open_branch,
                branch=branch,
                first=today,
                previous=days.previous(today),
                following=days.next(today),
            )
            _once(manifest.code, opening)


def _enrol(
    manifest: Manifest, member: StaffMember, password_of: Callable[[StaffMember], str] | None
) -> Credentials:
    password = password_of(member) if password_of else passwords.temporary()

    def enrol(work: UnitOfWork) -> None:
        service.enrol(work, _person(work, manifest, member), password, must_change=password_of is None)

    _once(manifest.code, enrol)
    return Credentials(member.role, member.username, password)


def _person(work: UnitOfWork, manifest: Manifest, member: StaffMember) -> Person:
    role = work.config.find(ROLE, member.role, date.max)
    scope = member.branch_scope or (role.branch_scope if role else "own")
    return Person(
        id=derived_id("usr", manifest.code, Realm.STAFF.value, member.username.casefold()),
        realm=Realm.STAFF,
        username=member.username,
        name=member.name,
        language=member.language or manifest.header.default_language,
        state=PersonState.ACTIVE,
        email=member.email,
        roles=(member.role,),
        branches=tuple(dict.fromkeys((member.branch, *member.branches))),
        branch_scope=scope,
        created_at=clock.now(),
    )


def _complete(work: UnitOfWork, found: Difference) -> None:
    """The tenant's record as the manifest says, live; what people decided about its state stays."""
    record = work.get(TENANTS)
    state = TenantState.LIVE if record.state is TenantState.PROVISIONING else record.state
    wanted = replace(
        found.tenant, state=state, config_version=record.config_version + 1, version=record.version
    )
    work.put(TENANTS, wanted)
    audit.record(work, "onboarding.apply", "write", entity=f"tenant:{record.code}")


def _list(tenant: Tenant) -> None:
    work = work_of_platform()
    known = work.find(LISTINGS, code=tenant.code)
    line = TenantListing(tenant.code, tenant.trade_name, tenant.country, known.version if known else 0)
    if line != known:
        work.put(LISTINGS, line)
        work.commit()
