"""Capturing a transaction online: which codes a person may use on an account now, and what each asks for (DEP-77)."""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.caution import Caution
from chalicelib.modules.deposits.domain.status import CODE, allowed, may_happen
from chalicelib.modules.deposits.plans import TransactionCode
from chalicelib.modules.deposits.service import cautions, codes, enquiry
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """Where the transactions of an operation are posted, and what that needs."""

    permission: str
    path: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; ``kind`` is money, text, date, number, account, flag or acknowledgements."""

    name: str
    kind: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A code with the fields that a transaction under it takes; what is posted is these fields, with the code."""

    name: str
    words: str
    code: TransactionCode
    path: str
    fields: tuple[Field, ...]


ACCOUNT = "/v1/deposits/accounts/{account_id}"
PLACES = {
    "cash_deposit": Place(permissions.POST_DEPOSIT, f"{ACCOUNT}/deposits"),
    "cheque_deposit": Place(permissions.POST_DEPOSIT, f"{ACCOUNT}/deposits"),
    "cash_withdrawal": Place(permissions.POST_WITHDRAWAL, f"{ACCOUNT}/withdrawals"),
    "cheque_payment": Place(permissions.PAY_CHEQUE, f"{ACCOUNT}/cheque-payments"),
    "transfer_out": Place(permissions.POST_TRANSFER, "/v1/deposits/transfers"),
    "maintenance": Place(permissions.MAINTAIN_ACCOUNT, f"{ACCOUNT}/notes"),
}
SIGNS = {"credit": 1, "debit": -1, None: 0}


def forms(work: UnitOfWork, account_id: str) -> tuple[list[Form], list[Caution]]:
    """(the forms that this caller may fill in for an account today, by code; the cautions to acknowledge)."""
    account = repository.account(work, account_id)
    on = business_date(work, account.branch)
    warnings = cautions.in_force(work, account)
    usable = {
        name: code
        for name, code in work.config.all(CODE, on)
        if code.operation in PLACES and _may_use(work, name, code, account)
    }
    words = enquiry.code_names(work, set(usable), on)
    found = [
        Form(
            name,
            words.get(name, name),
            code,
            PLACES[code.operation].path.format(account_id=account.id),
            _fields(work, code, bool(warnings)),
        )
        for name, code in sorted(usable.items())
    ]
    return found, warnings


def _may_use(work: UnitOfWork, name: str, code: TransactionCode, account: DemandAccount) -> bool:
    on = business_date(work, account.branch)
    if account.state is AccountState.CLOSED or not work.context.actor.may(PLACES[code.operation].permission):
        return False
    allow = allowed(work.config, account.status, on)
    sign = SIGNS[code.side]
    if code.check_status and not (may_happen(allow, code, sign) if sign else allow.maintenance):
        return False
    try:
        codes.check_usable(work, name, account, {code.operation})
    except BankError:
        return False
    return True


def _fields(work: UnitOfWork, code: TransactionCode, warned: bool) -> tuple[Field, ...]:
    may = work.context.actor.may
    fields = [Field("amount", "money", required=True)] if code.monetary else []
    if code.operation == "cheque_payment":
        fields.append(Field("number", "number", required=True))
    if code.operation == "transfer_out":
        fields.append(Field("to_account", "account", required=True))
    fields.append(Field("narrative", "text", required=not code.monetary))
    dated = code.operation in ("cash_deposit", "cash_withdrawal")
    if dated and code.backdatable and may(permissions.BACKDATE):
        fields.append(Field("value_date", "date"))
    if code.operation == "cash_withdrawal" and may(permissions.AUTHORISE_EXCESS):
        fields.append(Field("beyond_limits", "flag"))
    if warned and code.monetary:
        fields.append(Field("acknowledged_cautions", "acknowledgements", required=True))
    return tuple(fields)
