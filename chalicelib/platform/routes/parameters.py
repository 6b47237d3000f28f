"""Parameters: kinds, forms, sets, versions, approval, difference."""

from chalicelib.platform.http.routes import SIGNED_IN, Routes
from chalicelib.platform.parameters import forms, listing, service
from chalicelib.platform.parameters.versions import ParameterVersion
from chalicelib.platform.schemas.parameters import (
    Decision,
    DiffQuery,
    DiffView,
    Kinds,
    OnDate,
    ProposeParameter,
    ScopeQuery,
    SetsQuery,
    Versions,
    VersionView,
)
from chalicelib.platform.storage.cursor import UnknownCursor, decode_cursor, encode_cursor
from chalicelib.platform.today import today_for
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get("/parameter-kinds", permission="platform.read_parameters", response=Kinds)
def list_kinds(work: UnitOfWork) -> Kinds:
    """Everything that the tenant can configure."""
    return Kinds(items=[listing.kind_view(work, kind) for kind in listing.kinds_for(work)])


@routes.get("/parameter-kinds/{kind}/schema", permission=SIGNED_IN, response=dict)
def read_schema(work: UnitOfWork, kind: str) -> dict[str, object]:
    """The form of a kind: JSON Schema with labels, help, options and the codes that references may take."""
    return forms.schema_of(work, listing.readable(work, kind).name)


@routes.get("/parameters/{kind}", permission=SIGNED_IN, query=SetsQuery, response=Versions)
def list_sets(work: UnitOfWork, kind: str, query: SetsQuery) -> Versions:
    """The sets of a kind, each by the version in force (or the one that waits), in the order of their codes."""
    found = listing.readable(work, kind)
    today = today_for(work, kind)
    on, start = query.on or today, _place(query.cursor, kind)
    views = [
        listing.view(work, listing.shown_of(versions, on), versions, today)
        for (code, scope), versions in sorted(listing.sets_of(work, found).items())
        if [code, scope] > start
    ]
    wanted = query.q.casefold()
    matching = [view for view in views if wanted in view.code.casefold() or wanted in view.label.casefold()]
    page = matching[: query.limit]
    rest = len(matching) > query.limit
    following = {"pk": {"S": kind}, "at": [page[-1].code, page[-1].scope]} if rest else None
    return Versions(items=page, next_cursor=encode_cursor(following) if following else None)


@routes.get("/parameters/{kind}/{code}", permission=SIGNED_IN, query=OnDate, response=VersionView)
def read_set(work: UnitOfWork, kind: str, code: str, query: OnDate) -> VersionView:
    """The version of a set that holds on a date, the branch's own before the tenant's."""
    on = query.on or today_for(work, kind)
    found = work.config.version(listing.readable(work, kind).name, code, on, query.branch)
    if found is None:
        raise service.VersionNotFound("code")
    return listing.view_of(work, found)


@routes.get(
    "/parameters/{kind}/{code}/versions",
    permission="platform.read_parameters",
    query=ScopeQuery,
    response=Versions,
)
def list_versions(work: UnitOfWork, kind: str, code: str, query: ScopeQuery) -> Versions:
    """Every version of a set, newest first."""
    versions = _versions(work, kind, code, query.scope)
    return Versions(items=[listing.view(work, version, versions) for version in reversed(versions)])


@routes.get(
    "/parameters/{kind}/{code}/versions/diff",
    permission="platform.read_parameters",
    query=DiffQuery,
    response=DiffView,
)
def compare_versions(work: UnitOfWork, kind: str, code: str, query: DiffQuery) -> DiffView:
    """What differs between two versions of a set, field by field."""
    by_number = {version.number: version for version in _versions(work, kind, code, query.scope)}
    older, newer = by_number.get(query.from_), by_number.get(query.to)
    if older is None or newer is None:
        raise service.VersionNotFound("from" if older is None else "to")
    return DiffView(from_=older.number, to=newer.number, changes=listing.changes(work, older, newer))


@routes.post(
    "/parameters/{kind}",
    permission="platform.propose_parameters",
    request=ProposeParameter,
    response=VersionView,
)
def propose_parameter(work: UnitOfWork, kind: str, body: ProposeParameter) -> VersionView:
    """Propose a version of a set; another person approves it where the kind asks for it."""
    found = listing.kind_for(work, kind)
    versions = service.versions_of(work, kind, body.code, body.scope)
    listing.expect_latest(work, versions)
    version = service.propose(
        work,
        kind,
        body.code,
        listing.unmasked(found.model, body.body, listing.latest_of(versions)),
        body.effective_from,
        today=today_for(work, kind),
        scope=body.scope,
        retired=body.retired,
    )
    return listing.view(work, version, [*versions, version])


@routes.post(
    "/parameter-versions/{id}/approvals",
    permission="platform.approve_parameters",
    request=Decision,
    response=VersionView,
)
def decide_version(work: UnitOfWork, id: str, body: Decision) -> VersionView:
    """Approve or reject a version that somebody else proposed."""
    listing.kind_for(work, service.find_version(work, id).kind)
    return listing.view_of(work, service.decide(work, id, body.decision == "approve", body.reason))


def _place(cursor: str | None, kind: str) -> list[str]:
    if not cursor:
        return ["", ""]
    place = decode_cursor(cursor, kind).get("at")
    if not isinstance(place, list) or len(place) != 2 or not all(isinstance(part, str) for part in place):
        raise UnknownCursor("cursor")
    return place


def _versions(work: UnitOfWork, kind: str, code: str, scope: str) -> list[ParameterVersion]:
    versions = service.versions_of(work, listing.kind_for(work, kind).name, code, scope)
    if not versions:
        raise service.VersionNotFound("code")
    return versions
