"""The accounting of deposits on one page: which roles each event debits and credits.

| event | debit | credit |
|---|---|---|
| deposit | what was received (the code's contra role, e.g. cash_on_hand) | member_deposits |
| withdrawal | member_deposits | what was paid out (the code's contra role) |
| deposited cheque returned unpaid | member_deposits | cheques_in_clearing |
| transfer | member_deposits of the payer | member_deposits of the payee |
| interest accrued | interest_expense_demand | interest_payable_demand |
| interest paid | interest_payable_demand | member_deposits (or cashier_cheques_payable) |
| tax withheld | member_deposits (or interest_payable_demand, where it is paid elsewhere) | tax_withheld_payable |
| service charge | member_deposits | the charge's income role |
| tax on a charge | member_deposits | vat_payable |
| dormant account to the unclaimed funds (back: mirrored) | member_deposits | unclaimed_deposits |
| overdrawn balances at the close, by net change | overdrafts_bucket_n | member_deposits or another bucket |
| overdraft interest accrued | overdraft_interest_receivable | overdraft_interest_income |
| overdraft interest while accrual is suspended | memo_overdraft_interest | memo_contra |
| overdraft interest collected | member_deposits | overdraft_interest_receivable |
| overdraft interest given back after an entry dated back | overdraft_interest_receivable | member_deposits |
| overdraft written off | allowance_overdrafts | member_deposits and overdraft_interest_receivable |
"""

from datetime import date

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.movement import INTEREST_DUE
from chalicelib.modules.deposits.domain.overdraft import BEYOND_LIMITS, INTEREST, REFUND
from chalicelib.modules.deposits.domain.unclaimed import UNCLAIMED
from chalicelib.modules.deposits.domain.uncleared import uncleared_until
from chalicelib.modules.deposits.plans import MAX_AGE_CUTS

UNCLAIMED_DEPOSITS = "unclaimed_deposits"
MEMBER_DEPOSITS = "member_deposits"
INTEREST_EXPENSE = "interest_expense_demand"
INTEREST_PAYABLE = "interest_payable_demand"
TAX_WITHHELD = "tax_withheld_payable"
CHEQUES_IN_CLEARING = "cheques_in_clearing"
CASHIER_CHEQUES = "cashier_cheques_payable"
VAT_PAYABLE = "vat_payable"
OVERDRAFT_RECEIVABLE = "overdraft_interest_receivable"
OVERDRAFT_INCOME = "overdraft_interest_income"
MEMO_INTEREST, MEMO_CONTRA = "memo_overdraft_interest", "memo_contra"
OVERDRAFT_ALLOWANCE = "allowance_overdrafts"
OVERDRAFT_BUCKETS = tuple(f"overdrafts_bucket_{number}" for number in range(1, MAX_AGE_CUTS + 2))

CREDIT_INTEREST, WITHHOLDING, CHARGE, CHARGE_TAX = "credit_interest", "withholding", "charge", "charge_tax"
"""Components that tell an account's legs of one entry apart; a colon and the code of the charge follow the last two."""

Legs = tuple[Leg, ...]


def account_leg(account: DemandAccount, side: Side, money: Money, component: str = "principal") -> Leg:
    """The account's own leg, in the branch that keeps it."""
    return Leg(account.branch, side, money, MEMBER_DEPOSITS, account.id, component, account.product)


def received(
    account: DemandAccount, money: Money, branch: str, contra_role: str, release_on: date | None = None
) -> Legs:
    """A deposit taken at a branch; one that can be used from a later date on says so in its leg."""
    component = uncleared_until(release_on) if release_on else "principal"
    return Leg(branch, Side.DEBIT, money, contra_role), account_leg(account, Side.CREDIT, money, component)


def paid_out(
    account: DemandAccount, money: Money, branch: str, contra_role: str, beyond_limits: bool = False
) -> Legs:
    """A withdrawal paid at a branch; ``beyond_limits`` marks one that somebody authorised without regard to funds."""
    component = BEYOND_LIMITS if beyond_limits else "principal"
    return account_leg(account, Side.DEBIT, money, component), Leg(branch, Side.CREDIT, money, contra_role)


def cheque_returned(
    account: DemandAccount, money: Money, branch: str, contra_role: str, release_on: date | None
) -> Legs:
    """A deposited cheque taken back: out of what is uncleared until a date, else out of the balance."""
    component = uncleared_until(release_on) if release_on else "principal"
    return account_leg(account, Side.DEBIT, money, component), Leg(branch, Side.CREDIT, money, contra_role)


def transferred(payer: DemandAccount, payee: DemandAccount, money: Money) -> Legs:
    """From one account to another."""
    return account_leg(payer, Side.DEBIT, money), account_leg(payee, Side.CREDIT, money)


def interest_paid(account: DemandAccount, money: Money) -> Legs:
    """Interest of an account credited to itself."""
    payable = Leg(account.branch, Side.DEBIT, money, INTEREST_PAYABLE, product=account.product)
    return payable, account_leg(account, Side.CREDIT, money, CREDIT_INTEREST)


def interest_due(account: DemandAccount, money: Money) -> Leg:
    """What a close took from an account's interest to be paid elsewhere; the account knows how much is still due."""
    return Leg(
        account.branch, Side.DEBIT, money, INTEREST_PAYABLE, account.id, INTEREST_DUE, product=account.product
    )


