"""Statuses: the tenant's own codes over the bank's base classes, and what each lets happen."""

from datetime import date

from chalicelib.kernel.accrual import DailySteps
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.overdraft import INTEREST, REFUND, Prices
from chalicelib.modules.deposits.domain.overdraft_terms import prices_of
from chalicelib.modules.deposits.domain.terms import Parameters, rate_book
from chalicelib.modules.deposits.plans import Allowed, StatusCode, TransactionCode

STATUS, CODE, CONTROL = "deposits.status_code", "deposits.transaction_code", "deposits.control"
EVERYTHING = Allowed()
OPERATIONS = {
    "credit_interest": "interest_payment",
    "withholding": "withholding",
    "charge": "service_charge",
    "charge_tax": "charge_tax",
    INTEREST: "overdraft_interest",
    REFUND: "interest_adjustment_credit",
}
"""Component of a leg → the operation under which it is recorded."""
FEES = ("service_charge", "charge_tax")
TAKEN_BY_THE_BANK = (*FEES, "withholding", "closing_payment", "returned_cheque", "unclaimed_transfer")
"""Operations that a minimum balance does not stop."""


def allowed(parameters: Parameters, status: str, on: date) -> Allowed:
    """What a status lets happen; everything, where the tenant has no code of this name."""
    found: StatusCode | None = parameters.find(STATUS, status, on)
    return found.allow if found else EVERYTHING


def may_happen(allow: Allowed, code: TransactionCode, change: int) -> bool:
    """Whether a status lets a posting of this code happen (DEP-107); charges have a rule of their own."""
    if code.operation in FEES:
        return allow.fees
    if code.operation in ("transfer_in", "transfer_out") and not allow.transfer:
        return False
    if code.operation == "cheque_payment" and not allow.cheque:
        return False
    return allow.credit if change > 0 else allow.debit


def status_of(parameters: Parameters, state: AccountState, on: date, after: str = "") -> str:
    """The tenant's status code of a base class: one that may follow ``after``, else the first there is."""
    codes = {code: model for code, model in parameters.all(STATUS, on) if model.base_class == state.value}
    before: StatusCode | None = parameters.find(STATUS, after, on) if after else None
    following = [code for code in (before.next_codes if before else ()) if code in codes]
    return next(iter([*following, *codes]), state.value)


def steps_of(parameters: Parameters, account: DemandAccount, on: date) -> DailySteps:
    """What the account's balance earns, or costs, by its terms; nothing while its status does not accrue."""
    if not allowed(parameters, account.status, on).accrue:
        return NO_INTEREST
    earned = rate_book(parameters).of(
        account.plan, account.overrides, account.overrides_since, account.earlier_overrides
    )
    return Prices(earned, prices_of(parameters, account))


def code_of_leg(
    parameters: Parameters, name: str, change: int, on: date, component: str = ""
) -> tuple[str, TransactionCode]:
    """(code, its definition) under which a leg is recorded.

    Charges, their taxes, interest and its tax have codes of their own within the entry that they come with, and so has
    interest on an overdraft, collected out of any credit; the payee of a transfer has the code for money in.
    """
    part = part_of(component)
    if part in OPERATIONS:
        own = system_code(parameters, OPERATIONS[part], on)
        return own, parameters.standing(CODE, own, on)
    code: TransactionCode = parameters.standing(CODE, name, on)
    if change > 0 and code.operation in ("transfer_out", "closing_payment"):
        payee = parameters.main(CONTROL, on).system_codes.transfer_in
        if payee:
            return payee, parameters.standing(CODE, payee, on)
    return name, code


def part_of(component: str) -> str:
    """What a leg is in its entry; a charge's component names its code behind a colon."""
    return component.partition(":")[0]


def system_code(parameters: Parameters, operation: str, on: date) -> str:
    """The tenant's code for an operation of the bank's own; the operation's name where it has chosen none."""
    return getattr(parameters.main(CONTROL, on).system_codes, operation, None) or operation


def _nothing(balance_minor: int) -> int:
    return 0


NO_INTEREST: DailySteps = [(date.min, _nothing)]
