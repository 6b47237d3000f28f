"""The caller: who they are, their menu, their language, and which day it is for them."""

from dataclasses import replace
from datetime import date

from chalicelib.platform import menu, today
from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.closing.runs import LOCK, RUNS
from chalicelib.platform.http.routes import ANY, SIGNED_IN, Routes
from chalicelib.platform.schemas.access import (
    BranchDay,
    BranchDays,
    LanguageChoice,
    Me,
    StaffUser,
    TenantView,
)
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.wording import LanguageNotOffered
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get("/me", permission=SIGNED_IN, realm=ANY, response=Me)
def read_me(work: UnitOfWork) -> Me:
    """The caller, their menu and permissions, and the business date of each of their branches."""
    actor = work.context.actor
    work.load([(PEOPLE, {"id": actor.id}), (TENANTS, {})])
    return Me(
        user=StaffUser.of(work.get(PEOPLE, id=actor.id), actor.permissions),
        tenant=TenantView.of(work.get(TENANTS)),
        menu=menu.menu_of(work),
        business_dates=business_dates(work),
        permissions=list(actor.permissions),
        language=work.context.language,
    )


@routes.put("/me/language", permission=SIGNED_IN, realm=ANY, request=LanguageChoice, status=204)
def choose_language(work: UnitOfWork, body: LanguageChoice) -> None:
    """Read everything in another language from now on, on every device."""
    offered = {tag.split("-")[0] for tag in work.context.tenant.languages}
    if body.language.split("-")[0] not in offered:
        raise LanguageNotOffered("language", language=body.language)
    person = work.get(PEOPLE, id=work.context.actor.id)
    work.put(PEOPLE, replace(person, language=body.language))


@routes.get("/business-dates", permission=SIGNED_IN, response=BranchDays)
def list_business_dates(work: UnitOfWork) -> BranchDays:
    """The business date of each branch in the caller's scope, and whether the day before is still being closed."""
    return BranchDays(items=business_dates(work))


def business_dates(work: UnitOfWork) -> list[BranchDay]:
    """The business date of each branch in the caller's scope."""
    actor, closing = work.context.actor, _closing_branches(work)
    names = {code: branch.name for code, branch in work.config.all(today.BRANCH_KIND, date.max)}
    return [
        BranchDay(
            branch=branch,
            name=names.get(branch, branch),
            business_date=gate.business_date,
            previous_date=gate.previous_date,
            next_date=gate.next_date,
            state="closing" if branch in closing else "open",
        )
        for branch, gate in today.gates(work).items()
        if actor.sees_branch(branch)
    ]


def _closing_branches(work: UnitOfWork) -> tuple[str, ...]:
    """Branches whose last business date is being closed: by a run under way, or by one that waits to be retried."""
    lock = work.find(LOCK)
    run = work.find(RUNS, id=lock.run_id) if lock else None
    return run.branches if run else ()
