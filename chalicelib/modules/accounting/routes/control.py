"""What is out of order, and the accounting months."""

from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.reports.exceptions import breaches
from chalicelib.modules.accounting.schemas.control import (
    AskReopening,
    BreachesQuery,
    BreachList,
    BreachView,
    ClosePeriod,
    ExceptionList,
    ExceptionsQuery,
    PeriodList,
    PeriodsQuery,
    PeriodView,
    PostingExceptionView,
    RefusalList,
    RefusalsQuery,
    RefusalView,
    RepostingView,
)
from chalicelib.modules.accounting.schemas.vouchers import (
    Decision,
)
from chalicelib.modules.accounting.service import (
    concluding,
    exceptions,
    periods,
)
from chalicelib.platform import wording
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("accounting", approvable=True)


@routes.get(
    "/exceptions", permission=permissions.READ_EXCEPTIONS, query=ExceptionsQuery, response=ExceptionList
)
def list_exceptions(work: UnitOfWork, query: ExceptionsQuery) -> ExceptionList:
    """Postings that went to suspense."""
    return ExceptionList.of(exceptions.listed(work, query.asked(), query.limit, query.cursor))


@routes.get("/exceptions/{id}", permission=permissions.READ_EXCEPTIONS, response=PostingExceptionView)
def read_exception(work: UnitOfWork, id: str) -> PostingExceptionView:
    """A posting that went to suspense."""
    found = exceptions.posting_exception(work, id)
    return PostingExceptionView.of(found, exceptions.source_of_exception(work, found))


@routes.post(
    "/exceptions/{id}/repostings",
    permission=permissions.REPOST_EXCEPTION,
    response=RepostingView,
    money=True,
)
def repost_exception(work: UnitOfWork, id: str) -> RepostingView:
    """Move an amount out of suspense to the account its role means now."""
    return RepostingView.of(exceptions.repost(work, id))


@routes.get("/refusals", permission=permissions.READ_EXCEPTIONS, query=RefusalsQuery, response=RefusalList)
def list_refusals(work: UnitOfWork, query: RefusalsQuery) -> RefusalList:
    """Vouchers that the end of day was to make and that were refused."""
    found = concluding.refusals(work, query.on)
    titles = [wording.say(work, f"errors.{each.problem}.title") for each in found]
    return RefusalList(items=[RefusalView.of(*each) for each in zip(found, titles, strict=True)])


@routes.get(
    "/account-exceptions", permission=permissions.READ_EXCEPTIONS, query=BreachesQuery, response=BreachList
)
def list_account_exceptions(work: UnitOfWork, query: BreachesQuery) -> BreachList:
    """Accounts whose balance or movements are beyond their attributes."""
    on, found = breaches(work, query.cover, query.on)
    return BreachList(date=on, items=[BreachView.of(each) for each in found])


@routes.get("/periods", permission=permissions.READ_LEDGER, query=PeriodsQuery, response=PeriodList)
def list_periods(work: UnitOfWork, query: PeriodsQuery) -> PeriodList:
    """The accounting months of a branch's year."""
    found = periods.periods(work, query.branch, query.year)
    return PeriodList(items=[PeriodView.of(period) for period in found])


@routes.post(
    "/periods/{branch}/{month}/closings",
    permission=permissions.CLOSE_PERIOD,
    request=ClosePeriod,
    response=PeriodView,
)
def close_period(work: UnitOfWork, branch: str, month: str, body: ClosePeriod) -> PeriodView:
    """Close a month of a branch, softly or for good."""
    return PeriodView.of(periods.close_period(work, branch, month, body.state == "closed", body.reason))


@routes.post(
    "/periods/{branch}/{month}/reopenings",
    permission=permissions.REOPEN_PERIOD,
    request=AskReopening,
    response=PeriodView,
)
def ask_reopening(work: UnitOfWork, branch: str, month: str, body: AskReopening) -> PeriodView:
    """Ask for a closed month to be reopened."""
    return PeriodView.of(periods.ask_reopening(work, branch, month, body.reason))


@routes.post(
    "/periods/{branch}/{month}/reopening-decisions",
    permission=permissions.APPROVE_REOPENING,
    request=Decision,
    response=PeriodView,
)
def decide_reopening(work: UnitOfWork, branch: str, month: str, body: Decision) -> PeriodView:
    """Decide on somebody else's wish to reopen a month."""
    approve = body.decision == "approve"
    return PeriodView.of(periods.decide_reopening(work, branch, month, approve, body.reason))
