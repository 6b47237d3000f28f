"""Starting, cancelling and retrying a run: whatever stops it, somebody can go on or give it up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from chalicelib.platform import aws, clock
from chalicelib.platform.closing.branches import branch_codes
from chalicelib.platform.closing.control import CONTROL_KIND
from chalicelib.platform.closing.runs import (
    LOCK,
    CannotCancel,
    ClosingRun,
    NothingToRetry,
    RunState,
    StepRun,
    StepState,
)
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.posting.days import GATES, UnknownBranch, open_branch
from chalicelib.platform.reports import registry
from chalicelib.platform.reports.registry import report_named
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork, VersionConflict
from chalicelib.workflows.end_of_day import cut_over, machine, service
from chalicelib.workflows.end_of_day.reports import LATER_STEPS
from chalicelib.workflows.end_of_day.routes import RetryRun, RunView, retry_closing_run
from tests.support.small_bank import FIRST_DAY, SmallBank, a_bank, drive, start_closing

MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:minga-end-of-day"


class Exists(Exception):
    """The execution has been started before."""


class Absent(Exception):
    """There is no such execution."""


class Machines:
    """Step Functions as far as a run needs it: executions by name and the state each is in."""

    class exceptions:  # noqa: N801 - the client's own name
        ExecutionAlreadyExists, ExecutionDoesNotExist = Exists, Absent

    def __init__(self) -> None:
        self.executions: dict[str, str] = {}

    def start_execution(self, name: str, **_: Any) -> None:
        if name in self.executions:
            raise Exists
        self.executions[name] = "RUNNING"

    def describe_execution(self, executionArn: str) -> dict[str, str]:  # noqa: N803 - the client's own name
        prefix, _, name = executionArn.rpartition(":")
        assert prefix == MACHINE.replace("stateMachine", "execution")
        if name not in self.executions:
            raise Absent
        return {"status": self.executions[name]}


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> Machines:
    made = Machines()
    monkeypatch.setenv("MINGA_CLOSING_MACHINE_ARN", MACHINE)
    monkeypatch.setattr(aws, "client", lambda name: made)
    return made


def the_run(bank: SmallBank, run_id: str) -> ClosingRun:
    return service.find(bank.work(), run_id)


def failed_run(bank: SmallBank) -> str:
    """A run that failed before it did anything."""
    run_id = start_closing(bank)
    bank.do(lambda work: service.mark_failed(work, run_id, "out of memory"))
    return run_id


def cancelled(work: UnitOfWork, run_id: str) -> ClosingRun:
    return service.cancel(work, run_id, "wrong day")


# -- cancelling -------------------------------------------------------------------------------------------------


def test_a_run_that_has_not_moved_any_date_is_cancelled_and_the_date_closes_later(machines: Machines) -> None:
    bank = a_bank()
    run_id = failed_run(bank)
    bank.do(lambda work: cancelled(work, run_id))
    assert the_run(bank, run_id).state is RunState.CANCELLED
    assert bank.work().find(LOCK) is None
    again = bank.do(lambda work: service.start(work, FIRST_DAY))
    assert (again.id, again.execution, again.state) == (run_id, 2, RunState.RUNNING)
    assert list(machines.executions) == [f"{run_id}-2"]
    drive(bank.store, run_id)
    done = the_run(bank, run_id)
    assert (done.state, done.error) == (RunState.COMPLETED, "")
    assert bank.today() > FIRST_DAY


def test_one_branch_that_has_moved_keeps_the_run_from_being_cancelled() -> None:
    """The branches move in groups; the date that is due is still the old one while the last group stands on it."""
    bank = a_bank()
    run_id = failed_run(bank)
    bank.do(lambda work: cut_over.move(work, ("2",), FIRST_DAY))
    assert cut_over.branches_to_close(bank.work(), FIRST_DAY)[0] == FIRST_DAY
    with pytest.raises(CannotCancel):
        bank.do(lambda work: cancelled(work, run_id))
    assert bank.work().find(LOCK) is not None


def test_a_branch_that_opened_late_does_not_let_a_run_that_moved_be_cancelled() -> None:
    bank = a_bank()
    run_id = failed_run(bank)
    bank.do(lambda work: cut_over.move(work, ("1", "2"), FIRST_DAY))
    codes = branch_codes(bank.work().config, FIRST_DAY)
    late = next(code for code in codes if code not in ("1", "2"))
    before = date(2026, 5, 28)
    bank.do(lambda work: open_branch(work, late, FIRST_DAY, before, date(2026, 6, 1)))
    with pytest.raises(CannotCancel):
        bank.do(lambda work: cancelled(work, run_id))


def test_a_cut_over_at_the_same_moment_refuses_the_cancellation() -> None:
    bank = a_bank()
    run_id = failed_run(bank)
    work = bank.work()
    cancelled(work, run_id)
    bank.do(lambda other: cut_over.move(other, ("1", "2"), FIRST_DAY))
    with pytest.raises(VersionConflict):
        work.commit()
    assert the_run(bank, run_id).state is RunState.FAILED


def test_a_hundred_branches_fit_into_the_transaction_of_a_cancellation() -> None:
    bank = a_bank()
    many = tuple(str(number) for number in range(1, 101))
    following = bank.work().get(GATES, branch="1", number=0).next_date
    for branch in many[2:]:
        bank.do(lambda work, branch=branch: open_branch(work, branch, FIRST_DAY, FIRST_DAY, following))  # type: ignore[misc]
    work = bank.work()
    assert cut_over.stand_still(work, many, FIRST_DAY)
    assert len(work._checks) == 9


# -- retrying ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED", None])
def test_a_run_that_nothing_runs_any_more_goes_on_when_retried(
    machines: Machines, status: str | None
) -> None:
    bank = a_bank()
    run_id = start_closing(bank)
    if status:
        machines.executions[f"{run_id}-1"] = status
    resumed = bank.do(lambda work: service.retry(work, run_id))
    assert (resumed.state, resumed.execution) == (RunState.RUNNING, 2)
    assert machines.executions[f"{run_id}-2"] == "RUNNING"


def test_a_run_says_whether_its_machine_is_at_work(machines: Machines) -> None:
    bank = a_bank()
    run_id = start_closing(bank)

    def shown() -> tuple[str, bool]:
        view = RunView.of(the_run(bank, run_id))
        return view.state, view.executing

    machines.executions[f"{run_id}-1"] = "RUNNING"
    assert shown() == ("running", True)
    machines.executions[f"{run_id}-1"] = "ABORTED"
    assert shown() == ("running", False)
    again = bank.do(lambda work: retry_closing_run(work, run_id, RetryRun(reason="")))
    assert (again.state, again.executing) == ("running", True)
    assert shown() == ("running", True)


def test_a_run_that_is_under_way_is_not_started_twice(machines: Machines) -> None:
    bank = a_bank()
    run_id = start_closing(bank)
    machines.executions[f"{run_id}-1"] = "RUNNING"
    with pytest.raises(NothingToRetry):
        bank.do(lambda work: service.retry(work, run_id))


def test_an_execution_that_was_started_before_counts_as_started(machines: Machines) -> None:
    bank = a_bank()
    run_id = failed_run(bank)
    machines.executions[f"{run_id}-2"] = "RUNNING"
    bank.do(lambda work: service.retry(work, run_id))
    assert the_run(bank, run_id).state is RunState.RUNNING


def test_a_run_that_cannot_be_started_says_so(monkeypatch: pytest.MonkeyPatch, machines: Machines) -> None:
    def broken(**_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(machines, "start_execution", broken)
    bank = a_bank()
    run = bank.do(service.start)
    found = the_run(bank, run.id)
    assert (found.state, found.error) == (RunState.FAILED, "ConnectionError")


def test_the_note_of_a_failure_is_tried_again() -> None:
    failed = machine.definition("arn:aws:lambda:us-east-1:123456789012:function:closing")["States"]["Failed"]
    assert failed["Retry"][0]["ErrorEquals"] == ["States.ALL"]
    assert failed["Retry"][0]["MaxAttempts"] >= 5


# -- reports ----------------------------------------------------------------------------------------------------


def report_steps(bank: SmallBank, run_id: str) -> dict[str, StepRun]:
    """The steps of a run's last phase by their part."""
    return {
        step.part: step for step in service.progress(bank.work(), run_id).steps if step.step in LATER_STEPS
    }


