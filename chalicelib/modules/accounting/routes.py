"""The routes of accounting."""

from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.reports import balances, movements
from chalicelib.modules.accounting.reports.balances import AccountQuery
from chalicelib.modules.accounting.reports.exceptions import breaches
from chalicelib.modules.accounting.reports.trial_balance import trial_balance_of
from chalicelib.modules.accounting.repository import vouchers as voucher_store
from chalicelib.modules.accounting.repository.branches import Cover, today_of
from chalicelib.modules.accounting.schemas.chart import (
    AccountChangeList,
    AccountChangeView,
    AccountList,
    AccountView,
    ChartFilter,
    OnDate,
    RoleList,
    RoleView,
)
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
from chalicelib.modules.accounting.schemas.entries import EntryView
from chalicelib.modules.accounting.schemas.ledger import (
    DayBalanceList,
    MovementList,
    MovementsQuery,
    PeriodOfAccountQuery,
    StandingQuery,
    StandingView,
    TrialBalanceQuery,
    TrialBalanceView,
)
from chalicelib.modules.accounting.schemas.trades import TradeCurrency, TradeReceipt
from chalicelib.modules.accounting.schemas.vouchers import (
    CaptureVoucher,
    Decision,
    TemplateVoucher,
    VoucherList,
    VoucherReason,
    VoucherRequest,
    VouchersQuery,
    VoucherView,
)
from chalicelib.modules.accounting.service import (
    chart,
    concluding,
    enquiry,
    entries,
    exceptions,
    periods,
    templates,
    trades,
    vouchers,
)
from chalicelib.platform import wording
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("accounting", approvable=True)


# -- chart ----------------------------------------------------------------------------------------------------


@routes.get("/accounts", permission=permissions.READ_LEDGER, query=ChartFilter, response=AccountList)
def list_accounts(work: UnitOfWork, query: ChartFilter) -> AccountList:
    """The chart of accounts on a date."""
    found = chart.accounts(work, query.asked(), query.on or today_of(work))
    language = work.context.language
    return AccountList(items=[AccountView.of(code, account, language) for code, account in found])


@routes.get("/accounts/{code}", permission=permissions.READ_LEDGER, query=OnDate, response=AccountView)
def read_account(work: UnitOfWork, code: str, query: OnDate) -> AccountView:
    """An account of the chart."""
    account = chart.account(work, code, query.on or today_of(work))
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


# -- balances -------------------------------------------------------------------------------------------------


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


# -- vouchers -------------------------------------------------------------------------------------------------


@routes.post(
    "/vouchers",
    permission=permissions.CAPTURE_VOUCHER,
    request=CaptureVoucher,
    response=VoucherView,
    money=True,
    amount=lambda body: body.debits(),
)
def capture_voucher(work: UnitOfWork, body: CaptureVoucher) -> VoucherView:
    """Enter a voucher."""
    return VoucherView.of(vouchers.capture(work, body.content(), body.submit))


@routes.post(
    "/templates/{code}/vouchers",
    permission=permissions.CAPTURE_VOUCHER,
    request=TemplateVoucher,
    response=VoucherView,
    money=True,
    amount=lambda body: body.amount,
)
def capture_from_template(work: UnitOfWork, code: str, body: TemplateVoucher) -> VoucherView:
    """Enter a voucher from a template: its amount, branch and date."""
    return VoucherView.of(templates.capture(work, code, body.asked()))


@routes.get("/vouchers", permission=permissions.READ_LEDGER, query=VouchersQuery, response=VoucherList)
def list_vouchers(work: UnitOfWork, query: VouchersQuery) -> VoucherList:
    """Vouchers by number, or by branch, date and state."""
    asked = enquiry.VoucherQuery(
        query.branch or "",
        query.number,
        query.captured_on,
        query.state,
        query.from_date,
        query.to_date,
        query.limit,
        query.cursor,
    )
    return VoucherList.of(enquiry.find_vouchers(work, asked))


@routes.get("/vouchers/{id}", permission=permissions.READ_LEDGER, response=VoucherView)
def read_voucher(work: UnitOfWork, id: str) -> VoucherView:
    """A voucher with its lines."""
    return VoucherView.of(voucher_store.voucher(work, id))


@routes.put(
    "/vouchers/{id}", permission=permissions.CAPTURE_VOUCHER, request=VoucherRequest, response=VoucherView
)
def change_voucher(work: UnitOfWork, id: str, body: VoucherRequest) -> VoucherView:
    """Replace the content of a draft."""
    return VoucherView.of(vouchers.change(work, id, body.content()))


@routes.post(
    "/vouchers/{id}/submissions",
    permission=permissions.CAPTURE_VOUCHER,
    response=VoucherView,
    status=200,
    money=True,
)
def submit_voucher(work: UnitOfWork, id: str) -> VoucherView:
    """Submit a draft."""
    return VoucherView.of(vouchers.submit(work, id))


@routes.post(
    "/vouchers/{id}/authorisations",
    permission=permissions.AUTHORISE_VOUCHER,
    request=Decision,
    response=VoucherView,
    money=True,
    approvable=False,
)
def decide_voucher(work: UnitOfWork, id: str, body: Decision) -> VoucherView:
    """Authorise or reject a voucher that somebody else entered."""
    return VoucherView.of(vouchers.decide(work, id, body.decision == "approve", body.reason))


@routes.post(
    "/vouchers/{id}/reversals",
    permission=permissions.REVERSE_VOUCHER,
    request=VoucherReason,
    response=VoucherView,
    money=True,
)
def reverse_voucher(work: UnitOfWork, id: str, body: VoucherReason) -> VoucherView:
    """Undo an applied voucher by its mirror."""
    return VoucherView.of(vouchers.reverse(work, id, body.reason))


# -- foreign currency -----------------------------------------------------------------------------------------


@routes.post(
    "/currency-trades",
    permission=permissions.TRADE_CURRENCY,
    request=TradeCurrency,
    response=TradeReceipt,
    money=True,
    amount=lambda body: body.amount,
)
def trade_currency(work: UnitOfWork, body: TradeCurrency) -> TradeReceipt:
    """Buy or sell foreign currency in cash."""
    return TradeReceipt.of(trades.trade(work, body.asked()), work.context.actor.name)


# -- exceptions -----------------------------------------------------------------------------------------------


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


# -- periods --------------------------------------------------------------------------------------------------


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
