"""What the routes of cheques take and answer."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.certified_cheque import CertifiedCheque
from chalicelib.modules.deposits.domain.cheque_book import ChequeBook, Stop
from chalicelib.modules.deposits.schemas.accounts import Acknowledged
from chalicelib.modules.deposits.service.cheques import ChequeStatus
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View

LARGEST_NUMBER = 10**12 - 1
Number = Field(ge=1, le=LARGEST_NUMBER)


class IssueBook(Payload):
    """A book by its first and last number."""

    first: int = Number
    last: int = Number


class StopRequest(Payload):
    """Numbers that must not be paid; ``expires_on`` is the last day, without one it stays until it is lifted."""

    first: int = Number
    last: int = Number
    kind: Literal["stopped", "lost", "stolen", "returned_to_bank"] = "stopped"
    reason: str = Field(min_length=3, max_length=200)
    expires_on: date | None = None
    amount: PositiveAmount | None = None
    payee: str = Field("", max_length=120)


class ChequePayment(Payload):
    """A cheque that is presented."""

    number: int = Number
    amount: PositiveAmount
    narrative: str = Field("", max_length=140)
    code: str = Field("", max_length=30)
    acknowledged_cautions: list[str] = Acknowledged


class ChequeReturn(Payload):
    """Why a deposited cheque was not paid; ``code`` where the tenant's own is meant."""

    reason: str = Field(min_length=3, max_length=140)
    code: str = Field("", max_length=30)


class CertifyCheque(Payload):
    """An unused cheque and the amount that it is certified for."""

    number: int = Number
    amount: PositiveAmount


class CertifiedView(View):
    """A certified cheque and the hold that keeps its funds."""

    account_id: str
    number: int
    amount: Amount
    state: str
    hold_id: str
    certified_on: date
    certified_by: str

    @staticmethod
    def of(cheque: CertifiedCheque) -> "CertifiedView":
        """The view of a certified cheque."""
        return CertifiedView(
            account_id=cheque.account_id,
            number=cheque.number,
            amount=cheque.money,
            state=cheque.state.value,
            hold_id=cheque.hold_id,
            certified_on=cheque.certified_on,
            certified_by=cheque.certified_by,
        )


class BookView(View):
    """A range of cheques that an account was given."""

    account_id: str
    first: int
    last: int
    issued_on: date
    issued_by: str

    @staticmethod
    def of(book: ChequeBook) -> "BookView":
        """The view of a book."""
        return BookView.model_validate(book)


class BookList(View):
    """The books of an account."""

    items: list[BookView]


class StopView(View):
    """Numbers that must not be paid, and until when."""

    id: str
    account_id: str
    first: int
    last: int
    kind: str
    state: str
    reason: str
    payee: str
    amount: Amount | None = None
    reported_by: str
    reported_at: datetime
    expires_on: date | None = None
    ended_by: str
    ended_on: date | None = None

    @staticmethod
    def of(stop: Stop, currency: str) -> "StopView":
        """The view of a stop; its amount is in the account's currency."""
        return StopView(
            id=stop.id,
            account_id=stop.account_id,
            first=stop.first,
            last=stop.last,
            kind=stop.kind.value,
            state=stop.state.value,
            reason=stop.reason,
            payee=stop.payee,
            amount=Money(stop.minor, currency) if stop.minor else None,
            reported_by=stop.reported_by,
            reported_at=stop.reported_at,
            expires_on=stop.expires_on,
            ended_by=stop.ended_by,
            ended_on=stop.ended_on,
        )


class StopList(View):
    """The stops there were on an account's cheques."""

    items: list[StopView]


class ChequeView(View):
    """What has become of a cheque."""

    number: int
    state: str
    book_first: int
    book_last: int
    amount: Amount | None = None
    paid_on: date | None = None
    entry_id: str = ""
    reason: str = ""

    @staticmethod
    def of(found: ChequeStatus) -> "ChequeView":
        """The view of one number."""
        return ChequeView(
            number=found.number,
            state=found.state.value,
            book_first=found.book.first,
            book_last=found.book.last,
            amount=found.paid.money if found.paid else None,
            paid_on=found.paid.paid_on if found.paid else None,
            entry_id=found.paid.entry_id if found.paid else "",
            reason=found.stop.reason if found.stop else "",
        )
