"""The routes of accounts, their money and their holds."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.schemas.accounts import (
    AccountList,
    AccountsQuery,
    AccountView,
    DatesQuery,
    InterestView,
    MaintainAccount,
    MaintainedList,
    MaintainedQuery,
    MoneyRequest,
    OpenAccount,
    Reason,
    TransferRequest,
    WithdrawalRequest,
    account_view,
)
from chalicelib.modules.deposits.schemas.balances import BalancesView, balances_view
from chalicelib.modules.deposits.schemas.holds import HoldList, HoldRequest, HoldView
from chalicelib.modules.deposits.schemas.overdraft import (
    OverdraftLimitList,
    OverdraftLimitView,
    SetOverdraftLimit,
    WriteOffView,
    overdraft_view,
)
from chalicelib.modules.deposits.schemas.receipts import ReceiptView
from chalicelib.modules.deposits.service import enquiry, holds, maintenance, money, opening, overdraft, trail
from chalicelib.modules.deposits.service.money import Instruction
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.post("/accounts", permission=permissions.OPEN_ACCOUNT, request=OpenAccount, response=AccountView)
def open_account(work: UnitOfWork, body: OpenAccount) -> AccountView:
    """Open an account for a person with a plan."""
    asked = opening.Opening(
        body.party_id,
        body.branch,
        body.plan,
        body.number,
        body.overrides,
        body.interest_account,
        body.interest_payee,
    )
    account = opening.open_account(work, asked)
    return account_view(work, account, terms=True)


@routes.get("/accounts", permission=permissions.READ_ACCOUNT, query=AccountsQuery, response=AccountList)
def list_accounts(work: UnitOfWork, query: AccountsQuery) -> AccountList:
    """The accounts of a person, or the account with a number."""
    if query.number:
        found = [repository.account_numbered(work, query.number, "number")]
    else:
        found = repository.accounts_of(work, query.party_id)
    return AccountList(items=[account_view(work, account) for account in found])


@routes.get("/accounts/{account_id}", permission=permissions.READ_ACCOUNT, response=AccountView)
def read_account(work: UnitOfWork, account_id: str) -> AccountView:
    """An account with its balances and its terms."""
    return account_view(work, repository.account(work, account_id), terms=True)


@routes.patch(
    "/accounts/{account_id}",
    permission=permissions.MAINTAIN_ACCOUNT,
    request=MaintainAccount,
    response=AccountView,
)
def maintain_account(work: UnitOfWork, account_id: str, body: MaintainAccount) -> AccountView:
    """Change the account's own terms, its name, officer, marketing codes and the cooperative's own fields."""
    return account_view(work, maintenance.maintain(work, account_id, body.changes()), terms=True)


@routes.get(
    "/accounts/{account_id}/maintenance",
    permission=permissions.READ_ACCOUNT,
    query=MaintainedQuery,
    response=MaintainedList,
)
def list_maintenance(work: UnitOfWork, account_id: str, query: MaintainedQuery) -> MaintainedList:
    """What was changed of an account, by whom and when."""
    items, following = trail.kept(work, account_id, query.limit, query.cursor)
    return MaintainedList(items=items, next_cursor=following)


@routes.get("/accounts/{account_id}/balances", permission=permissions.READ_ACCOUNT, response=BalancesView)
def read_balances(work: UnitOfWork, account_id: str) -> BalancesView:
    """What an account holds at this moment."""
    return balances_view(work, repository.account(work, account_id))


@routes.get(
    "/accounts/{account_id}/interest",
    permission=permissions.READ_ACCOUNT,
    query=DatesQuery,
    response=InterestView,
)
def list_interest(work: UnitOfWork, account_id: str, query: DatesQuery) -> InterestView:
    """The interest of an account day by day."""
    return InterestView.of(enquiry.interest_days(work, account_id, query.from_date, query.to_date))


@routes.post(
    "/accounts/{account_id}/deposits",
    permission=permissions.POST_DEPOSIT,
    request=MoneyRequest,
    response=ReceiptView,
    money=True,
    amount=lambda body: body.amount,
)
def post_deposit(work: UnitOfWork, account_id: str, body: MoneyRequest) -> ReceiptView:
    """Take a deposit."""
    asked = Instruction(
        account_id,
        body.amount,
        body.narrative,
        body.code,
        value_date=body.value_date,
        acknowledged=tuple(body.acknowledged_cautions),
    )
    return ReceiptView.of(money.deposit(work, asked), work.context.actor.name)


@routes.post(
    "/accounts/{account_id}/withdrawals",
    permission=permissions.POST_WITHDRAWAL,
    request=WithdrawalRequest,
    response=ReceiptView,
    money=True,
    amount=lambda body: body.amount,
)
def post_withdrawal(work: UnitOfWork, account_id: str, body: WithdrawalRequest) -> ReceiptView:
    """Pay a withdrawal."""
    asked = Instruction(
        account_id,
        body.amount,
        body.narrative,
        body.code,
        beyond_limits=body.beyond_limits,
        value_date=body.value_date,
        acknowledged=tuple(body.acknowledged_cautions),
    )
    return ReceiptView.of(money.withdraw(work, asked), work.context.actor.name)


@routes.post(
    "/transfers",
    permission=permissions.POST_TRANSFER,
    request=TransferRequest,
    response=ReceiptView,
    money=True,
    amount=lambda body: body.amount,
)
def post_transfer(work: UnitOfWork, body: TransferRequest) -> ReceiptView:
    """Transfer between two accounts."""
    asked = Instruction(
        body.from_account,
        body.amount,
        body.narrative,
        body.code,
        acknowledged=tuple(body.acknowledged_cautions),
    )
    return ReceiptView.of(money.transfer(work, asked, body.to_account), work.context.actor.name)


@routes.get("/accounts/{account_id}/holds", permission=permissions.READ_ACCOUNT, response=HoldList)
def list_holds(work: UnitOfWork, account_id: str) -> HoldList:
    """The holds of an account."""
    account = repository.account(work, account_id)
    return HoldList(items=[HoldView.of(hold) for hold in repository.holds(work, account.id)])


@routes.post(
    "/accounts/{account_id}/holds",
    permission=permissions.HOLD_FUNDS,
    request=HoldRequest,
    response=HoldView,
    amount=lambda body: body.amount,
)
def place_hold(work: UnitOfWork, account_id: str, body: HoldRequest) -> HoldView:
    """Hold an amount or a side of an account."""
    asked = holds.HoldAsked(account_id, body.code, body.amount, body.reason, body.expires_on)
    account, hold = holds.place_hold(work, asked)
    return HoldView.of(hold, account.available_on(business_date(work, account.branch)))


@routes.post(
    "/accounts/{account_id}/holds/{hold_id}/releases",
    permission=permissions.HOLD_FUNDS,
    request=Reason,
    response=HoldView,
)
def release_hold(work: UnitOfWork, account_id: str, hold_id: str, body: Reason) -> HoldView:
    """Release a hold."""
    account, hold = holds.release_hold(work, account_id, hold_id, body.reason)
    return HoldView.of(hold, account.available_on(business_date(work, account.branch)))


@routes.get(
    "/accounts/{account_id}/overdraft-limits",
    permission=permissions.READ_ACCOUNT,
    response=OverdraftLimitList,
)
def list_overdraft_limits(work: UnitOfWork, account_id: str) -> OverdraftLimitList:
    """The overdraft limits of an account and what is used of them."""
    account = repository.account(work, account_id)
    limits = [OverdraftLimitView.of(limit) for limit in repository.overdraft_limits(work, account.id)]
    return OverdraftLimitList(items=limits, overdraft=overdraft_view(work, account))


@routes.post(
    "/accounts/{account_id}/overdraft-limits",
    permission=permissions.SET_OVERDRAFT_LIMITS,
    request=SetOverdraftLimit,
    response=OverdraftLimitView,
    amount=lambda body: body.amount,
)
def set_overdraft_limit(work: UnitOfWork, account_id: str, body: SetOverdraftLimit) -> OverdraftLimitView:
    """Grant an account an overdraft limit of its own."""
    return OverdraftLimitView.of(overdraft.set_limit(work, body.asked(account_id)))


@routes.post(
    "/accounts/{account_id}/overdraft-limits/{limit_id}/cancellations",
    permission=permissions.SET_OVERDRAFT_LIMITS,
    request=Reason,
    response=OverdraftLimitView,
)
def cancel_overdraft_limit(
    work: UnitOfWork, account_id: str, limit_id: str, body: Reason
) -> OverdraftLimitView:
    """End an overdraft limit of an account today."""
    return OverdraftLimitView.of(overdraft.withdraw_limit(work, account_id, limit_id, body.reason))


@routes.post(
    "/accounts/{account_id}/overdraft-write-offs",
    permission=permissions.WRITE_OFF_OVERDRAFT,
    request=Reason,
    response=WriteOffView,
    money=True,
)
def write_off_overdraft(work: UnitOfWork, account_id: str, body: Reason) -> WriteOffView:
    """Write off what an account owes, its interest with it."""
    return WriteOffView.of(overdraft.write_off(work, account_id, body.reason))
