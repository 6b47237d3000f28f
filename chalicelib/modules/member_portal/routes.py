"""The routes of the member portal."""

from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.member_portal.schemas.accounts import (
    MemberMovement,
    MemberMovements,
    MovementsQuery,
    StatementQuery,
)
from chalicelib.modules.member_portal.schemas.position import (
    MemberAccount,
    MemberAccounts,
    PositionDocument,
    PositionDocumentRequest,
    PositionView,
)
from chalicelib.modules.member_portal.schemas.sessions import MemberSession, MemberView
from chalicelib.modules.member_portal.schemas.term_deposits import (
    MemberTermDeposit,
    MemberTermDepositDetail,
    MemberTermDeposits,
)
from chalicelib.modules.member_portal.schemas.transfers import (
    OwnTransfer,
    TransferAccount,
    TransferAccounts,
    TransferQuote,
    TransferReceipt,
)
from chalicelib.modules.member_portal.service import documents, periods, position, term_deposits, transfers
from chalicelib.modules.parties import public as parties
from chalicelib.platform.access import entrance
from chalicelib.platform.access import service as access
from chalicelib.platform.access.people import Realm
from chalicelib.platform.http.payload import DocumentView
from chalicelib.platform.http.routes import MEMBER, PUBLIC, SIGNED_IN, Routes
from chalicelib.platform.schemas.access import PasswordChange, RefreshTokens, SignIn, TenantView, TokenPair
from chalicelib.platform.schemas.reports import IssuedDocument, IssuedDocuments
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork

routes = Routes("member_portal")


@routes.post("/sessions", permission=PUBLIC, request=SignIn, response=MemberSession, idempotent=False)
def sign_in_member(work: UnitOfWork, body: SignIn) -> MemberSession:
    """Open a session of the member portal."""
    own, signed = entrance.open_session(work, Realm.MEMBER, body.tenant, body.username, body.password)
    person = signed.person
    return MemberSession(
        **TokenPair.of(signed).model_dump(),
        must_change_password=signed.session.must_change,
        user=MemberView(id=person.id, name=person.name, username=person.username, language=person.language),
        tenant=TenantView.of(own.get(TENANTS)),
    )


@routes.post("/tokens", permission=PUBLIC, request=RefreshTokens, response=TokenPair, idempotent=False)
def renew_member_tokens(work: UnitOfWork, body: RefreshTokens) -> TokenPair:
    """Exchange a refresh token for a new pair of tokens; the old one is good once."""
    _, signed = entrance.renew_session(work, Realm.MEMBER, body.refresh_token)
    return TokenPair.of(signed)


@routes.delete("/sessions/current", permission=SIGNED_IN, realm=MEMBER, status=204, idempotent=False)
def sign_out_member(work: UnitOfWork) -> None:
    """End the session."""
    access.sign_out(work, work.context.actor.session_id)


@routes.put(
    "/password", permission=SIGNED_IN, realm=MEMBER, request=PasswordChange, status=204, idempotent=False
)
def change_member_password(work: UnitOfWork, body: PasswordChange) -> None:
    """Change one's own password; every other session ends, and the contact on file is told."""
    told = parties.recipient(work, work.context.actor.party_id)
    access.change_password(work, Realm.MEMBER, body.current, body.new, told)


@routes.get("/position", permission=SIGNED_IN, realm=MEMBER, response=PositionView)
def read_position(work: UnitOfWork) -> PositionView:
    """Everything the member holds and owes, with totals by currency."""
    return PositionView.of(position.position(work))


@routes.post(
    "/position/documents",
    permission=SIGNED_IN,
    realm=MEMBER,
    request=PositionDocumentRequest,
    response=PositionDocument,
    idempotent=False,
)
def issue_position_document(work: UnitOfWork, body: PositionDocumentRequest) -> PositionDocument:
    """The position as a file with a code that whoever is given it can check."""
    return PositionDocument.of(documents.issue_position(work, body.format))


@routes.get("/accounts", permission=SIGNED_IN, realm=MEMBER, response=MemberAccounts)
def list_member_accounts(work: UnitOfWork) -> MemberAccounts:
    """The member's accounts."""
    return MemberAccounts(items=[MemberAccount.of(account) for account in position.held_accounts(work)])


