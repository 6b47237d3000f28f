"""Parameters as YAML: export what holds, import what shall hold, and say first what an import would change.

The text is a stream of documents like the files of a country pack, ``{kind, sets: [{code, effective_from, body}]}``.
Numbers with a point and dates are read as text, so that nothing is rounded. A set dated in the past begins today.
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from types import ModuleType
from typing import Any

from pydantic import Field, ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, Invalid
from chalicelib.platform import audit, clock
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.parameters import listing, service
from chalicelib.platform.parameters.kinds import Kind
from chalicelib.platform.parameters.snapshot import MAIN
from chalicelib.platform.parameters.versions import TENANT_SCOPE, VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.problems import FieldProblem, field_problems
from chalicelib.platform.schemas.parameters import CODE, SCOPE, FieldChange
from chalicelib.platform.today import today_for
from chalicelib.platform.work import UnitOfWork, VersionConflict

MOST_SETS = 5000
SETS_PER_TRANSACTION = 80


class MalformedYaml(Invalid):
    """The text is not YAML, or uses anchors, which could make a small text endless."""

    code = "malformed_yaml"


class ImportRejected(Invalid):
    """Some sets are wrong; ``errors`` names each by its place in the text."""

    code = "import_rejected"

    def __init__(self, errors: list[FieldProblem]) -> None:
        super().__init__(errors[0].field if errors else None, count=len(errors))
        self.errors = errors


class WrittenSet(Payload):
    """A parameter set as a file writes it."""

    code: str = Field(pattern=CODE)
    scope: str = Field(TENANT_SCOPE, pattern=SCOPE)
    effective_from: date
    body: dict[str, Any]
    retired: bool = False
    source: list[str] = Field(default_factory=list)
    confidence: str = Field("", max_length=40)
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What an import does with one set; ``action`` is create, change or unchanged."""

    kind: Kind
    written: WrittenSet
    action: str
    effective_from: date
    number: int
    body: dict[str, Any]
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def version_id(self) -> str:
        return f"{self.kind.name}~{self.written.code}~{self.written.scope}~{self.number}"


def export(work: UnitOfWork, kinds: list[str], on: date | None) -> tuple[str, int]:
    """(YAML text, number of sets) of the versions in force, secrets masked."""
    documents, count = [], 0
    for kind in listing.kinds_for(work):
        if kinds and kind.name not in kinds:
            continue
        sets = list(_exported(work, kind, on or today_for(work, kind.name)))
        if sets:
            documents.append({"kind": kind.name, "sets": sets})
            count += len(sets)
    return _yaml().written(documents), count


def plan(work: UnitOfWork, text: str) -> list[Change]:
    """What an import would do, set by set. Raises MalformedYaml, ImportRejected with every error at once."""
    rows, problems = _read(work, text)
    known = service.Known(work.config, {(kind.name, written.code) for _, kind, written in rows})
    kinds = {kind.name: kind for _, kind, _ in rows}
    stored = {name: listing.sets_of(work, kind) for name, kind in kinds.items()}
    changes = []
    for place, kind, written in rows:
        versions = stored[kind.name].get((written.code, written.scope), [])
        found = list(_problems(place, kind, written, known))
        problems += found
        if not found:
            changes.append(planned(work, kind, written, versions))
    if problems:
        raise ImportRejected(problems)
    return changes


def apply(work: UnitOfWork, changes: list[Change], operation: str = "platform.import_parameters") -> None:
    """Propose a version for every set that is new or changed; the last part goes into the caller's transaction.

    Where a second person has approved the operation itself, its versions are approved by that person. Larger imports
    take several transactions. Importing again goes on where an interrupted import stopped.
    """
    wanted = [change for change in changes if change.action != "unchanged"]
    parts = [wanted[at : at + SETS_PER_TRANSACTION] for at in range(0, len(wanted), SETS_PER_TRANSACTION)]
    for part in parts[:-1]:
        own = work.fresh()
        _put(own, part)
        event = audit.record(own, operation, "write", entity=part[0].version_id)
        try:
            own.commit()
        except VersionConflict:
            audit.forget(own)
            raise
        audit.remember(own, event)
    if parts:
        _put(work, parts[-1])


def _exported(work: UnitOfWork, kind: Kind, on: date) -> Iterator[dict[str, Any]]:
    for code, scopes in sorted(work.config.versions.get(kind.name, {}).items()):
        for scope, versions in sorted(scopes.items()):
            version = listing.in_force(versions, on)
            if version is None or version.retired:
                continue
            row: dict[str, Any] = {"code": code}
            if scope != TENANT_SCOPE:
                row["scope"] = scope
            row["effective_from"] = version.effective_from.isoformat()
            row |= {name: value for name, value in _origin(version).items() if value}
            row["body"] = listing.masked(kind.model, version.body)
            yield row


