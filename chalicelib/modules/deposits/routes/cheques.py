"""The routes of cheques."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.domain.cheque_book import ChequeState
from chalicelib.modules.deposits.errors import UnknownCheque
from chalicelib.modules.deposits.schemas.accounts import Reason
from chalicelib.modules.deposits.schemas.cheques import (
    BookList,
    BookView,
    CertifiedView,
    CertifyCheque,
    ChequePayment,
    ChequeReturn,
    ChequeView,
    IssueBook,
    StopList,
    StopRequest,
    StopView,
)
from chalicelib.modules.deposits.schemas.receipts import ReceiptView
from chalicelib.modules.deposits.service import certification, cheques, returns
from chalicelib.modules.deposits.service.money import Instruction
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get("/accounts/{account_id}/cheque-books", permission=permissions.READ_ACCOUNT, response=BookList)
def list_cheque_books(work: UnitOfWork, account_id: str) -> BookList:
    """The cheque books of an account."""
    account = repository.account(work, account_id)
    return BookList(items=[BookView.of(book) for book in repository.cheque_books(work, account.id)])


@routes.post(
    "/accounts/{account_id}/cheque-books",
    permission=permissions.ISSUE_CHEQUES,
    request=IssueBook,
    response=BookView,
)
def issue_cheque_book(work: UnitOfWork, account_id: str, body: IssueBook) -> BookView:
    """Give an account a cheque book."""
    return BookView.of(cheques.issue_book(work, account_id, body.first, body.last))


@routes.get(
    "/accounts/{account_id}/cheques/{number}", permission=permissions.READ_ACCOUNT, response=ChequeView
)
def read_cheque(work: UnitOfWork, account_id: str, number: str) -> ChequeView:
    """What has become of a cheque."""
    return ChequeView.of(cheques.status_of_cheque(work, account_id, _number(number)))


@routes.post(
    "/accounts/{account_id}/cheque-payments",
    permission=permissions.PAY_CHEQUE,
    request=ChequePayment,
    response=ReceiptView,
    money=True,
    amount=lambda body: body.amount,
)
def pay_cheque(work: UnitOfWork, account_id: str, body: ChequePayment) -> ReceiptView:
    """Pay a cheque."""
    acknowledged = tuple(body.acknowledged_cautions)
    asked = Instruction(account_id, body.amount, body.narrative, body.code, acknowledged=acknowledged)
    return ReceiptView.of(cheques.pay_cheque(work, asked, body.number), work.context.actor.name)


@routes.post(
    "/transactions/{entry_id}/cheque-returns",
    permission=permissions.RETURN_CHEQUE,
    request=ChequeReturn,
    response=ReceiptView,
    money=True,
)
def return_cheque(work: UnitOfWork, entry_id: str, body: ChequeReturn) -> ReceiptView:
    """Take back a deposited cheque that was not paid."""
    asked = returns.ReturnAsked(entry_id, body.reason, body.code)
    return ReceiptView.of(returns.return_cheque(work, asked), work.context.actor.name)


@routes.post(
    "/accounts/{account_id}/cheque-certifications",
    permission=permissions.CERTIFY_CHEQUE,
    request=CertifyCheque,
    response=CertifiedView,
    money=True,
    amount=lambda body: body.amount,
)
def certify_cheque(work: UnitOfWork, account_id: str, body: CertifyCheque) -> CertifiedView:
    """Certify a cheque."""
    return CertifiedView.of(cheques.certify(work, account_id, body.number, body.amount))


@routes.post(
    "/accounts/{account_id}/cheque-certifications/{number}/cancellations",
    permission=permissions.CERTIFY_CHEQUE,
    request=Reason,
    response=CertifiedView,
)
def cancel_certification(work: UnitOfWork, account_id: str, number: str, body: Reason) -> CertifiedView:
    """Take a cheque's certification back."""
    found = certification.cancel(work, account_id, _number(number), body.reason)
    return CertifiedView.of(found)


@routes.get("/accounts/{account_id}/stop-payments", permission=permissions.READ_ACCOUNT, response=StopList)
def list_stop_payments(work: UnitOfWork, account_id: str) -> StopList:
    """The stops on an account's cheques."""
    account = repository.account(work, account_id)
    found = repository.stops(work, account.id)
    return StopList(items=[StopView.of(stop, account.currency) for stop in found])


@routes.post(
    "/accounts/{account_id}/stop-payments",
    permission=permissions.STOP_CHEQUES,
    request=StopRequest,
    response=StopView,
)
def stop_payment(work: UnitOfWork, account_id: str, body: StopRequest) -> StopView:
    """Stop cheques, or report them lost, stolen or given back."""
    asked = cheques.StopAsked(
        account_id,
        body.first,
        body.last,
        ChequeState(body.kind),
        body.reason,
        body.expires_on,
        body.amount,
        body.payee,
    )
    return StopView.of(cheques.stop(work, asked), repository.account(work, account_id).currency)


@routes.post(
    "/accounts/{account_id}/stop-payments/{stop_id}/liftings",
    permission=permissions.STOP_CHEQUES,
    request=Reason,
    response=StopView,
)
def lift_stop_payment(work: UnitOfWork, account_id: str, stop_id: str, body: Reason) -> StopView:
    """Let stopped cheques be paid again."""
    lifted = cheques.lift_stop(work, account_id, stop_id, body.reason)
    return StopView.of(lifted, repository.account(work, account_id).currency)


def _number(text: str) -> int:
    """A cheque's number out of a path. Raises UnknownCheque."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise UnknownCheque("number", number=text)
    return int(text)