def test_a_report_that_fails_stops_nothing_is_shown_and_is_made_by_a_retry(
    monkeypatch: pytest.MonkeyPatch, machines: Machines
) -> None:
    def broken(work: UnitOfWork, filters: Any) -> Any:
        raise UnknownBranch("branch")

    bank = a_bank()
    run_id = start_closing(bank)
    with monkeypatch.context() as patched:
        report = report_named("trial_balance")
        patched.setitem(registry._REPORTS, "trial_balance", replace(report, rows=broken))
        drive(bank.store, run_id)
    assert the_run(bank, run_id).state is RunState.COMPLETED
    assert bank.today() > FIRST_DAY
    failed = report_steps(bank, run_id)["1"]
    assert (failed.state, failed.error) == (StepState.FAILED, "TRIAL_BALANCE: unknown_branch")
    assert service.progress(bank.work(), run_id).lacking == 3
    assert (failed.tally.read, failed.tally.processed, failed.tally.failed) == (3, 2, 1)
    resumed = bank.do(lambda work: service.retry(work, run_id))
    assert (resumed.state, list(machines.executions)) == (RunState.RUNNING, [f"{run_id}-2"])
    following = bank.do(service.start)
    drive(bank.store, run_id)
    assert the_run(bank, run_id).state is RunState.COMPLETED
    assert {step.state for step in report_steps(bank, run_id).values()} == {StepState.COMPLETED}
    assert bank.work().get(LOCK).run_id == following.id, "the next day's run keeps its lock"
    with pytest.raises(NothingToRetry):
        bank.do(lambda work: service.retry(work, run_id))


