"""Starts the end of day, and the day that waits, where a cooperative asks for it: called every quarter of an hour."""

from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.kernel.errors import BankError
from chalicelib.platform import attempts, clock
from chalicelib.platform.access.authentication import store_of
from chalicelib.platform.clock import zone
from chalicelib.platform.closing.control import CONTROL_KIND, ClosingControl
from chalicelib.platform.closing.runs import WAITING, StartOfDay
from chalicelib.platform.observability import log
from chalicelib.platform.tenancy import LISTINGS, PLATFORM, TenantState
from chalicelib.workflows.end_of_day import cut_over, opening, service
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
    if _open_if_due(job, here):
        return True
    closing, _, _ = cut_over.branches_to_close(job.work(), here.date())
    control: ClosingControl = job.config.main(CONTROL_KIND, closing)
    if not control.starts_at or not _has_come(here, closing.isoformat(), control.starts_at):
        return False
    attempts.run(job.work, service.start)
    return True


def _open_if_due(job: Job, here: datetime) -> bool:
    """Ask for the start of a day whose hour has come; at the latest when it is to be closed, which happens after it."""
    work = job.work()
    for waiting in work.all(WAITING):
        control: ClosingControl = job.config.main(CONTROL_KIND, waiting.open_date)
        hours = [hour for hour in (control.opens_at, control.starts_at) if hour]
        has_come = any(_has_come(here, waiting.open_date.isoformat(), hour) for hour in hours)
        if has_come and service.find(work, waiting.run_id).start_of_day is StartOfDay.WAITING:
            attempts.run(job.work, partial(opening.request, run_id=waiting.run_id))
            return True
    return False


def _has_come(here: datetime, closing: str, starts_at: str) -> bool:
    return f"{here:%Y-%m-%d %H:%M}" >= f"{closing} {starts_at}"
