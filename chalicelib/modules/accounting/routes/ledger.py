"""Balances, movements and entries."""

from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.reports import balances, movements
from chalicelib.modules.accounting.reports.balances import AccountQuery
from chalicelib.modules.accounting.reports.trial_balance import trial_balance_of
from chalicelib.modules.accounting.repository.branches import Cover
from chalicelib.modules.accounting.schemas.entries import EntryView
from chalicelib.modules.accounting.schemas.ledger import (
    DayBalanceList,
    MovementList,
    MovementsQuery,
    PeriodOfAccountQuery,
    TrialBalanceQuery,
    TrialBalanceView,
)
from chalicelib.modules.accounting.service import (
    entries,
)
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("accounting", approvable=True)


@routes.get(
    "/trial-balance",
    permission=permissions.READ_LEDGER,
    query=TrialBalanceQuery,
    response=TrialBalanceView,
)
def read_trial_balance(work: UnitOfWork, query: TrialBalanceQuery) -> TrialBalanceView:
    """The trial balance of a branch or of several, on a date or over a period."""
    return TrialBalanceView.of(trial_balance_of(work, query.asked()), query, work.context.language)


@routes.get(
    "/balances",
    permission=permissions.READ_LEDGER,
    query=PeriodOfAccountQuery,
    response=DayBalanceList,
)
def list_balances(work: UnitOfWork, query: PeriodOfAccountQuery) -> DayBalanceList:
    """The balances of an account day by day, of a branch and of all."""
    currency = query.currency or work.context.tenant.currency
    own = AccountQuery(query.account, query.cover, currency)
    days = balances.day_balances(work, own, query.from_date, query.to_date)
    all_branches = AccountQuery(query.account, Cover(), currency)
    whole = (
        balances.day_balances(work, all_branches, query.from_date, query.to_date)
        if own.cover != Cover()
        else []
    )
    return DayBalanceList.of(query, currency, days, whole)


@routes.get("/movements", permission=permissions.READ_LEDGER, query=MovementsQuery, response=MovementList)
def list_movements(work: UnitOfWork, query: MovementsQuery) -> MovementList:
    """The movements of an account between two dates."""
    asked = AccountQuery(query.account, query.cover, query.currency or "")
    found = movements.movements(work, asked, query.from_date, query.to_date, query.limit, query.cursor)
    return MovementList.of(query.account, found)


@routes.get("/entries/{entry_id}", permission=permissions.READ_LEDGER, response=EntryView)
def read_entry(work: UnitOfWork, entry_id: str) -> EntryView:
    """A journal entry with its legs and the way to its source."""
    return EntryView.of(entries.find_entry(work, entry_id))
