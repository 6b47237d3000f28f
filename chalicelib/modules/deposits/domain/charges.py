"""What services cost on an account: which charges an occasion sets off, and how much each of them is (DEP-48 to 59).

A charge is priced from its routine, unless somebody nearer has an amount of their own: the account, then the branch
where it happens, then the plan, then the line of the fee table. Taxes and waivers come after the price.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.terms import Parameters, minor, terms_of
from chalicelib.modules.deposits.plans import (
    ChargeWaiver,
    DepositPlan,
    FeeTable,
    ServiceCharge,
    TransactionCode,
)

CHARGE, FEE_TABLE = "deposits.service_charge", "deposits.fee_table"


class ChargeState(StrEnum):
    """Life of a charge that was not simply taken: it waits for its date or for funds, or nobody pays it."""

    PENDING = "pending"
    COLLECTED = "collected"
    WAIVED = "waived"


class Person(Protocol):
    """What waivers ask of the holder."""

    @property
    def age(self) -> int | None: ...
    @property
    def party_type(self) -> str: ...


HolderOf = Callable[[], Person]


@dataclass(frozen=True, slots=True)
class AccountCharge:
    """A charge of one account that waits, or that was collected later or waived. Amounts in minor units.

    A waived one has no amount, a reason, and who waived it (nobody: a rule did). ``due_from`` is the date from which
    it is taken; ``retried_on`` the last closing that found no funds for it.
    """

    id: str
    account_id: str
    charge: str
    trigger: str
    minor: int
    tax_minor: int
    currency: str
    income_role: str
    made_on: date
    due_from: date
    state: ChargeState = ChargeState.PENDING
    reason: str = ""
    by: str = ""
    entry_id: str = ""
    version: int = 0

    @property
    def total_minor(self) -> int:
        """The charge with its tax."""
        return self.minor + self.tax_minor

    @property
    def money(self) -> Money:
        """The charge without its tax."""
        return Money(self.minor, self.currency)

    @property
    def tax(self) -> Money:
        """The tax on it."""
        return Money(self.tax_minor, self.currency)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What sets charges off: the trigger, the base of percentages and bands in minor units, and where it happens."""

    trigger: str
    base_minor: int = 0
    branch: str = ""
    transaction_code: str = ""
    units: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A charge that an occasion sets off. ``waived`` names the rule because of which nobody pays it."""

    charge: str
    trigger: str
    money: Money
    tax: Money
    income_role: str
    at_once: bool
    waived: str = ""

    @property
    def total_minor(self) -> int:
        """The charge with its tax, in minor units."""
        return self.money.minor + self.tax.minor


# -- prices ------------------------------------------------------------------------------------------------------


def price(
    charge: ServiceCharge, base: Money, own: Decimal | None = None, used: int = 0, units: int = 1
) -> Money:
    """What the charge is on a base; ``own`` is somebody's amount instead of the charge's (formula 10).

    ``used`` counts the units before these ``units``, of which the first ``free_count`` cost nothing.
    """
    currency = charge.currency
    if charge.routine == "per_unit":
        beyond = max(0, used + units - charge.free_count) - max(0, used - charge.free_count)
        return Money.of(own if own is not None else charge.amount or 0, currency).times(beyond)
    if own is not None:
        return Money.of(own, currency)
    if charge.routine == "percent":
        return _bounded(base.percent(charge.percent or 0), charge)
    if charge.routine == "per_band":
        return Money.of(_band_amount(charge, base.decimal), currency)
    return Money.of(charge.amount or 0, currency)


def _bounded(money: Money, charge: ServiceCharge) -> Money:
    if charge.minimum is not None:
        money = max(money, Money.of(charge.minimum, charge.currency))
    return money if charge.maximum is None else min(money, Money.of(charge.maximum, charge.currency))


def _band_amount(charge: ServiceCharge, base: Decimal) -> Decimal:
    found = [band.amount for band in charge.bands if band.from_amount <= max(base, Decimal(0))]
    return found[-1] if found else Decimal(0)


# -- which charges an occasion sets off --------------------------------------------------------------------------


def assess(
    parameters: Parameters, account: DemandAccount, occasion: Occasion, on: date, holder: HolderOf
) -> tuple[DemandAccount, list[Due]]:
    """(the account with its counted units, the charges that an occasion sets off), those of zero left out."""
    terms = terms_of(parameters, account.plan, account.overrides, on)
    dues = []
    for code, line_amount in _lines(parameters, terms, occasion, on):
        charge = in_force(parameters, code, account.currency, on)
        if charge is None:
            continue
        own = own_amount(parameters, account, terms, code, on, occasion.branch)
        own = line_amount if own is None else own
        due = due_of(parameters, account, code, charge, occasion, on, holder, own)
        if charge.routine == "per_unit" and occasion.trigger == "transaction":
            account = counted(account, code, on, occasion.units)
        if due:
            dues.append(due)
    return account, dues


def due_of(
    parameters: Parameters,
    account: DemandAccount,
    code: str,
    charge: ServiceCharge,
    occasion: Occasion,
    on: date,
    holder: HolderOf,
    own: Decimal | None,
) -> Due | None:
    """One charge on an occasion, with its tax or the rule that waives it; None where it costs nothing."""
    base = Money(occasion.base_minor, account.currency)
    money = price(charge, base, own, used_in_month(account, code, on), occasion.units)
    if not money:
        return None
    zero = Money.zero(account.currency)
    waived = waiver_of(charge.waiver, account, holder)
    rate = parameters.main("deposits.control", on).vat_rate
    tax = money.percent(rate) if charge.taxable and not waived else zero
    return Due(
        charge=code,
        trigger=occasion.trigger,
        money=zero if waived else money,
        tax=tax,
        income_role=charge.income_role,
        at_once=charge.timing == "immediate",
        waived=waived,
    )


def in_force(parameters: Parameters, code: str, currency: str, on: date) -> ServiceCharge | None:
    """The charge with this code, where it can be made on the date in this currency."""
    found: ServiceCharge | None = parameters.find(CHARGE, code, on)
    if found is None or found.currency != currency:
        return None
    begun = found.valid_from is None or found.valid_from <= on
    return found if begun and (found.valid_to is None or on <= found.valid_to) else None


def own_amount(
    parameters: Parameters, account: DemandAccount, terms: DepositPlan, code: str, on: date, branch: str
) -> Decimal | None:
    """The amount of the account, else of the branch, else of the plan, instead of the charge's (DEP-02, DEP-49)."""
    of_terms = next((row.amount for row in terms.charge_amounts if row.charge == code), None)
    if "charge_amounts" in account.overrides and of_terms is not None:
        return of_terms
    at_branch: Decimal | None = parameters.main("deposits.branch_control", on, branch).amount_of(code)
    return of_terms if at_branch is None else at_branch


