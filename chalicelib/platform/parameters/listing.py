"""Parameter sets as people look at them: one line per set, the versions of a set, and what state each is in."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from chalicelib.kernel.plan import Plan, diff
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.parameters import forms, service
from chalicelib.platform.parameters.kinds import Kind, UnknownKind, all_kinds, kind_of
from chalicelib.platform.parameters.versions import TENANT_SCOPE, VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.schemas.parameters import FieldChange, KindView, VersionView
from chalicelib.platform.today import today_for
from chalicelib.platform.work import StaleVersion, UnitOfWork

READ = "platform.read_parameters"
MASK = "•••"
SetKey = tuple[str, str]


def kind_for(work: UnitOfWork, name: str) -> Kind:
    """The kind with this name, if its module is the tenant's. Raises UnknownKind."""
    kind = kind_of(name)
    if not _offered(work, kind):
        raise UnknownKind("kind", kind=name)
    return kind


def readable(work: UnitOfWork, name: str) -> Kind:
    """The kind with this name, if the caller may read it. Raises UnknownKind, PermissionDenied."""
    kind = kind_for(work, name)
    if not any(work.context.actor.may(permission) for permission in (READ, *kind.readers)):
        raise PermissionDenied(permission=READ)
    return kind


def kinds_for(work: UnitOfWork) -> Iterator[Kind]:
    """The kinds of the modules that the tenant has."""
    return (kind for kind in all_kinds() if _offered(work, kind))


def kind_view(work: UnitOfWork, kind: Kind) -> KindView:
    """A kind's line, with the number of sets that hold today."""
    return KindView(
        kind=kind.name,
        label=forms.label_of_kind(work, kind.name),
        help=forms.help_on_kind(work, kind.name),
        module=kind.name.partition(".")[0],
        scope=kind.scopes[-1],
        scopes=list(kind.scopes),
        requires_approval=kind.approval,
        singleton=kind.singleton,
        earliest_effective_from=today_for(work, kind.name),
        count=len(work.config.versions.get(kind.name, {})),
    )


def sets_of(work: UnitOfWork, kind: Kind) -> dict[SetKey, list[ParameterVersion]]:
    """Every version of every set of a kind, oldest first, by (code, scope)."""
    found: dict[SetKey, list[ParameterVersion]] = {}
    for version in work.all(VERSIONS, prefix=f"{kind.name}#"):
        found.setdefault((version.code, version.scope), []).append(version)
    return found


def shown_of(versions: list[ParameterVersion], on: date) -> ParameterVersion:
    """The version that stands for its set: the one in force, else the first to begin, else the last one made."""
    force = in_force(versions, on)
    if force:
        return force
    coming = sorted(_approved(versions), key=lambda version: (version.effective_from, version.number))
    return coming[0] if coming else versions[-1]


def in_force(versions: Iterable[ParameterVersion], on: date) -> ParameterVersion | None:
    """The approved version that holds on a date; of several from one date the latest."""
    begun = [version for version in _approved(versions) if version.effective_from <= on]
    return max(begun, key=lambda version: (version.effective_from, version.number), default=None)


def state_of(version: ParameterVersion, versions: Iterable[ParameterVersion], on: date) -> str:
    """pending_approval, rejected, approved (begins later), effective, superseded or retired."""
    if version.state is not VersionState.APPROVED or version.effective_from > on:
        return version.state.value
    force = in_force(versions, on)
    if force is None or force.number != version.number:
        return "superseded"
    return "retired" if version.retired else "effective"


def view(
    work: UnitOfWork, version: ParameterVersion, versions: list[ParameterVersion], today: date | None = None
) -> VersionView:
    """One version as it is shown: with its state today, its label, and its secrets masked."""
    return VersionView.of(
        version,
        state_of(version, versions, today or today_for(work, version.kind)),
        forms.label_of_set(work, version.kind, version.code, version.body),
        masked(kind_of(version.kind).model, version.body),
        latest=max((other.number for other in versions), default=version.number),
    )


def view_of(work: UnitOfWork, version: ParameterVersion) -> VersionView:
    """One version as it is shown, its siblings read."""
    siblings = service.versions_of(work, version.kind, version.code, version.scope)
    others = [other for other in siblings if other.number != version.number]
    return view(work, version, [*others, version])


def changes(work: UnitOfWork, older: ParameterVersion, newer: ParameterVersion) -> list[FieldChange]:
    """What differs between two versions, with the labels of the fields."""
    model = kind_of(newer.kind).model
    before, after = (masked(model, _complete(model, version.body)) for version in (older, newer))
    return field_changes(work, newer.kind, before, after)


def field_changes(
    work: UnitOfWork, kind: str, before: dict[str, Any], after: dict[str, Any]
) -> list[FieldChange]:
    """The rows of a difference between two bodies."""
    return [
        FieldChange(field=row.field, label=_label(work, kind, row.field), before=row.before, after=row.after)
        for row in diff(before, after)
    ]


def expect_latest(work: UnitOfWork, versions: list[ParameterVersion]) -> None:
    """Raises StaleVersion where the caller's If-Match is not the number of the set's latest version."""
    wanted = work.context.if_match
    latest = max((version.number for version in versions), default=0)
    if wanted is not None and wanted != latest:
        raise StaleVersion("If-Match", version=str(latest))


def masked(model: type[Plan], body: dict[str, Any]) -> dict[str, Any]:
    """A body whose secrets show only that they are there."""
    return {name: MASK if name in secrets_of(model) and value else value for name, value in body.items()}


def unmasked(model: type[Plan], body: dict[str, Any], known: ParameterVersion | None) -> dict[str, Any]:
    """A body in which a masked secret is the one that was stored."""
    kept = known.body if known else {}
    return {
        name: kept[name] if name in secrets_of(model) and value == MASK and name in kept else value
        for name, value in body.items()
    }


def secrets_of(model: type[Plan]) -> set[str]:
    """Names of the fields that are never shown."""
    extras = ((name, field.json_schema_extra) for name, field in model.model_fields.items())
    return {name for name, extra in extras if isinstance(extra, dict) and extra.get("secret")}


def latest_of(versions: list[ParameterVersion]) -> ParameterVersion | None:
    """The last version that was not rejected."""
    standing = [version for version in versions if version.state is not VersionState.REJECTED]
    return standing[-1] if standing else None


def scope_for(branch: str) -> str:
    """The scope of a branch's own set, or the tenant's."""
    return f"branch:{branch}" if branch else TENANT_SCOPE


def _offered(work: UnitOfWork, kind: Kind) -> bool:
    return kind.name.partition(".")[0] in ("platform", *work.context.tenant.modules)


def _approved(versions: Iterable[ParameterVersion]) -> list[ParameterVersion]:
    return [version for version in versions if version.state is VersionState.APPROVED]


def _complete(model: type[Plan], body: dict[str, Any]) -> dict[str, Any]:
    return model.model_validate(body).to_body()


def _label(work: UnitOfWork, kind: str, path: str) -> str:
    fields = [part for part in path.split(".") if not part.isdigit()]
    return forms.label_of_field(work, kind, ".".join(fields))
