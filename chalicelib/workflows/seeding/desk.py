"""The bank at work in the past: operations of its routes by its own staff, and its end of day, on the workbench."""

from collections.abc import Callable
from dataclasses import field, replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import clock
from chalicelib.platform.access.authentication import actor_of
from chalicelib.platform.access.people import Person
from chalicelib.platform.clock import zone
from chalicelib.platform.closing.branches import branch_codes, calendar_of
from chalicelib.platform.closing.runs import RUNS, ClosingRun, RunState
from chalicelib.platform.context import Actor, Context
from chalicelib.platform.http.routes import Operation, operation_named
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.days import business_date, open_branch
from chalicelib.platform.tenancy import Tenant
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over, tasks
from chalicelib.workflows.onboarding.register import ACTOR
from chalicelib.workflows.seeding.past import Past
from chalicelib.workflows.seeding.workbench import Workbench

T = TypeVar("T")
OPENS, SHUTS, CLOSES = time(8, 30), time(16, 30), time(18, 0)


class NobodyMay(InvariantError):
    """None of the tenant's staff may do what history needs done."""

    code = "nobody_may"


@dataclass(slots=True)
class Desk:
    """A tenant at work in memory."""

    bench: Workbench
    tenant: Tenant
    config: Snapshot
    staff: list[Person]
    past: Past
    _actors: dict[tuple[str, ...], Actor] = field(default_factory=dict)
    _operations: dict[str, Operation] = field(default_factory=dict)

    # -- work --------------------------------------------------------------------------------------------------

    def do(self, operation: str, branches: tuple[str, ...], body: dict[str, Any], **path: str) -> Any:
        """Carry out an operation as somebody of the first branch who may and who sees them all; answers its view."""
        found = self._operation(operation)
        arguments: dict[str, Any] = dict(path)
        if found.request is not None:
            arguments["body"] = found.request.model_construct(**body)
        return self.commit(
            lambda work: found.handler(work, **arguments), self.actor(found.permission, *branches)
        )

    def commit(self, action: Callable[[UnitOfWork], T], actor: Actor = ACTOR) -> T:
        """Do something in a transaction of its own."""
        work = self.work(actor)
        result = action(work)
        work.commit()
        return result

    def work(self, actor: Actor = ACTOR) -> UnitOfWork:
        """A unit of work on the workbench."""
        channel = "system" if actor is ACTOR else "console"
        context = Context(self.tenant.context(), actor, "seed", channel, self.tenant.default_language)
        return UnitOfWork(self.bench, context, self.config)

    def actor(self, permission: str, *branches: str) -> Actor:
        """Somebody who has a permission and sees these branches, of the first one if anybody is. Raises NobodyMay."""
        if (permission, *branches) not in self._actors:
            day = clock.day_at(clock.now(), self.tenant.time_zone)
            able = [
                actor
                for person in self.staff
                if (actor := actor_of(person, self.config, day)).may(permission)
                and all(actor.sees_branch(branch) for branch in branches)
            ]
            if not able:
                raise NobodyMay("permission", permission=permission, branch=", ".join(branches))
            there = [actor for actor in able if actor.branch == branches[0]]
            self._actors[permission, *branches] = (there or able)[0]
        return self._actors[permission, *branches]

    def _operation(self, name: str) -> Operation:
        if name not in self._operations:
            self._operations[name] = operation_named(name)
        return self._operations[name]

    # -- days --------------------------------------------------------------------------------------------------

    def branches(self, on: date) -> list[str]:
        """Codes of the branches that work."""
        return branch_codes(self.config, on)

    def begin(self, first: date) -> None:
        """Put every branch on its first business date on or after a day."""
        for branch in self.branches(first):
            days = calendar_of(self.config, branch, first)
            day = first if days.is_business(first) else days.next(first)
            self.commit(
                partial(
                    open_branch,
                    branch=branch,
                    first=day,
                    previous=days.previous(day),
                    following=days.next(day),
                )
            )

    def business_date(self, branch: str) -> date:
        """The date a branch stands on."""
        return business_date(self.work(), branch)

    def go_to(self, day: date, moment: time) -> None:
        """Set the clock to a time of day in the tenant's zone."""
        self.past.go_to(datetime.combine(day, moment, zone(self.tenant.time_zone)).astimezone(UTC))

    def close_day(self) -> ClosingRun:
        """Run the end of day for the earliest date that branches stand on, with every proof of it."""
        work = self.work()
        closing, opening, branches = cut_over.branches_to_close(work, self.past.instant.date())
        self.go_to(closing, CLOSES)
        run = ClosingRun(
            id=derived_id("run", self.tenant.code, closing.isoformat(), *branches),
            business_date=closing,
            open_date=opening,
            branches=branches,
            state=RunState.RUNNING,
            started_by=ACTOR.id,
            started_at=self.past.now(),
        )
        self.commit(lambda fresh: fresh.put(RUNS, run))
        job = tasks.Job(self.bench, self.tenant, self.config, run.id, "")
        self._carry_out(job)
        return run

    def _carry_out(self, job: tasks.Job) -> None:
        """The steps of the state machine, in its order."""
        plan = tasks.TASKS["begin"](job, {})
        for task, part in (*tasks.in_order(plan), ("finish", "")):
            tasks.TASKS[task](replace(job, part=part), {})
