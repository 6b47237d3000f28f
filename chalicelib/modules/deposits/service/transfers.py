"""Between which of their accounts a member may transfer now, and the words for what a transfer costs."""

from chalicelib.kernel.errors import BankError
from chalicelib.kernel.names import name_in
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.movement import check_status
from chalicelib.modules.deposits.domain.status import CODE, system_code
from chalicelib.modules.deposits.plans import ServiceCharge, TransactionCode
from chalicelib.modules.deposits.service import codes
from chalicelib.platform.posting.accounts import PostingDay
from chalicelib.platform.posting.days import gate_of
from chalicelib.platform.work import UnitOfWork

CHARGE = "deposits.service_charge"


def may_pay(work: UnitOfWork, account_id: str) -> bool:
    """Whether the caller's channel, the account's status and the holds on all of it let a transfer out of it."""
    account = repository.account(work, account_id)
    name, code = _code(work, account, "transfer_out")
    try:
        codes.check_usable(work, name, account, {"transfer_out"})
    except BankError:
        return False
    return _lets(work, account, code, -1)


def may_receive(work: UnitOfWork, account_id: str) -> bool:
    """Whether the account's status and the holds on all of it let a transfer into it."""
    account = repository.account(work, account_id)
    return _lets(work, account, _code(work, account, "transfer_in")[1], 1)


def charge_name(work: UnitOfWork, code: str, account: DemandAccount) -> str:
    """What a charge is called in the caller's language."""
    charge: ServiceCharge | None = work.config.find(CHARGE, code, gate_of(work, account.branch).business_date)
    return name_in(charge.names, work.context.language) if charge else code


def _code(work: UnitOfWork, account: DemandAccount, operation: str) -> tuple[str, TransactionCode | None]:
    on = gate_of(work, account.branch).business_date
    name = system_code(work.config, operation, on)
    return name, work.config.find(CODE, name, on)


def _lets(work: UnitOfWork, account: DemandAccount, code: TransactionCode | None, sign: int) -> bool:
    if code is None or account.state is AccountState.CLOSED:
        return False
    gate = gate_of(work, account.branch)
    today = PostingDay(gate.business_date, gate.business_date, gate.previous_date, closing=False)
    try:
        check_status(account, code, sign, work.config, today)
    except BankError:
        return False
    return True
