"""Cheques: giving books out, saying what became of a number, stopping, giving back, and paying."""

from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.certified_cheque import CertifiedCheque, ChequeCertified
from chalicelib.modules.deposits.domain.cheque_book import (
    MOST_IN_A_BOOK,
    ChequeBook,
    ChequeState,
    PaidCheque,
    Stop,
    StopState,
    book_of,
    first_expiry,
    stop_on,
)
from chalicelib.modules.deposits.domain.status import allowed
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.errors import (
    ChequeAlreadyPaid,
    ChequeReturned,
    ChequesNotAllowed,
    ChequesOverlap,
    ChequeStopped,
    CurrencyMismatch,
    InvalidChequeRange,
    StatusForbids,
    StopEnded,
    UnknownCheque,
)
from chalicelib.modules.deposits.service import certification, money
from chalicelib.modules.deposits.tables import ACCOUNTS, CHEQUE_BOOKS, PAID_CHEQUES, STOPS
from chalicelib.platform import clock
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StopAsked:
    """Numbers that must not be paid: why, until when, and the cheque's amount and payee where they are known."""

    account_id: str
    first: int
    last: int
    kind: ChequeState
    reason: str
    expires_on: date | None = None
    amount: Money | None = None
    payee: str = ""


@dataclass(frozen=True, slots=True)
class ChequeStatus:
    """What has become of one number."""

    number: int
    state: ChequeState
    book: ChequeBook
    paid: PaidCheque | None = None
    stop: Stop | None = None


def issue_book(work: UnitOfWork, account_id: str, first: int, last: int) -> ChequeBook:
    """Give an account a range of cheques (DEP-05, DEP-109).

    Raises ChequesNotAllowed, StatusForbids, InvalidChequeRange, ChequesOverlap.
    """
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    if not terms_of(work.config, account.plan, account.overrides, today).allows_cheques:
        raise ChequesNotAllowed("account_id", plan=account.plan)
    if not allowed(work.config, account.status, today).cheque:
        raise StatusForbids("account_id", status=account.status)
    _check_range(first, last)
    for book in repository.cheque_books(work, account_id):
        if book.overlaps(first, last):
            raise ChequesOverlap("first", first=book.first, last=book.last)
    work.put(ACCOUNTS, account)
    return work.put(CHEQUE_BOOKS, ChequeBook(account_id, first, last, today, work.context.actor.id))


def status_of_cheque(work: UnitOfWork, account_id: str, number: int) -> ChequeStatus:
    """What has become of one number. Raises UnknownCheque where the account was never given it."""
    account = repository.account(work, account_id)
    book = book_of(repository.cheque_books(work, account.id), number)
    if book is None:
        raise UnknownCheque("number", number=number)
    paid = work.find(PAID_CHEQUES, account_id=account.id, number=number)
    if paid:
        return ChequeStatus(number, ChequeState.PAID, book, paid=paid)
    stop = stop_on(repository.stops(work, account.id), number)
    kept = certification.certified(work, account.id, number)
    left = ChequeState.CERTIFIED if kept else ChequeState.UNUSED
    return ChequeStatus(number, stop.kind if stop else left, book, stop=stop)


def certify(work: UnitOfWork, account_id: str, number: int, amount: Money) -> CertifiedCheque:
    """Certify an unused cheque: its funds are set aside (DEP-96).

    Raises UnknownCheque, ChequeAlreadyPaid, ChequeStopped, ChequeReturned, ChequeCertified, CertificationNotOffered,
    HoldExceedsBalance, ChargesNotCovered.
    """
    found = status_of_cheque(work, account_id, number)
    _check_payable(found)
    if found.state is ChequeState.CERTIFIED:
        raise ChequeCertified("number", number=number)
    return certification.certify(work, account_id, number, amount)