def _lines(
    parameters: Parameters, terms: DepositPlan, occasion: Occasion, on: date
) -> Iterator[tuple[str, Decimal | None]]:
    """(charge, the line's own amount) of the fee table; a transaction's own charge where no line names it."""
    table: FeeTable | None = parameters.find(FEE_TABLE, terms.fee_table, on) if terms.fee_table else None
    seen = set()
    for line in table.lines if table else ():
        if line.trigger == occasion.trigger and (line.transaction_code or "") == occasion.transaction_code:
            seen.add(line.charge)
            yield line.charge, line.amount
    if occasion.transaction_code:
        code: TransactionCode | None = parameters.find(
            "deposits.transaction_code", occasion.transaction_code, on
        )
        if code and code.charge and code.charge not in seen:
            yield code.charge, None


def has_lines(parameters: Parameters, terms: DepositPlan, trigger: str, on: date) -> bool:
    """Whether the account's fee table has a charge for a trigger."""
    return any(True for _ in _lines(parameters, terms, Occasion(trigger), on))


# -- waivers -----------------------------------------------------------------------------------------------------


def waiver_of(waiver: ChargeWaiver, account: DemandAccount, holder: HolderOf) -> str:
    """The condition because of which the holder pays nothing, or an empty text; any one is enough (DEP-58)."""
    least = waiver.minimum_balance
    if least is not None and account.ledger_minor >= minor(least, account.currency):
        return "minimum_balance"
    if waiver.minimum_age is None and waiver.maximum_age is None and not waiver.party_types:
        return ""
    person = holder()
    if person.party_type in waiver.party_types:
        return "party_types"
    if person.age is not None:
        if waiver.minimum_age is not None and person.age >= waiver.minimum_age:
            return "minimum_age"
        if waiver.maximum_age is not None and person.age <= waiver.maximum_age:
            return "maximum_age"
    return ""


# -- units used in a month -----------------------------------------------------------------------------------------


def used_in_month(account: DemandAccount, code: str, on: date) -> int:
    """How many units of a charge the account has used in the month of a date."""
    return account.usage.get(code, 0) if account.usage_month == _month(on) else 0


def counted(account: DemandAccount, code: str, on: date, units: int) -> DemandAccount:
    """The account with units of a charge counted (or, negative, given back) in the month of a date."""
    kept = account.usage if account.usage_month == _month(on) else {}
    usage = {**kept, code: max(0, kept.get(code, 0) + units)}
    return replace(account, usage=usage, usage_month=_month(on))


def _month(on: date) -> str:
    return f"{on:%Y-%m}"


# -- what can be taken -------------------------------------------------------------------------------------------


def collectable_minor(account: DemandAccount, business_date: date) -> int:
    """What a charge dated ``business_date`` may take: available now and at the end of that date; holds stop it."""
    if account.debits_stopped:
        return 0
    since = account.closing_minor(business_date) - account.ledger_minor
    return max(0, account.free_on(business_date) + min(0, since))