@routes.get(
    "/accounts/{account_id}/movements",
    permission=SIGNED_IN,
    realm=MEMBER,
    query=MovementsQuery,
    response=MemberMovements,
)
def list_member_movements(work: UnitOfWork, account_id: str, query: MovementsQuery) -> MemberMovements:
    """The movements of one of the member's accounts between two dates or of a statement cycle."""
    newest = query.order == "newest"
    first, last = query.from_date, query.to_date
    if not query.cycle:
        last = last or position.business_day_of(work, account_id)
        first = first or last.replace(day=1)
    periods.check_longest(work, first, last)
    period = deposits.movements(
        work,
        account_id,
        first,
        last,
        cycle=query.cycle,
        wanted=deposits.Wanted(query.code, query.channel, query.min_amount, query.max_amount),
        newest_first=newest,
        limit=query.limit,
        cursor=query.cursor,
    )
    names = deposits.code_names(work, {row.code for row in period.movements}, period.last)
    return MemberMovements(
        items=[MemberMovement.of(row, names) for row in period.movements],
        period_start=period.first,
        period_end=period.last,
        opening=period.opening,
        closing=period.closing,
        next_cursor=period.next_cursor,
        archived_until=period.archived[1] if period.archived else None,
    )


@routes.get(
    "/accounts/{account_id}/statement",
    permission=SIGNED_IN,
    realm=MEMBER,
    query=StatementQuery,
    response=DocumentView,
)
def read_member_statement(work: UnitOfWork, account_id: str, query: StatementQuery) -> DocumentView:
    """The statement of one of the member's accounts as a file, in the language in which they read the portal."""
    periods.check_longest(work, query.from_date, query.to_date)
    document = deposits.statement_document(
        work, account_id, query.from_date, query.to_date, query.format, work.context.language
    )
    return DocumentView(
        filename=document.filename, content_type=document.content_type, content_base64=document.base64
    )


@routes.get("/accounts/{account_id}/statements", permission=SIGNED_IN, realm=MEMBER, response=IssuedDocuments)
def list_member_statements(work: UnitOfWork, account_id: str) -> IssuedDocuments:
    """The statements that the ends of cycles issued for one of the member's accounts, the latest first."""
    found = deposits.issued_statements(work, account_id)
    return IssuedDocuments(items=[IssuedDocument.of(each) for each in found])


@routes.get(
    "/accounts/{account_id}/statements/{period_end}",
    permission=SIGNED_IN,
    realm=MEMBER,
    response=IssuedDocument,
    sensitive=True,
)
def read_issued_statement(work: UnitOfWork, account_id: str, period_end: str) -> IssuedDocument:
    """An issued statement, with the address that fetches it for some minutes."""
    return IssuedDocument.of(*deposits.statement_ending(work, account_id, period_end))


@routes.get("/term-deposits", permission=SIGNED_IN, realm=MEMBER, response=MemberTermDeposits)
def list_member_term_deposits(work: UnitOfWork) -> MemberTermDeposits:
    """The member's active term deposits, the next to mature first."""
    return MemberTermDeposits(items=[MemberTermDeposit.of(own) for own in term_deposits.active(work)])


@routes.get(
    "/term-deposits/{deposit_id}", permission=SIGNED_IN, realm=MEMBER, response=MemberTermDepositDetail
)
def read_member_term_deposit(work: UnitOfWork, deposit_id: str) -> MemberTermDepositDetail:
    """One of the member's term deposits with every payment."""
    return MemberTermDepositDetail.of(term_deposits.one(work, deposit_id))


@routes.get("/transfer-accounts", permission=SIGNED_IN, realm=MEMBER, response=TransferAccounts)
def list_transfer_accounts(work: UnitOfWork) -> TransferAccounts:
    """Between which of their accounts the member may transfer."""
    return TransferAccounts(items=[TransferAccount.of(each) for each in transfers.choices(work)])


@routes.post(
    "/transfer-quotes",
    permission=SIGNED_IN,
    realm=MEMBER,
    request=OwnTransfer,
    response=TransferQuote,
    status=200,
    idempotent=False,
)
def quote_own_transfer(work: UnitOfWork, body: OwnTransfer) -> TransferQuote:
    """What a transfer between own accounts would cost and leave; nothing is moved."""
    return TransferQuote.of(transfers.preview(work, body.asked()))


@routes.post(
    "/transfers",
    permission=SIGNED_IN,
    realm=MEMBER,
    request=OwnTransfer,
    response=TransferReceipt,
    money=True,
)
def post_own_transfer(work: UnitOfWork, body: OwnTransfer) -> TransferReceipt:
    """Transfer between two of the member's own accounts."""
    return TransferReceipt.of(transfers.transfer(work, body.asked()))
