"""The routes of histories, reversals and statements."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.schemas.accounts import Reason
from chalicelib.modules.deposits.schemas.archive import ArchivedMovements, ArchiveQuery
from chalicelib.modules.deposits.schemas.receipts import ReversalView
from chalicelib.modules.deposits.schemas.statements import (
    AddStatementCopy,
    CutStatement,
    MovementList,
    PeriodQuery,
    StatementCopies,
    StatementCopyView,
    StatementPeriods,
    StatementPeriodView,
    StatementRequest,
    movement_list,
)
from chalicelib.modules.deposits.service import (
    archiving,
    copies,
    cutting,
    enquiry,
    issuing,
    money,
    periods,
    statements,
)
from chalicelib.platform.http.payload import DocumentView
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.reports import check_reader
from chalicelib.platform.schemas.reports import IssuedDocument, IssuedDocuments
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get(
    "/accounts/{account_id}/transactions",
    permission=permissions.READ_ACCOUNT,
    query=PeriodQuery,
    response=MovementList,
)
def list_transactions(work: UnitOfWork, account_id: str, query: PeriodQuery) -> MovementList:
    """The movements of an account between two dates or of a statement cycle, by code, channel and amount."""
    period = enquiry.movements(
        work,
        account_id,
        query.from_date,
        query.to_date,
        cycle=query.cycle,
        wanted=query.wanted,
        newest_first=query.order == "newest",
        limit=query.limit,
        cursor=query.cursor,
    )
    return movement_list(work, account_id, period)


@routes.get(
    "/accounts/{account_id}/archive",
    permission=permissions.READ_ARCHIVE,
    query=ArchiveQuery,
    response=ArchivedMovements,
)
def list_archived_transactions(work: UnitOfWork, account_id: str, query: ArchiveQuery) -> ArchivedMovements:
    """The movements of an account that are in the archive, between two dates, oldest first."""
    found = archiving.archived(
        work, account_id, query.from_date, query.to_date, limit=query.limit, cursor=query.cursor
    )
    return ArchivedMovements.of(work, found)


@routes.post(
    "/transactions/{entry_id}/reversals",
    permission=permissions.REVERSE_TRANSACTION,
    request=Reason,
    response=ReversalView,
    money=True,
)
def reverse_transaction(work: UnitOfWork, entry_id: str, body: Reason) -> ReversalView:
    """Undo a transaction."""
    return ReversalView.of(money.reverse(work, entry_id, body.reason))


@routes.post(
    "/accounts/{account_id}/statements",
    permission=permissions.ISSUE_STATEMENT,
    request=StatementRequest,
    response=DocumentView,
    status=200,
    idempotent=False,
)
def issue_statement(work: UnitOfWork, account_id: str, body: StatementRequest) -> DocumentView:
    """The statement of an account as a file; only a printed copy may cost something."""
    check_reader(work, body.language)
    make = statements.printed_document if body.printed else statements.statement_document
    document = make(work, account_id, body.from_date, body.to_date, body.format, body.language)
    return DocumentView(
        filename=document.filename, content_type=document.content_type, content_base64=document.base64
    )


@routes.get(
    "/accounts/{account_id}/statements", permission=permissions.READ_ACCOUNT, response=IssuedDocuments
)
def list_statements(work: UnitOfWork, account_id: str) -> IssuedDocuments:
    """The statements that the ends of cycles issued, the latest first."""
    found = issuing.issued(work, account_id)
    return IssuedDocuments(items=[IssuedDocument.of(each) for each in found])


@routes.get(
    "/accounts/{account_id}/statements/{period_end}",
    permission=permissions.READ_ACCOUNT,
    response=IssuedDocument,
    sensitive=True,
)
def read_statement(work: UnitOfWork, account_id: str, period_end: str) -> IssuedDocument:
    """An issued statement, with the address that fetches it for some minutes."""
    return IssuedDocument.of(*issuing.statement_ending(work, account_id, period_end))


@routes.post(
    "/accounts/{account_id}/statement-cut-offs",
    permission=permissions.CUT_STATEMENT,
    request=CutStatement,
    response=IssuedDocument,
    money=True,
)
def cut_statement(work: UnitOfWork, account_id: str, body: CutStatement) -> IssuedDocument:
    """End the account's statement now, with its charges and interest where asked; the next one begins after it."""
    return IssuedDocument.of(cutting.cut(work, account_id, cutting.Cut(body.apply_fees, body.pay_interest)))


@routes.get(
    "/accounts/{account_id}/statement-periods",
    permission=permissions.READ_ACCOUNT,
    response=StatementPeriods,
)
def list_statement_periods(work: UnitOfWork, account_id: str) -> StatementPeriods:
    """The statement cycle that runs and the earlier ones, the latest first."""
    account = repository.account(work, account_id)
    found = [periods.current(work, account), *periods.issued(work, account, issuing.MOST_LISTED)]
    return StatementPeriods(items=[StatementPeriodView.of(each) for each in found])


@routes.get(
    "/accounts/{account_id}/statement-copies", permission=permissions.READ_ACCOUNT, response=StatementCopies
)
def list_statement_copies(work: UnitOfWork, account_id: str) -> StatementCopies:
    """Who gets the statements of an account too."""
    found = copies.of_account(work, account_id)
    return StatementCopies(items=[StatementCopyView.model_validate(each) for each in found])


@routes.post(
    "/accounts/{account_id}/statement-copies",
    permission=permissions.MAINTAIN_ACCOUNT,
    request=AddStatementCopy,
    response=StatementCopyView,
)
def add_statement_copy(work: UnitOfWork, account_id: str, body: AddStatementCopy) -> StatementCopyView:
    """Let somebody else get every statement of an account by e-mail."""
    asked = copies.CopyAsked(account_id, body.name, body.email, body.language)
    return StatementCopyView.model_validate(copies.add(work, asked))


@routes.delete(
    "/accounts/{account_id}/statement-copies/{copy_id}",
    permission=permissions.MAINTAIN_ACCOUNT,
    status=204,
)
def remove_statement_copy(work: UnitOfWork, account_id: str, copy_id: str) -> None:
    """Let somebody get no more statements of an account."""
    copies.remove(work, account_id, copy_id)