def test_a_report_that_cannot_be_made_is_left_out_for_a_reason(
    monkeypatch: pytest.MonkeyPatch, machines: Machines
) -> None:
    bank = a_bank()
    run_id = start_closing(bank)
    with monkeypatch.context() as patched:
        patched.setattr(registry, "_REPORTS", {})
        drive(bank.store, run_id)
    for part in report_steps(bank, run_id):
        bank.do(lambda work, part=part: service.skip(work, run_id, "report", part, "not needed"))  # type: ignore[misc]
    with pytest.raises(NothingToRetry):
        bank.do(lambda work: service.retry(work, run_id))


def test_the_day_opens_before_anything_is_reported_and_no_failure_of_a_report_fails_the_run() -> None:
    states = machine.definition("arn:aws:lambda:us-east-1:123456789012:function:closing")["States"]
    assert states["OpenBranches"]["Next"] == "DueReports"
    for name in ("DueReports", "Reports"):
        assert [catch["Next"] for catch in states[name]["Catch"]] == ["Finish"]


# -- dates that have not come -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 5, 29, 4, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 29, 5, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 20, tzinfo=UTC), True),
    ],
)
def test_a_date_is_closed_once_it_has_come_where_the_cooperative_is(
    monkeypatch: pytest.MonkeyPatch, machines: Machines, moment: datetime, due: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    bank = a_bank()
    if due:
        assert bank.do(service.start).business_date == FIRST_DAY
    else:
        with pytest.raises(service.NotYetDue):
            bank.do(service.start)


def test_a_cooperative_may_close_ahead_of_the_clock(
    monkeypatch: pytest.MonkeyPatch, machines: Machines
) -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    bank = a_bank()
    ahead = ParameterVersion(
        kind=CONTROL_KIND,
        code="main",
        scope="tenant",
        number=990101,
        effective_from=date(2026, 1, 1),
        state=VersionState.APPROVED,
        body={"allow_future_dates": True},
        maker="usr_admin",
        made_at=moment,
    )
    tenant = bank.work().get(TENANTS)
    bank.store.batch_put("config", [VERSIONS.encode(bank.store.tenant, ahead, 1)])
    changed = replace(tenant, config_version=990101)
    bank.store.batch_put("config", [TENANTS.encode(bank.store.tenant, changed, tenant.version)])
    assert bank.do(service.start).state is RunState.RUNNING


def test_a_bank_without_branches_has_nothing_to_close() -> None:
    bank = a_bank(branches=())
    with pytest.raises(UnknownBranch):
        bank.do(service.start)
