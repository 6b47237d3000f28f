"""Opening a term deposit with money of the member's own demand account."""

from dataclasses import replace
from datetime import date

from chalicelib.kernel.account_number import Scheme, compose
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits import events, postings, repository
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, agreed_payments
from chalicelib.modules.term_deposits.errors import HolderBlocked
from chalicelib.modules.term_deposits.plans import Payment
from chalicelib.modules.term_deposits.service.simulation import Simulation, Wish, simulate
from chalicelib.modules.term_deposits.tables import PREFIX
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

NUMBERS = Scheme(product_digits=3)
TERM_DEPOSITS = 0
"""The product digits of their numbers, which no plan of demand accounts can have."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked for: a product, an amount, a term in days or by its date, and the account that pays and receives.

    ``payment`` None is the product's first way of paying interest.
    """

    product: str
    amount: Money
    account_id: str
    term_days: int | None = None
    maturity_date: date | None = None
    payment: Payment | None = None
    narrative: str = ""


def open_deposit(work: UnitOfWork, asked: Opening) -> TermDeposit:
    """Open a deposit today in the branch of the account that pays, for its holder, as a simulation of it says.

    Raises the simulation's errors, AdvanceNotOpened, HolderBlocked, and what the account refuses (funds, states).
    """
    account = deposits.account(work, asked.account_id)
    today = business_date(work, account.branch)
    if parties.holder(work, account.party_id, today).blocked:
        raise HolderBlocked("account_id")
    wish = Wish(
        product=asked.product,
        amount=asked.amount,
        term_days=asked.term_days,
        maturity_date=asked.maturity_date,
        payment=asked.payment,
        opening_date=today,
    )
    new = _agreed(work, account, simulate(work, wish, account.branch))
    repository.add(work, new)
    code, paid = deposits.taken_from(work, account, asked.amount)
    legs = (paid, postings.principal_leg(new, Side.CREDIT, asked.amount))
    posting.post(work, posting.draft(work, code, new.branch, legs, asked.narrative, source_ref=new.id))
    told = {"deposit_id": new.id, "party_id": new.party_id, "plan": new.plan, **asked.amount.to_api()}
    emit(work, events.OPENED, told)
    return repository.current(work, new.id)


def _agreed(work: UnitOfWork, account: deposits.DemandAccount, simulation: Simulation) -> TermDeposit:
    """The deposit with the terms of its simulation, before any money is on it."""
    quotation = simulation.quotation
    terms = quotation.deposit
    shard, sequence = repository.next_place(work, account.branch)
    new = TermDeposit(
        id=new_id(PREFIX),
        number=compose(int(account.branch), TERM_DEPOSITS, sequence, NUMBERS),
        party_id=account.party_id,
        branch=account.branch,
        shard=shard,
        plan=simulation.product.code,
        currency=terms.principal.currency,
        account_id=account.id,
        amount_minor=terms.principal.minor,
        opened_on=terms.opened_on,
        matures_on=terms.matures_on,
        paid_on=terms.paid_on,
        payment=quotation.payment,
        rate=terms.rate.percent,
        day_count=terms.rate.convention,
        compounding=terms.rate.compounding,
        withholding_percent=quotation.tax.percent,
        payments=agreed_payments(quotation),
    )
    if terms.bonus is None:
        return new
    return replace(new, bonus_rate=terms.bonus.percent, bonus_days=terms.bonus.days)
