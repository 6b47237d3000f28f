"""Cutting a statement on request (corte a pedido), with what is due by now; the next one begins after it (DEP-99)."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.deposits import postings, repository
from chalicelib.modules.deposits.closing.charges import FeeCalendar, charge_early
from chalicelib.modules.deposits.domain.account import DemandAccount, interest_taken, settled
from chalicelib.modules.deposits.domain.statement import IssuedStatement
from chalicelib.modules.deposits.domain.status import allowed, steps_of, system_code
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.errors import ClosingUnderWay
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan
from chalicelib.modules.deposits.service import issuing, periods
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.closing.runs import LOCK
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import GATES, gate_of
from chalicelib.platform.work import UnitOfWork


class StatementCutToday(Conflict):
    """A statement of the account ends with today already."""

    code = "statement_cut_today"


class NothingToState(Conflict):
    """Nothing has happened on the account yet."""

    code = "nothing_to_state"


class InterestGoesElsewhere(Conflict):
    """The account's interest goes to another account or is paid by cheque, with the end of its cycle."""

    code = "interest_goes_elsewhere"


@dataclass(frozen=True, slots=True)
class Cut:
    """What is asked for with the cut: the charges and the interest up to it."""

    apply_fees: bool = False
    pay_interest: bool = False


def cut(work: UnitOfWork, account_id: str, asked: Cut) -> IssuedStatement:
    """End the account's statement with this moment and begin the next; interest is paid up to the eve.

    Raises ClosingUnderWay, StatementCutToday, NothingToState, InterestGoesElsewhere, and what charges may refuse.
    """
    account = repository.account(work, account_id)
    work.expect(account)
    if work.find(LOCK) is not None:
        raise ClosingUnderWay("account_id")
    gate = gate_of(work, account.branch)
    work.check(GATES, gate, business_date=gate.business_date)
    today = gate.business_date
    if repository.statement(work, account.id, today.isoformat()):
        raise StatementCutToday("account_id", business_date=today.isoformat())
    terms = terms_of(work.config, account.plan, account.overrides, today)
    period = periods.current(work, account)
    if asked.apply_fees:
        day = ClosingDay(today, today + timedelta(days=1))
        account = charge_early(work, FeeCalendar(work.config, day), account, terms)
    if asked.pay_interest:
        account = _pay_interest(work, account, terms)
    if not account.sequence:
        raise NothingToState("account_id")
    work.put(ACCOUNTS, account)
    ended = replace(period, last=today, through=account.sequence, closing_minor=account.ledger_minor)
    made = issuing.kept(work, account, ended)
    issuing.record(work, account, made)
    return made


def _pay_interest(work: UnitOfWork, account: DemandAccount, terms: DepositPlan) -> DemandAccount:
    """Credit the account's interest up to the eve to itself, less tax. Raises InterestGoesElsewhere."""
    if terms.interest_payment_method != "self":
        raise InterestGoesElsewhere("pay_interest")
    today = gate_of(work, account.branch).business_date
    if not allowed(work.config, account.status, today).pay_interest:
        return account
    steps = steps_of(work.config, account, today)
    before = account.interest_paid_through
    account = settled(account, today, steps)
    eve = today - timedelta(days=1)
    account, due = interest_taken(account, eve, steps, Rounding(terms.interest_rounding))
    if due.minor <= 0:
        account = replace(account, interest_paid_through=before)
    work.put(ACCOUNTS, account)
    if due.minor <= 0:
        return account
    legs = postings.interest_paid(account, due)
    tax = _tax(work, terms, due, today)
    if tax:
        legs += postings.tax_withheld(account, tax)
    name = system_code(work.config, "interest_payment", today)
    posting.post(work, posting.draft(work, name, account.branch, legs, source_ref=account.id))
    return work.get(ACCOUNTS, id=account.id)


def _tax(work: UnitOfWork, terms: DepositPlan, interest: Money, on: date) -> Money:
    if not terms.withholding_applies:
        return Money.zero(interest.currency)
    control: DepositControl = work.config.main("deposits.control", on)
    own = terms.withholding_pct
    return interest.percent(control.withholding_default if own is None else own)
