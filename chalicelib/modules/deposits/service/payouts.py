"""Interest that is paid elsewhere: where it goes, and what the start of a day does with what a close took."""

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.kernel.entry import Leg
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.interest_payment import (
    ChequeRequest,
    InterestDestination,
    check_receives,
)
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.errors import InterestAccountNotAllowed
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.tables import ACCOUNTS, CHEQUE_REQUESTS, DESTINATIONS
from chalicelib.modules.parties import public as parties
from chalicelib.platform import wording
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.closing.dues import Due
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import Page, UnitOfWork

REASON = "interest"


def direct(
    work: UnitOfWork, account: DemandAccount, method: str, number: str, payee: str
) -> InterestDestination:
    """Say who receives an account's interest: the account with a number, or the payee of its cheques.

    Raises InterestAccountNotAllowed where interest is to go to another account and none is named or that one cannot
    take it, and UnknownParty where the payee is not registered.
    """
    known = work.find(DESTINATIONS, account_id=account.id) or InterestDestination(account.id)
    wanted = known
    if number:
        into = repository.account_numbered(work, number, "interest_account")
        check_receives(account, into, "interest_account")
        wanted = replace(wanted, to_account=into.id)
    if method == "account" and not wanted.to_account:
        raise InterestAccountNotAllowed("interest_account")
    if payee:
        wanted = replace(wanted, payee=parties.party(work, payee).id)
    elif method == "cheque":
        wanted = replace(wanted, payee="")
    return wanted if wanted == known else work.put(DESTINATIONS, wanted)


def check_destination(work: UnitOfWork, account: DemandAccount) -> None:
    """Raises InterestAccountNotAllowed where no account is named that could take the interest."""
    if not destination(work, account).to_account:
        raise InterestAccountNotAllowed("overrides.interest_payment_method")


def destination(work: UnitOfWork, account: DemandAccount) -> InterestDestination:
    """Who receives an account's interest where it does not go into itself."""
    return work.find(DESTINATIONS, account_id=account.id) or InterestDestination(account.id)


def destination_shown(work: UnitOfWork, account_id: str) -> tuple[InterestDestination, str, str]:
    """(who receives an account's interest, by which method, the number of the account that does)."""
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    method = terms_of(work.config, account.plan, account.overrides, today).interest_payment_method
    found = destination(work, account)
    into = work.find(ACCOUNTS, id=found.to_account) if found.to_account else None
    return found, method, into.number if into else ""


def cheque_requests(
    work: UnitOfWork, branch: str, first: date, last: date, limit: int, cursor: str | None
) -> Page:
    """(request, its payee's name) of a branch, a page at a time. Raises OutsideBranchScope."""
    if not work.context.actor.sees_branch(branch):
        raise OutsideBranchScope("branch")
    page = repository.cheque_requests(work, branch, first, last, limit, cursor)
    return Page([(row, parties.display_name(work, row.payee)) for row in page.items], page.next_cursor)


def carry_out(work: UnitOfWork, due: Due) -> None:
    """Pay interest that a close took: the net amount where it goes today, and the tax.

    It counts from the day after the cycle's end. An account that cannot take it lets the due fail; it is paid at a
    later start of day, or elsewhere once the interest is directed elsewhere.
    """
    source = work.get(ACCOUNTS, id=due.payload["account_id"])
    tax = Money(due.payload["tax_minor"], source.currency)
    net = Money(due.payload["minor"], source.currency) - tax
    cycle_end = date.fromisoformat(due.payload["cycle_end"])
    today = business_date(work, source.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    codes = control.system_codes
    if net.minor > 0:
        _pay(work, due, source, net, cycle_end, codes.interest_payment or "interest_payment", today)
    if tax.minor > 0:
        legs = postings.tax_on_interest_due(source, tax)
        words = _words(work, "tax_on_interest", source, tax)
        _post(work, due, source, codes.withholding or "withholding", legs, words, today)


def _pay(
    work: UnitOfWork, due: Due, source: DemandAccount, net: Money, cycle_end: date, code: str, today: date
) -> None:
    method = terms_of(work.config, source.plan, source.overrides, today).interest_payment_method
    where = destination(work, source)
    if method == "cheque":
        payee = where.payee or source.party_id
        words = _words(work, "interest_by_cheque", source, net, payee=parties.display_name(work, payee))
        legs = postings.interest_by_cheque(source, net)
        posted = _post(work, due, source, code, legs, words, today)
        _request_cheque(work, due, source, net, cycle_end, payee, posted.entry.id, today)
        return
    into = source
    if method == "account" and where.to_account:
        into = repository.account(work, where.to_account, "interest_account")
    words = _words(work, "interest_to_account", source, net, to_account=into.number)
    counts_from = max(cycle_end + timedelta(days=1), into.opened_on)
    _post(work, due, source, code, postings.interest_paid_into(source, into, net), words, counts_from)


def _request_cheque(
    work: UnitOfWork,
    due: Due,
    source: DemandAccount,
    net: Money,
    cycle_end: date,
    payee: str,
    entry_id: str,
    today: date,
) -> None:
    request = ChequeRequest(
        id=f"chr_{due.id.partition('_')[2]}",
        branch=source.branch,
        account_id=source.id,
        payee=payee,
        minor=net.minor,
        currency=net.currency,
        reason=REASON,
        cycle_end=cycle_end,
        requested_on=today,
        entry_id=entry_id,
    )
    work.put(CHEQUE_REQUESTS, request)
    told = {"request_id": request.id, "account_id": source.id, "payee": payee, **net.to_api()}
    emit(work, events.INTEREST_CHEQUE_REQUESTED, told, derived_from=(due.id,))


def _post(
    work: UnitOfWork,
    due: Due,
    source: DemandAccount,
    code: str,
    legs: tuple[Leg, ...],
    narrative: str,
    value_date: date,
) -> posting.Posted:
    entry = posting.draft(
        work,
        code,
        source.branch,
        legs,
        narrative,
        value_date=value_date,
        source_ref=source.id,
        derived_from=(work.tenant, "due", due.id, code),
    )
    return posting.post(work, entry)


def _words(work: UnitOfWork, key: str, source: DemandAccount, money: Money, **more: str) -> str:
    """What both histories say: the amount, where it comes from and where it goes."""
    language = work.context.tenant.default_language
    return wording.say(
        work, f"narratives.{key}", language, amount=money.text, from_account=source.number, **more
    )[:140]