def _origin(version: ParameterVersion) -> dict[str, Any]:
    return {
        "source": list(version.sources),
        "confidence": version.confidence,
        "unverified": version.unverified,
    }


def _read(work: UnitOfWork, text: str) -> tuple[list[tuple[str, Kind, WrittenSet]], list[FieldProblem]]:
    rows: list[tuple[str, Kind, WrittenSet]] = []
    problems: list[FieldProblem] = []
    seen: set[tuple[str, str, str]] = set()
    for number, document in enumerate(_yaml().documents(text)):
        if not isinstance(document, dict) or not isinstance(document.get("sets"), list):
            problems.append(FieldProblem(str(number), "malformed_document"))
            continue
        try:
            kind = listing.kind_for(work, str(document.get("kind", "")))
        except BankError as error:
            problems.append(FieldProblem(f"{number}.kind", error.code, error.params))
            continue
        for position, row in enumerate(document["sets"]):
            place = f"{number}.sets.{position}"
            try:
                written = WrittenSet.model_validate(row, strict=False)
            except ValidationError as error:
                problems += [_placed(place, problem) for problem in field_problems(error)]
                continue
            key = (kind.name, written.code, written.scope)
            if key in seen:
                problems.append(FieldProblem(f"{place}.code", "set_repeated", {"reason": "in_file"}))
            seen.add(key)
            rows.append((place, kind, written))
    if len(rows) > MOST_SETS:
        problems.append(FieldProblem("yaml", "too_many_sets", {"most": MOST_SETS}))
    return rows, problems


def _yaml() -> ModuleType:
    """What reads and writes YAML; loaded with the first export or import, so that a cold start does not wait for it."""
    from chalicelib.platform.parameters import yaml_text

    return yaml_text


def _problems(place: str, kind: Kind, written: WrittenSet, known: service.Known) -> Iterator[FieldProblem]:
    if kind.singleton and written.code != MAIN:
        yield FieldProblem(f"{place}.code", "singleton_code")
    if written.scope.split(":")[0] not in kind.scopes:
        yield FieldProblem(f"{place}.scope", "scope_not_allowed", {"scope": written.scope})
    try:
        service.validate(kind, written.body, known)
    except service.ParameterRejected as rejected:
        yield from (_placed(f"{place}.body", problem) for problem in rejected.errors)


def _placed(place: str, problem: FieldProblem) -> FieldProblem:
    return FieldProblem(f"{place}.{problem.field}" if problem.field else place, problem.code, problem.params)


def planned(work: UnitOfWork, kind: Kind, written: WrittenSet, versions: list[ParameterVersion]) -> Change:
    """What writing a valid set does to the versions there are."""
    latest = listing.latest_of(versions)
    body = listing.unmasked(kind.model, written.body, latest)
    after = kind.model.model_validate(body).to_body()
    before = kind.model.model_validate(latest.body).to_body() if latest else {}
    same = latest is not None and before == after and latest.retired == written.retired
    return Change(
        kind,
        written,
        "unchanged" if same else ("change" if latest else "create"),
        latest.effective_from if same and latest else max(written.effective_from, today_for(work, kind.name)),
        latest.number if same and latest else max((version.number for version in versions), default=0) + 1,
        body,
        listing.field_changes(
            work, kind.name, listing.masked(kind.model, before), listing.masked(kind.model, after)
        )
        if latest and not same
        else [],
    )


def _put(work: UnitOfWork, changes: list[Change]) -> None:
    approver = work.context.approver
    for change in changes:
        written = change.written
        waits = change.kind.approval and not approver
        work.put(
            VERSIONS,
            ParameterVersion(
                kind=change.kind.name,
                code=written.code,
                scope=written.scope,
                number=change.number,
                effective_from=change.effective_from,
                state=VersionState.PENDING if waits else VersionState.APPROVED,
                body=change.body,
                maker=work.context.actor.id,
                made_at=clock.now(),
                checker=approver,
                checked_at=clock.now() if approver else None,
                origin="import",
                confidence=written.confidence,
                sources=tuple(written.source),
                unverified=written.unverified,
                retired=written.retired,
            ),
        )
    if approver or any(not change.kind.approval for change in changes):
        service.advance_configuration(work)
