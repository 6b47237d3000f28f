"""The accounting of term deposits on one page: which roles each event debits and credits.

| event | debit | credit |
|---|---|---|
| opening | member_deposits of the account that pays | term_deposits_principal |
| interest accrued | interest_expense_term | interest_payable_term |
| interest paid | interest_payable_term | member_deposits (or term_deposits_principal, where it is capitalised) |
| tax withheld | interest_payable_term | tax_withheld_payable |
| maturity | term_deposits_principal | member_deposits |
"""

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit

PRINCIPAL = "term_deposits_principal"
INTEREST_EXPENSE = "interest_expense_term"
INTEREST_PAYABLE = "interest_payable_term"
TAX_WITHHELD = "tax_withheld_payable"

Legs = tuple[Leg, ...]


def principal_leg(deposit: TermDeposit, side: Side, money: Money) -> Leg:
    """The deposit's own leg, in the branch that keeps it."""
    return Leg(deposit.branch, side, money, PRINCIPAL, deposit.id, product=deposit.plan)


def interest_paid(deposit: TermDeposit, gross: Money, tax: Money, into: Leg | None) -> Legs:
    """Interest that is paid: what was owed, where the net amount goes (None: all of it was withheld), and the tax."""
    owed = Leg(deposit.branch, Side.DEBIT, gross, INTEREST_PAYABLE, product=deposit.plan)
    withheld = Leg(deposit.branch, Side.CREDIT, tax, TAX_WITHHELD)
    return (owed, *((into,) if into else ()), *((withheld,) if tax else ()))


def interest_accrued(branch: str, product: str, difference: Money) -> Legs:
    """A branch's accrual of a day by product: the change of what is owed, which may be negative."""
    expense, payable = (Side.DEBIT, Side.CREDIT) if difference.minor > 0 else (Side.CREDIT, Side.DEBIT)
    return (
        Leg(branch, expense, abs(difference), INTEREST_EXPENSE, product=product),
        Leg(branch, payable, abs(difference), INTEREST_PAYABLE, product=product),
    )
