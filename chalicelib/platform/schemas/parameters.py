"""Parameter kinds, sets and versions."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.parameters.versions import TENANT_SCOPE, ParameterVersion

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.:\-]{0,119}$"
SCOPE = r"^(tenant|branch:[0-9]{1,5})$"


class KindView(View):
    """A kind of parameter set and how many sets of it hold today.

    ``earliest_effective_from`` is the first day on which a change may take effect now: the calendar day for what has
    nothing to do with business dates, else the latest business date of any branch.
    """

    kind: str
    label: str
    help: str
    module: str
    scope: str
    scopes: list[str]
    requires_approval: bool
    singleton: bool
    earliest_effective_from: date
    count: int


class Kinds(View):
    """The kinds of the modules that the tenant has."""

    items: list[KindView]
    next_cursor: str | None = None


class VersionView(View):
    """One version of a parameter set. ``version`` is its number within the set and its ETag.

    ``state`` is pending_approval, rejected, approved (begins later), effective, superseded or retired.
    """

    id: str
    kind: str
    code: str
    scope: str
    version: int
    label: str
    effective_from: date
    state: str
    body: dict[str, Any]
    created_by: str
    created_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    reason: str | None = None
    origin: str = ""
    confidence: str = ""
    sources: list[str] = []
    unverified: bool = False
    retired: bool = False
    latest: int = 0

    @classmethod
    def of(
        cls, version: ParameterVersion, state: str, label: str, body: dict[str, Any], latest: int = 0
    ) -> "VersionView":
        return cls(
            id=version.id,
            kind=version.kind,
            code=version.code,
            scope=version.scope,
            version=version.number,
            label=label,
            effective_from=version.effective_from,
            state=state,
            body=body,
            created_by=version.maker,
            created_at=version.made_at,
            approved_by=version.checker or None,
            approved_at=version.checked_at,
            reason=version.reason or None,
            origin=version.origin,
            confidence=version.confidence,
            sources=list(version.sources),
            unverified=version.unverified,
            retired=version.retired,
            latest=latest or version.number,
        )


class Versions(View):
    """Versions, of one set or of many."""

    items: list[VersionView]
    next_cursor: str | None = None


class SetsQuery(Payload):
    """Which sets of a kind: ``q`` is part of the code or name, ``on`` the date (else today)."""

    q: str = Field("", max_length=80)
    on: date | None = None
    limit: int = Field(200, ge=1, le=500)
    cursor: str | None = Field(None, max_length=400)


class OnDate(Payload):
    """The date on which the version must hold, for the tenant or for a branch."""

    on: date | None = None
    branch: str = Field("", pattern=r"^[0-9]{0,5}$")


class ScopeQuery(Payload):
    """The scope of the set: the tenant's, or a branch's own."""

    scope: str = Field(TENANT_SCOPE, pattern=SCOPE)


class DiffQuery(ScopeQuery):
    """The numbers of the two versions."""

    from_: int = Field(alias="from", ge=1)
    to: int = Field(ge=1)


class ProposeParameter(Payload):
    """A new version of a set. ``retired`` ends the set on the date."""

    code: str = Field(pattern=CODE, examples=["S1"])
    scope: str = Field(TENANT_SCOPE, pattern=SCOPE)
    effective_from: date
    body: dict[str, Any]
    retired: bool = False


class Decision(Payload):
    """Approve or reject, and why."""

    decision: Literal["approve", "reject"]
    reason: str = Field("", max_length=500)


class FieldChange(View):
    """A field that differs, by dotted path."""

    field: str
    label: str
    before: Any = None
    after: Any = None


class DiffView(View):
    """What changed between two versions."""

    from_: int = Field(serialization_alias="from")
    to: int
    changes: list[FieldChange]


class ExportQuery(Payload):
    """Which kinds, comma separated (else all), as they hold on a date (else today)."""

    kinds: str = Field("", max_length=2000)
    on: date | None = None


class ExportView(View):
    """The tenant's parameters as one YAML text, ready to be imported."""

    filename: str
    yaml: str
    sets: int


class ImportParameters(Payload):
    """A YAML text as the export writes it. A dry run only says what would change."""

    yaml: str = Field(min_length=1, max_length=1_000_000)
    dry_run: bool = True


class ImportRow(View):
    """What the import does with one set: create, change or unchanged."""

    kind: str
    code: str
    scope: str
    action: str
    effective_from: date
    version_id: str | None = None
    changes: list[FieldChange] = []


class ImportView(View):
    """What an import changed, or would change."""

    dry_run: bool
    created: int
    changed: int
    unchanged: int
    items: list[ImportRow]
