"""The last phase of the end of day: reports into the branches' inboxes, and what applications issue to people.

The day is proven and the next one open; what fails here is noted, shown and made by a retry, and holds nothing up.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.modules.administration import public as administration
from chalicelib.platform import clock, files
from chalicelib.platform.closing.applications import (
    ClosingDay,
    PieceRun,
    Tally,
    Unfinished,
    application_named,
)
from chalicelib.platform.closing.runs import STEPS, ClosingRun, StepRun, StepState
from chalicelib.platform.kinds_declared import REPORT_SCHEDULE, ReportSchedule
from chalicelib.platform.observability import log
from chalicelib.platform.reports import Occasion, issued, render
from chalicelib.platform.reports.issued import INSTITUTION, REPORT_FILES, ReportFile
from chalicelib.platform.reports.registry import ReportNotSchedulable, report_named
from chalicelib.platform.reports.service import sheet_of
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over

REPORT, ISSUE = "report", "issue"
"""Steps of this phase: by branch (or ``all``), and by the pieces that were closed."""
LATER_STEPS = frozenset({REPORT, ISSUE})
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueReport:
    """A schedule whose cycle ends with the date that was closed, and what it is made for."""

    code: str
    schedule: ReportSchedule
    occasion: Occasion


def due_steps(work: UnitOfWork, run: ClosingRun) -> list[StepRun]:
    """The steps of this phase that the run needs, as they are before they begin."""
    day = ClosingDay(run.business_date, run.open_date)
    places = [branch for branch in run.branches if any(due_reports(work, day, branch))]
    if any(due_reports(work, day, INSTITUTION)) and cut_over.all_have_closed(work, day.business_date):
        places.append(INSTITUTION)
    pieces = [step for step in work.all(STEPS, run_id=run.id, prefix="close#") if _issues(step)]
    return [StepRun(run.id, REPORT, place, StepState.PENDING) for place in places] + [
        StepRun(run.id, ISSUE, step.part, StepState.PENDING, step.units) for step in pieces
    ]


def due_reports(work: UnitOfWork, day: ClosingDay, place: str) -> Iterator[DueReport]:
    """The schedules whose cycle ends with the day for a branch, or for the institution."""
    for code, schedule in work.config.all(REPORT_SCHEDULE, day.business_date):
        if schedule.enabled and _covers(schedule, place):
            occasion = _occasion(work, schedule, day, place)
            if occasion:
                yield DueReport(code, schedule, occasion)


def make_reports(run: PieceRun, step: StepRun) -> Tally:
    """Make every report that is due at a place, and forget those that need not be kept any more.

    One that was made is passed over; one that fails keeps no other back. Raises Unfinished.
    """
    tally, reasons = Tally(), []
    for due in due_reports(run.work(), run.day, step.part):
        tally.read += 1
        try:
            _make(run, step.part, due)
            tally.processed += 1
        except Exception as error:  # each report on its own: the others are still wanted
            log.exception("report_not_made", schedule=due.code, place=step.part)
            tally.failed += 1
            reasons.append(f"{due.code}: {_reason(error)}")
    for old in issued.expired(run.work(), step.part, run.day.business_date):
        files.remove(old.key)
        run.commit(partial(_forget, old=old))
    if reasons:
        raise Unfinished(tally, reasons)
    return tally


def issue(run: PieceRun, step: StepRun) -> Tally:
    """What applications issue to people for the records of a piece. Raises Unfinished."""
    tally = Tally()
    for name in dict.fromkeys(unit.application for unit in step.units):
        application = application_named(name)
        if application.issue:
            mine = [unit for unit in step.units if unit.application == name]
            tally = tally.plus(application.issue(run, mine))
    return tally


def _make(run: PieceRun, place: str, due: DueReport) -> None:
    work, schedule, occasion = run.work(), due.schedule, due.occasion
    if issued.find(work, place, occasion.business_date, due.code):
        return
    report = report_named(schedule.report)
    if report.scheduled is None:
        raise ReportNotSchedulable("report", report=schedule.report)
    language = schedule.language or _language(work, place, occasion.business_date)
    filters = {**schedule.filters, **report.scheduled(occasion)}
    sheet, reader = sheet_of(work, report, filters, language, "")
    name = f"{report.code}-{place}-{occasion.business_date.isoformat()}"
    document = render(replace(sheet, name=name), schedule.form, reader, bom=schedule.form == "csv")
    folder = f"reports/{place}/{occasion.business_date.isoformat()}/{due.code}"
    key = files.keep(work, document.filename, document.content_type, document.content, place=folder)
    made = ReportFile(
        schedule=due.code,
        report=report.code,
        place=place,
        business_date=occasion.business_date,
        language=language,
        form=schedule.form,
        filename=document.filename,
        content_type=document.content_type,
        key=key,
        rows=len(sheet.rows),
        made_at=clock.now(),
        kept_until=occasion.business_date + timedelta(days=schedule.kept_days),
        filters=_written(filters),
    )
    run.commit(lambda fresh: fresh.put(REPORT_FILES, made))


def _covers(schedule: ReportSchedule, place: str) -> bool:
    if schedule.coverage == "institution":
        return place == INSTITUTION
    return place != INSTITUTION and place in (schedule.branches or (place,))


def _occasion(work: UnitOfWork, schedule: ReportSchedule, day: ClosingDay, place: str) -> Occasion | None:
    """The cycle that ends with the day; a weekend that ends with it belongs to it."""
    on, branch = day.business_date, "" if place == INSTITUTION else place
    cycle = administration.cycle_of(work.config, schedule.cycle, on)
    calendar = administration.calendar_of(work.config, branch or _head_office(work, on), on)
    ends = cycle.due_in(on, day.covered_until, calendar)
    if not ends:
        return None
    before = cycle.nominal_before(ends[0], calendar)
    return Occasion(branch, on, before + DAY if before else ends[0], ends[-1])


def _language(work: UnitOfWork, place: str, on: date) -> str:
    """The branch's language, or the head office's (GEN-15)."""
    branch = _head_office(work, on) if place == INSTITUTION else place
    return administration.branch(work.config, branch, on).language or work.context.tenant.default_language


def _head_office(work: UnitOfWork, on: date) -> str:
    found = administration.branches(work.config, on)
    return next((code for code, branch in found if branch.head_office), found[0][0])


def _issues(step: StepRun) -> bool:
    return any(row.get("issues") for row in step.tally.sums.values())


def _forget(work: UnitOfWork, old: ReportFile) -> None:
    known = issued.find(work, old.place, old.business_date, old.schedule)
    if known:
        work.delete(REPORT_FILES, known)


def _written(filters: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in filters.items()}


def _reason(error: Exception) -> str:
    return error.code if isinstance(error, BankError) else type(error).__name__
