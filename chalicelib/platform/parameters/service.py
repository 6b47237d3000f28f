"""Changing parameters: propose a version, have another person approve it, compare versions.

A version may begin today (the business date) or later, never before: what was computed with the old one stands.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.kernel.plan import diff
from chalicelib.platform import clock
from chalicelib.platform.parameters.kinds import Kind, check_among_others, kind_of, references
from chalicelib.platform.parameters.snapshot import MAIN, Snapshot
from chalicelib.platform.parameters.versions import TENANT_SCOPE, VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.problems import FieldProblem, field_problems
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.today import today_for
from chalicelib.platform.work import UnitOfWork

VERSION_ID = re.compile(r"([a-z0-9_.]{1,80})~([^~]{1,200})~([^~]{1,80})~([1-9][0-9]{0,8})", re.ASCII)


class ParameterRejected(Invalid):
    """The body of a parameter set does not satisfy its kind; ``errors`` names every field."""

    code = "invalid_parameter"

    def __init__(self, errors: list[FieldProblem]) -> None:
        super().__init__(errors[0].field if errors else None)
        self.errors = errors


class EffectiveInThePast(Invalid):
    """A version cannot begin before the business date."""

    code = "effective_in_the_past"


class ScopeNotAllowed(Invalid):
    """This kind cannot be set at that scope."""

    code = "scope_not_allowed"


class VersionNotFound(NotFound):
    """No such parameter version."""

    code = "unknown_parameter_version"


class AlreadyDecided(Conflict):
    """The version or request was approved or rejected before."""

    code = "already_decided"


class SelfApproval(Conflict):
    """Who proposed a change cannot approve it."""

    code = "self_approval"


class SetInUse(Forbidden):
    """Other parameter sets still refer to this one."""

    code = "parameter_in_use"
    status = 409


def validate(kind: Kind, body: dict[str, Any], known: "Known") -> None:
    """Raises ParameterRejected with every field that is wrong and every reference that leads nowhere."""
    try:
        kind.model.model_validate(body)
    except ValidationError as error:
        raise ParameterRejected(field_problems(error)) from None
    lost = [
        FieldProblem(field, "unknown_reference", {"kind": target, "value": code})
        for field, target, code in references(kind.model, body)
        if not known.has(target, code)
    ]
    if lost:
        raise ParameterRejected(lost)


def check_ceilings(
    config: Snapshot, kind: Kind, code: str, scope: str, body: dict[str, Any], on: date
) -> None:
    """Raises ParameterRejected where a branch's set is wider than the tenant's limits on its first day (GEN-56).

    So it does where the branch's set has another value of what is common to the whole tenant.
    """
    wider = config.find(kind.name, code, on) if scope != TENANT_SCOPE else None
    if wider is None:
        return
    own = kind.model.model_validate(body)
    common = own.fields_common()
    beyond = [
        FieldProblem(
            name,
            "common_to_institution" if name in common else "above_tenant_limit",
            {"limit": f"{getattr(wider, name)}"},
        )
        for name, value in own.within(wider)
        if value != getattr(own, name) and (name in common or getattr(own, name) is not None)
    ]
    if beyond:
        raise ParameterRejected(beyond)


class Known:
    """Which parameter sets a body may refer to: those in force, and those that come in the same load."""

    def __init__(self, snapshot: Snapshot, also: set[tuple[str, str]] | None = None) -> None:
        self.snapshot, self.also = snapshot, also or set()

    def has(self, kind: str, code: str) -> bool:
        return (kind, code) in self.also or code in self.snapshot.versions.get(kind, {})


def propose(
    work: UnitOfWork,
    kind_name: str,
    code: str,
    body: dict[str, Any],
    effective_from: date,
    *,
    today: date,
    scope: str = TENANT_SCOPE,
    retired: bool = False,
) -> ParameterVersion:
    """A new version of a set, waiting for approval where its kind asks for it."""
    kind = kind_of(kind_name)
    if kind.singleton and code != MAIN:
        raise Invalid("code")
    if scope.split(":")[0] not in kind.scopes:
        raise ScopeNotAllowed("scope", scope=scope)
    if effective_from < today:
        raise EffectiveInThePast("effective_from", business_date=today.isoformat())
    validate(kind, body, Known(work.config))
    check_ceilings(work.config, kind, code, scope, body, effective_from)
    if not retired:
        check_among_others(work.config, kind, code, body, effective_from)
    version = ParameterVersion(
        kind=kind.name,
        code=code,
        scope=scope,
        number=_next_number(work, kind.name, code, scope),
        effective_from=effective_from,
        state=VersionState.PENDING if kind.approval else VersionState.APPROVED,
        body=body,
        maker=work.context.actor.id,
        made_at=clock.now(),
        retired=retired,
    )
    if version.state is VersionState.APPROVED:
        advance_configuration(work)
    return work.put(VERSIONS, version)


def decide(work: UnitOfWork, version_id: str, approve: bool, reason: str = "") -> ParameterVersion:
    """Approve or reject a waiting version; by another person than its maker.

    What waited until its date was past can only be rejected and proposed anew: days that were computed stand.
    """
    version = find_version(work, version_id)
    if version.state is not VersionState.PENDING:
        raise AlreadyDecided("id", state=version.state.value)
    if version.maker == work.context.actor.id:
        raise SelfApproval("id")
    if approve:
        kind = kind_of(version.kind)
        first = today_for(work, version.kind)
        if version.effective_from < first:
            raise EffectiveInThePast("effective_from", business_date=first.isoformat())
        validate(kind, version.body, Known(work.config))
        check_ceilings(work.config, kind, version.code, version.scope, version.body, version.effective_from)
        if not version.retired:
            check_among_others(work.config, kind, version.code, version.body, version.effective_from)
        advance_configuration(work)
    return work.put(
        VERSIONS,
        replace(
            version,
            state=VersionState.APPROVED if approve else VersionState.REJECTED,
            checker=work.context.actor.id,
            checked_at=clock.now(),
            reason=reason,
            unverified=False,
        ),
    )


def find_version(work: UnitOfWork, version_id: str) -> ParameterVersion:
    """The version with this id. Raises VersionNotFound."""
    found = VERSION_ID.fullmatch(version_id)
    if found is None:
        raise VersionNotFound("id")
    kind, code, scope, number = found.groups()
    version = work.find(VERSIONS, kind=kind, code=code, scope=scope, number=int(number))
    if version is None:
        raise VersionNotFound("id")
    return version


def versions_of(work: UnitOfWork, kind: str, code: str, scope: str = TENANT_SCOPE) -> list[ParameterVersion]:
    """Every version of a set, oldest first."""
    return list(work.all(VERSIONS, prefix=f"{kind_of(kind).name}#{code}#{scope}#"))


def pending(work: UnitOfWork) -> Iterator[ParameterVersion]:
    """Versions that wait for approval."""
    return (version for version in work.all(VERSIONS) if version.state is VersionState.PENDING)


def compare(older: ParameterVersion, newer: ParameterVersion) -> list[Any]:
    """The fields in which two versions of a set differ, as their kind reads them (defaults included)."""
    model = kind_of(newer.kind).model
    return diff(
        model.model_validate(older.body).model_dump(mode="json"),
        model.model_validate(newer.body).model_dump(mode="json"),
    )


def advance_configuration(work: UnitOfWork) -> None:
    """Tell every process that the tenant's picture of its parameters is out of date."""
    tenant = work.get(TENANTS)
    work.put(TENANTS, replace(tenant, config_version=tenant.config_version + 1))


def _next_number(work: UnitOfWork, kind: str, code: str, scope: str) -> int:
    last = work.query(VERSIONS, prefix=f"{kind}#{code}#{scope}#", forward=False, limit=1).items
    return last[0].number + 1 if last else 1
