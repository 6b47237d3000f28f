"""The chart of accounts and its roles."""

from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.reports import balances
from chalicelib.modules.accounting.reports.balances import AccountQuery
from chalicelib.modules.accounting.repository.branches import today_of
from chalicelib.modules.accounting.schemas.chart import (
    AccountAt,
    AccountChangeList,
    AccountChangeView,
    AccountList,
    AccountView,
    ChartFilter,
    OnDate,
    RoleList,
    RoleView,
)
from chalicelib.modules.accounting.schemas.chart_changes import (
    AccountChangesView,
    AccountImportView,
    ChangeAccounts,
    ImportAccounts,
)
from chalicelib.modules.accounting.schemas.ledger import (
    StandingQuery,
    StandingView,
)
from chalicelib.modules.accounting.service import (
    chart,
    chart_changes,
)
from chalicelib.platform import wording
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("accounting", approvable=True)


@routes.get("/accounts", permission=permissions.READ_LEDGER, query=ChartFilter, response=AccountList)
def list_accounts(work: UnitOfWork, query: ChartFilter) -> AccountList:
    """The chart of accounts on a date."""
    found = chart.accounts(work, query.asked(), query.on or today_of(work))
    language = work.context.language
    return AccountList(items=[AccountView.of(code, account, language) for code, account in found])


@routes.get("/accounts/{code}", permission=permissions.READ_LEDGER, query=AccountAt, response=AccountView)
def read_account(work: UnitOfWork, code: str, query: AccountAt) -> AccountView:
    """An account of the chart, as the institution or a branch keeps it."""
    account = chart.account(work, code, query.on or today_of(work), query.branch or "")
    return AccountView.of(code, account, work.context.language)


@routes.get("/accounts/{code}/changes", permission=permissions.READ_LEDGER, response=AccountChangeList)
def list_account_changes(work: UnitOfWork, code: str) -> AccountChangeList:
    """Who changed what of an account, and when."""
    found = chart.account_changes(work, code, today_of(work))
    return AccountChangeList(items=[AccountChangeView.of(change) for change in found])


@routes.get(
    "/accounts/{code}/standing",
    permission=permissions.READ_LEDGER,
    query=StandingQuery,
    response=StandingView,
)
def read_standing(work: UnitOfWork, code: str, query: StandingQuery) -> StandingView:
    """An account's balance now, at the last month end, and the turnover of its day, month and year."""
    asked = AccountQuery(code, query.cover, query.currency or "")
    return StandingView.of(balances.standing(work, asked, query.on), work.context.language)


@routes.get("/roles", permission=permissions.READ_LEDGER, query=OnDate, response=RoleList)
def list_roles(work: UnitOfWork, query: OnDate) -> RoleList:
    """The roles modules post under, and the accounts they lead to."""
    return RoleList(items=[RoleView.of(state) for state in chart.roles(work, query.on or today_of(work))])


@routes.post(
    "/account-imports/previews",
    permission=permissions.CHANGE_ACCOUNTS,
    request=ImportAccounts,
    response=AccountImportView,
    status=200,
    approvable=False,
)
def preview_account_import(work: UnitOfWork, body: ImportAccounts) -> AccountImportView:
    """Say what a file of accounts would create and which of its lines are wrong."""
    return _imported(work, chart_changes.plan_import(work, body.csv, body.effective_from))


@routes.post(
    "/account-imports",
    permission=permissions.CHANGE_ACCOUNTS,
    request=ImportAccounts,
    response=AccountImportView,
)
def import_accounts(work: UnitOfWork, body: ImportAccounts) -> AccountImportView:
    """Create the accounts of a file; lines that are wrong are left out and reported."""
    return _imported(work, chart_changes.import_accounts(work, body.csv, body.effective_from))


@routes.post(
    "/account-changes/previews",
    permission=permissions.CHANGE_ACCOUNTS,
    request=ChangeAccounts,
    response=AccountChangesView,
    status=200,
    approvable=False,
)
def preview_account_changes(work: UnitOfWork, body: ChangeAccounts) -> AccountChangesView:
    """Say which accounts a change of attributes would touch, and what it would change of each."""
    return AccountChangesView.of(chart_changes.plan_change(work, body.wanted()))


@routes.post(
    "/account-changes",
    permission=permissions.CHANGE_ACCOUNTS,
    request=ChangeAccounts,
    response=AccountChangesView,
)
def change_accounts(work: UnitOfWork, body: ChangeAccounts) -> AccountChangesView:
    """Change attributes of many accounts at once, of the institution or of some branches."""
    return AccountChangesView.of(chart_changes.change_accounts(work, body.wanted()))


def _imported(work: UnitOfWork, found: chart_changes.Imported) -> AccountImportView:
    messages = [
        wording.say(work, f"errors.{problem.problem}.detail", **problem.params) for problem in found.problems
    ]
    return AccountImportView.of(found, messages)
