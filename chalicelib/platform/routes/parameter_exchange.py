"""Export and import of parameters as YAML."""

from collections import Counter

from chalicelib.platform.http.routes import Routes
from chalicelib.platform.parameters import exchange
from chalicelib.platform.schemas.parameters import (
    ExportQuery,
    ExportView,
    ImportParameters,
    ImportRow,
    ImportView,
)
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get(
    "/parameter-export",
    permission="platform.read_parameters",
    query=ExportQuery,
    response=ExportView,
    sensitive=True,
)
def export_parameters(work: UnitOfWork, query: ExportQuery) -> ExportView:
    """The tenant's parameters in force as one YAML text."""
    kinds = [kind.strip() for kind in query.kinds.split(",") if kind.strip()]
    text, sets = exchange.export(work, kinds, query.on)
    return ExportView(filename=f"{work.tenant}-{query.on or calendar_day(work)}.yaml", yaml=text, sets=sets)


@routes.post(
    "/parameter-import",
    permission="platform.propose_parameters",
    request=ImportParameters,
    response=ImportView,
)
def import_parameters(work: UnitOfWork, body: ImportParameters) -> ImportView:
    """Say what a YAML text would change, or propose a version of every set that it changes."""
    changes = exchange.plan(work, body.yaml)
    if not body.dry_run:
        exchange.apply(work, changes)
    counts = Counter(change.action for change in changes)
    return ImportView(
        dry_run=body.dry_run,
        created=counts["create"],
        changed=counts["change"],
        unchanged=counts["unchanged"],
        items=[_row(change, body.dry_run) for change in changes if change.action != "unchanged"],
    )


def _row(change: exchange.Change, dry_run: bool) -> ImportRow:
    return ImportRow(
        kind=change.kind.name,
        code=change.written.code,
        scope=change.written.scope,
        action=change.action,
        effective_from=change.effective_from,
        version_id=None if dry_run else change.version_id,
        changes=change.changes,
    )
