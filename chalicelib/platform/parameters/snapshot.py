"""A tenant's approved parameters as one immutable picture, kept by each warm process.

Every request reads the tenant's record anyway; its ``config_version`` says whether the picture still holds
(ADR 0004). Parameters then cost no reads, and all that one operation sees is of one version.
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import Any, TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.plan import Plan
from chalicelib.platform.parameters.kinds import kind_of
from chalicelib.platform.parameters.versions import TENANT_SCOPE, VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.storage.store import Store

P = TypeVar("P", bound=Plan)
MAIN = "main"


class UnknownParameter(Invalid):
    """A request or a parameter names a set that does not exist on the date."""

    code = "unknown_reference"


@dataclass(slots=True)
class Snapshot:
    """The approved versions of every set, by kind and code, and the models made of them so far."""

    config_version: int
    versions: dict[str, dict[str, dict[str, list[ParameterVersion]]]]
    _models: dict[tuple[str, str, str, int], Plan] = field(default_factory=dict)

    def version(self, kind: str, code: str, on: date, branch: str = "") -> ParameterVersion | None:
        """The version in force on a date, the branch's own before the tenant's."""
        scopes = self.versions.get(kind, {}).get(code, {})
        for scope in (f"branch:{branch}", TENANT_SCOPE) if branch else (TENANT_SCOPE,):
            in_force = None
            for candidate in scopes.get(scope, ()):
                if candidate.effective_from > on:
                    break
                in_force = candidate
            if in_force and not in_force.retired:
                return in_force
        return None

    def find(self, kind: str, code: str, on: date, branch: str = "") -> Any | None:
        """The model of the version in force, or None. A branch's own one holds within the tenant's ceilings."""
        found = self.version(kind, code, on, branch)
        if found is None or found.scope == TENANT_SCOPE:
            return self.model(found) if found else None
        wider = self.find(kind, code, on)
        return self.model(found).within(wider) if wider else self.model(found)

    def get(self, kind: str, code: str, on: date, branch: str = "", field: str | None = None) -> Any:
        """The model of the version in force. Raises UnknownParameter, naming the request's field."""
        found = self.find(kind, code, on, branch)
        if found is None:
            raise UnknownParameter(field, kind=kind, value=code)
        return found

    def standing(self, kind: str, code: str, on: date) -> Any:
        """The model that what exists lives by: the version in force, or the last one of a retired set.

        Raises UnknownParameter where there never was one.
        """
        rows = [
            row
            for row in self.versions.get(kind, {}).get(code, {}).get(TENANT_SCOPE, ())
            if row.effective_from <= on
        ]
        if not rows:
            raise UnknownParameter(None, kind=kind, value=code)
        return self.model(rows[-1])

    def main(self, kind: str, on: date, branch: str = "") -> Any:
        """The one set of a singleton kind; its model's defaults where the tenant has none."""
        return self.find(kind, MAIN, on, branch) or kind_of(kind).model()

    def all(self, kind: str, on: date) -> Iterator[tuple[str, Any]]:
        """(code, model) of every set of a kind in force for the tenant on a date."""
        for code in sorted(self.versions.get(kind, {})):
            found = self.find(kind, code, on)
            if found is not None:
                yield code, found

    def history(self, kind: str, code: str, scope: str = TENANT_SCOPE) -> list[tuple[date, Any]]:
        """(effective from, model) of every approved version, oldest first."""
        versions = self.versions.get(kind, {}).get(code, {}).get(scope, [])
        return [(version.effective_from, self.model(version)) for version in versions]

    def model(self, version: ParameterVersion) -> Any:
        """The validated model of a version; made once."""
        key = (version.kind, version.code, version.scope, version.number)
        if key not in self._models:
            self._models[key] = kind_of(version.kind).model.model_validate(version.body)
        return self._models[key]


def build(config_version: int, versions: Iterator[ParameterVersion]) -> Snapshot:
    """The picture of these versions. Of several versions from one date the latest approved one holds."""
    tree: dict[str, dict[str, dict[str, list[ParameterVersion]]]] = {}
    for version in versions:
        if version.state is VersionState.APPROVED:
            tree.setdefault(version.kind, {}).setdefault(version.code, {}).setdefault(
                version.scope, []
            ).append(version)
    for codes in tree.values():
        for scopes in codes.values():
            for rows in scopes.values():
                rows.sort(key=lambda row: (row.effective_from, row.number))
    return Snapshot(config_version, tree)


_KEPT: dict[tuple[str, str], Snapshot] = {}


def snapshot_of(store: Store, config_version: int) -> Snapshot:
    """The tenant's picture at this version; read from the table only where the process has an older one."""
    place = (store.table("config"), store.tenant)
    kept = _KEPT.get(place)
    if kept is None or kept.config_version != config_version:
        kept = build(config_version, _read(store))
        _KEPT[place] = kept
    return kept


def forget_snapshots() -> None:
    """Drop every kept picture; for tests that make tenants anew."""
    _KEPT.clear()


def _read(store: Store) -> Iterator[ParameterVersion]:
    pk = f"{store.tenant}#{VERSIONS.partition}"
    for items, _ in store.pages(VERSIONS.table, pk):
        for item in items:
            yield VERSIONS.decode(item)