def interest_paid_into(account: DemandAccount, into: DemandAccount, money: Money) -> Legs:
    """Interest of one account credited to another."""
    return interest_due(account, money), account_leg(into, Side.CREDIT, money)


def interest_by_cheque(account: DemandAccount, money: Money) -> Legs:
    """Interest paid by a cashier's cheque."""
    return interest_due(account, money), Leg(account.branch, Side.CREDIT, money, CASHIER_CHEQUES)


def tax_on_interest_due(account: DemandAccount, money: Money) -> Legs:
    """Withholding on interest that is paid elsewhere."""
    return interest_due(account, money), Leg(account.branch, Side.CREDIT, money, TAX_WITHHELD)


def tax_withheld(account: DemandAccount, money: Money) -> Legs:
    """Withholding on interest just paid."""
    return (
        account_leg(account, Side.DEBIT, money, WITHHOLDING),
        Leg(account.branch, Side.CREDIT, money, TAX_WITHHELD),
    )


def charged(account: DemandAccount, charge: str, money: Money, income_role: str) -> Legs:
    """A service charge."""
    return (
        account_leg(account, Side.DEBIT, money, f"{CHARGE}:{charge}"),
        Leg(account.branch, Side.CREDIT, money, income_role),
    )


def charge_tax(account: DemandAccount, charge: str, tax: Money) -> Legs:
    """Tax on a service charge; none where it rounds to nothing."""
    if not tax:
        return ()
    return (
        account_leg(account, Side.DEBIT, tax, f"{CHARGE_TAX}:{charge}"),
        Leg(account.branch, Side.CREDIT, tax, VAT_PAYABLE),
    )


def unclaimed_moved(account: DemandAccount, money: Money) -> Legs:
    """The money of a forgotten account, moved to the unclaimed funds."""
    kept = Leg(account.branch, Side.CREDIT, money, UNCLAIMED_DEPOSITS, product=account.product)
    return account_leg(account, Side.DEBIT, money, UNCLAIMED), kept


def unclaimed_restored(account: DemandAccount, money: Money) -> Legs:
    """The same money back to its account, for the holder who claims it."""
    kept = Leg(account.branch, Side.DEBIT, money, UNCLAIMED_DEPOSITS, product=account.product)
    return kept, account_leg(account, Side.CREDIT, money, UNCLAIMED)


def interest_accrued(branch: str, product: str, difference: Money) -> Legs:
    """A branch's accrual of a day by product: the change of what is owed, which may be negative."""
    expense, payable = (Side.DEBIT, Side.CREDIT) if difference.minor > 0 else (Side.CREDIT, Side.DEBIT)
    return (
        Leg(branch, expense, abs(difference), INTEREST_EXPENSE, product=product),
        Leg(branch, payable, abs(difference), INTEREST_PAYABLE, product=product),
    )


def overdraft_interest_accrued(branch: str, product: str, difference: Money) -> Legs:
    """A branch's interest on overdrafts of a day by product: the change of what members owe, which may be negative."""
    receivable, income = (Side.DEBIT, Side.CREDIT) if difference.minor > 0 else (Side.CREDIT, Side.DEBIT)
    return (
        Leg(branch, receivable, abs(difference), OVERDRAFT_RECEIVABLE, product=product),
        Leg(branch, income, abs(difference), OVERDRAFT_INCOME, product=product),
    )


def suspended_interest(branch: str, product: str, difference: Money) -> Legs:
    """Interest on suspended overdrafts, off the balance sheet: the change of what is kept there."""
    memo, contra = (Side.DEBIT, Side.CREDIT) if difference.minor > 0 else (Side.CREDIT, Side.DEBIT)
    return (
        Leg(branch, memo, abs(difference), MEMO_INTEREST, product=product),
        Leg(branch, contra, abs(difference), MEMO_CONTRA, product=product),
    )


def overdraft_interest_collected(account: DemandAccount, money: Money) -> Legs:
    """Interest on an overdraft charged to the account."""
    return (
        account_leg(account, Side.DEBIT, money, INTEREST),
        Leg(account.branch, Side.CREDIT, money, OVERDRAFT_RECEIVABLE, product=account.product),
    )


def overdraft_interest_refunded(account: DemandAccount, money: Money) -> Legs:
    """Interest on an overdraft given back, because an entry dated back made it less."""
    return (
        Leg(account.branch, Side.DEBIT, money, OVERDRAFT_RECEIVABLE, product=account.product),
        account_leg(account, Side.CREDIT, money, REFUND),
    )


def overdrafts_reclassified(branch: str, product: str, changes: dict[str, Money]) -> Legs:
    """Balances moved between member_deposits and the overdraft buckets: role → change of what is owed to members."""
    return tuple(
        Leg(branch, Side.CREDIT if change.minor > 0 else Side.DEBIT, abs(change), role, product=product)
        for role, change in changes.items()
        if change
    )


def overdraft_written_off(account: DemandAccount, owed: Money) -> Legs:
    """What an account owes, its interest with it, charged to the allowance; the credit pays the interest first."""
    allowance = Leg(account.branch, Side.DEBIT, owed, OVERDRAFT_ALLOWANCE, product=account.product)
    return allowance, account_leg(account, Side.CREDIT, owed)