def stop(work: UnitOfWork, asked: StopAsked) -> Stop:
    """Keep numbers from being paid, in every branch and channel from this moment on (DEP-91, DEP-95).

    Raises InvalidChequeRange, UnknownCheque, ChequeAlreadyPaid, ChequeReturned, CurrencyMismatch.
    """
    account = repository.account(work, asked.account_id)
    if asked.amount and asked.amount.currency != account.currency:
        raise CurrencyMismatch("amount.currency", currency=account.currency)
    _check_range(asked.first, asked.last)
    _check_stoppable(work, account, asked.first, asked.last)
    made = Stop(
        id=new_id("stp"),
        account_id=account.id,
        first=asked.first,
        last=asked.last,
        kind=asked.kind,
        reason=asked.reason,
        reported_by=work.context.actor.id,
        reported_at=clock.now(),
        expires_on=asked.expires_on,
        minor=asked.amount.minor if asked.amount else 0,
        payee=asked.payee,
    )
    _note_expiry(work, account, [*repository.stops(work, account.id), made])
    return work.put(STOPS, made)


def lift_stop(work: UnitOfWork, account_id: str, stop_id: str, reason: str) -> Stop:
    """Let the numbers be paid again; what was given back to the bank stays so. Raises StopEnded."""
    account = repository.account(work, account_id)
    found = repository.stop(work, account_id, stop_id)
    if found.state is not StopState.ACTIVE or found.kind is ChequeState.RETURNED:
        raise StopEnded("stop_id")
    lifted = replace(
        found,
        state=StopState.LIFTED,
        ended_by=work.context.actor.id,
        ended_on=business_date(work, account.branch),
        reason=f"{found.reason} / {reason}",
    )
    others = [row for row in repository.stops(work, account_id) if row.id != stop_id]
    _note_expiry(work, account, others)
    return work.put(STOPS, lifted)


def pay_cheque(work: UnitOfWork, asked: money.Instruction, number: int) -> money.Receipt:
    """Pay a cheque that is presented, once (DEP-110).

    A certified one takes the funds set aside for it. Raises UnknownCheque, ChequeAlreadyPaid, ChequeStopped,
    ChequeReturned, CertifiedAmountDiffers, and whatever a withdrawal refuses.
    """
    _check_payable(status_of_cheque(work, asked.account_id, number))
    certification.use(work, asked.account_id, number, asked.money)
    receipt = money.pay_cheque(work, replace(asked, source_ref=f"{money.CHEQUE}{number}"))
    entry = receipt.posted.entry
    paid = PaidCheque(
        asked.account_id, number, asked.money.minor, asked.money.currency, entry.business_date, entry.id
    )
    work.put(PAID_CHEQUES, paid)
    return receipt


def _check_payable(found: ChequeStatus) -> None:
    if found.paid:
        raise ChequeAlreadyPaid("number", number=found.number, paid_on=found.paid.paid_on.isoformat())
    if found.state is ChequeState.RETURNED:
        raise ChequeReturned("number", number=found.number)
    if found.stop:
        raise ChequeStopped("number", number=found.number, reason=found.stop.reason)


def _check_range(first: int, last: int) -> None:
    if not 0 < first <= last < first + MOST_IN_A_BOOK:
        raise InvalidChequeRange("last", most=MOST_IN_A_BOOK)


def _check_stoppable(work: UnitOfWork, account: DemandAccount, first: int, last: int) -> None:
    books, stops = repository.cheque_books(work, account.id), repository.stops(work, account.id)
    paid = {cheque.number: cheque.paid_on for cheque in repository.paid_cheques(work, account.id)}
    for number in range(first, last + 1):
        if book_of(books, number) is None:
            raise UnknownCheque("first", number=number)
        if number in paid:
            raise ChequeAlreadyPaid("first", number=number, paid_on=paid[number].isoformat())
        if certification.certified(work, account.id, number):
            raise ChequeCertified("first", number=number)
        known = stop_on(stops, number)
        if known and known.kind is ChequeState.RETURNED:
            raise ChequeReturned("first", number=number)


def _note_expiry(work: UnitOfWork, account: DemandAccount, stops: list[Stop]) -> None:
    """Each stop writes the account: payments at the same moment meet it there."""
    work.put(ACCOUNTS, replace(account, stops_end_on=first_expiry(stops)))
