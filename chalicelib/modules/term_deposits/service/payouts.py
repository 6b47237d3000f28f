"""What the start of a day does with a payment that a close prepared (GEN-63)."""

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.term_deposits import events, postings, repository
from chalicelib.modules.term_deposits.domain.deposit import (
    AgreedPayment,
    TermDeposit,
    TermDepositState,
    falling_due,
    settled,
)
from chalicelib.platform import wording
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def carry_out(work: UnitOfWork, due: Due) -> None:
    """Pay what is dated the due's day or before it and was not paid: interest less tax, and the capital at maturity.

    An account that cannot take it lets the due fail; the payment goes on being owed and is tried at the next start of
    day.
    """
    deposit = repository.current(work, due.payload["deposit_id"])
    payments = falling_due(deposit, due.due_on)
    for payment in payments:
        _pay_interest(work, deposit, payment)
        if payment.last:
            _give_back(work, deposit, payment)
    if not payments:
        return
    today = business_date(work, deposit.branch)
    ended = repository.keep(work, settled(repository.current(work, deposit.id), payments, today))
    if ended.state is TermDepositState.MATURED:
        told = {"deposit_id": ended.id, "party_id": ended.party_id, "plan": ended.plan}
        emit(work, events.MATURED, told, derived_from=(due.id,))


def _pay_interest(work: UnitOfWork, deposit: TermDeposit, payment: AgreedPayment) -> None:
    if not payment.interest_minor:
        return
    gross, tax = (Money(each, deposit.currency) for each in (payment.interest_minor, payment.withheld_minor))
    net = gross - tax
    code, into = _receiving(work, deposit, net)
    if payment.capitalised:
        into = postings.principal_leg(deposit, Side.CREDIT, net) if net else None
    legs = postings.interest_paid(deposit, gross, tax, into)
    _post(work, deposit, payment, "interest", code, legs, gross)


def _give_back(work: UnitOfWork, deposit: TermDeposit, payment: AgreedPayment) -> None:
    capital = Money(payment.capital_minor, deposit.currency)
    code, into = _receiving(work, deposit, capital)
    if into:
        legs = (postings.principal_leg(deposit, Side.DEBIT, capital), into)
        _post(work, deposit, payment, "capital", code, legs, capital)


def _receiving(work: UnitOfWork, deposit: TermDeposit, money: Money) -> tuple[str, Leg | None]:
    """(code, the leg of the account that receives); no leg for nothing."""
    account = deposits.account(work, deposit.account_id)
    code, leg = deposits.given_to(work, account, money)
    return code, leg if money else None


def _post(
    work: UnitOfWork,
    deposit: TermDeposit,
    payment: AgreedPayment,
    what: str,
    code: str,
    legs: tuple[Leg, ...],
    money: Money,
) -> None:
    language = work.context.tenant.default_language
    words = wording.say(
        work, f"narratives.term_deposit_{what}", language, amount=money.text, number=deposit.number
    )
    entry = posting.draft(
        work,
        code,
        deposit.branch,
        legs,
        words[:140],
        source_ref=deposit.id,
        derived_from=(work.tenant, "term_deposit", what, deposit.id, payment.number),
    )
    posting.post(work, entry)
