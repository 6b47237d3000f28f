"""Starts the end of day by itself where a cooperative asks for it: called every quarter of an hour."""

from datetime import datetime
from typing import Any

from chalicelib.kernel.errors import BankError
from chalicelib.platform import attempts, clock
from chalicelib.platform.access.authentication import store_of
from chalicelib.platform.clock import zone
from chalicelib.platform.closing.control import CONTROL_KIND, ClosingControl
from chalicelib.platform.observability import log
from chalicelib.platform.tenancy import LISTINGS, PLATFORM, TenantState
from chalicelib.workflows.end_of_day import cut_over, service
from chalicelib.workflows.end_of_day.tasks import Job, job_of


def start_due_runs(event: dict[str, Any]) -> dict[str, Any]:
    """Start the run of every live cooperative whose hour has come; answers the tenants whose run was started."""
    started = []
    store = store_of(PLATFORM)
    for items, _ in store.pages(LISTINGS.table, f"{PLATFORM}#{LISTINGS.partition}"):
        for item in items:
            code = LISTINGS.decode(item).code
            try:
                if _start_if_due(job_of({"tenant": code, "run_id": ""})):
                    started.append(code)
            except BankError as refused:
                log.info("closing_not_due", tenant=code, reason=refused.code)
    return {"started": started}


def _start_if_due(job: Job) -> bool:
    if job.tenant.state is not TenantState.LIVE or not job.config.versions:
        return False
    here = clock.now().astimezone(zone(job.tenant.time_zone))
    closing, _, _ = cut_over.branches_to_close(job.work(), here.date())
    control: ClosingControl = job.config.main(CONTROL_KIND, closing)
    if not control.starts_at or not _has_come(here, closing.isoformat(), control.starts_at):
        return False
    attempts.run(job.work, service.start)
    return True


def _has_come(here: datetime, closing: str, starts_at: str) -> bool:
    return f"{here:%Y-%m-%d %H:%M}" >= f"{closing} {starts_at}"
