"""Statuses: the tenant's own codes over the bank's base classes, and what each lets happen."""

from datetime import date

from chalicelib.kernel.accrual import DailySteps
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.overdraft import INTEREST, Prices
from chalicelib.modules.deposits.domain.overdraft_terms import prices_of
from chalicelib.modules.deposits.domain.terms import Parameters, rate_book
from chalicelib.modules.deposits.plans import Allowed, StatusCode, TransactionCode

STATUS, CODE, CONTROL = "deposits.status_code", "deposits.transaction_code", "deposits.control"
EVERYTHING = Allowed()


def allowed(parameters: Parameters, status: str, on: date) -> Allowed:
    """What a status lets happen; everything, where the tenant has no code of this name."""
    found: StatusCode | None = parameters.find(STATUS, status, on)
    return found.allow if found else EVERYTHING


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

    The payee of a transfer has the code for money in; interest on an overdraft, collected out of any credit, its own.
    """
    if component == INTEREST:
        own = parameters.main(CONTROL, on).system_codes.overdraft_interest or INTEREST
        return own, parameters.standing(CODE, own, on)
    code: TransactionCode = parameters.standing(CODE, name, on)
    if change > 0 and code.operation == "transfer_out":
        own = parameters.main(CONTROL, on).system_codes.transfer_in
        if own:
            return own, parameters.standing(CODE, own, on)
    return name, code


def _nothing(balance_minor: int) -> int:
    return 0


NO_INTEREST: DailySteps = [(date.min, _nothing)]
