"""The routes by which an account is served: codes to capture by, cautions, changes of status, sums of a year."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.schemas.accounts import Reason
from chalicelib.modules.deposits.schemas.servicing import (
    CaptureForms,
    CaptureFormView,
    CautionList,
    CautionRequest,
    CautionView,
    ClaimView,
    NoteRequest,
    NoteView,
    StatusChangeList,
    StatusChangeView,
    StatusRequest,
    YearQuery,
    YearSumsView,
)
from chalicelib.modules.deposits.service import capture, cautions, notes, statuses, unclaimed
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get(
    "/accounts/{account_id}/capture-forms", permission=permissions.READ_ACCOUNT, response=CaptureForms
)
def list_capture_forms(work: UnitOfWork, account_id: str) -> CaptureForms:
    """The transactions that the caller may capture on an account now."""
    found, warnings = capture.forms(work, account_id)
    return CaptureForms(
        items=[CaptureFormView.of(form) for form in found],
        cautions=[CautionView.of(each) for each in warnings],
    )


@routes.get(
    "/accounts/{account_id}/year-sums",
    permission=permissions.READ_ACCOUNT,
    query=YearQuery,
    response=YearSumsView,
)
def read_year_sums(work: UnitOfWork, account_id: str, query: YearQuery) -> YearSumsView:
    """What an account's transactions of a year come to."""
    return YearSumsView.of(repository.account(work, account_id), query.year)


@routes.get("/accounts/{account_id}/cautions", permission=permissions.READ_ACCOUNT, response=CautionList)
def list_cautions(work: UnitOfWork, account_id: str) -> CautionList:
    """The cautions of an account."""
    account = repository.account(work, account_id)
    return CautionList(items=[CautionView.of(each) for each in repository.cautions(work, account.id)])


@routes.post(
    "/accounts/{account_id}/cautions",
    permission=permissions.MANAGE_CAUTIONS,
    request=CautionRequest,
    response=CautionView,
)
def place_caution(work: UnitOfWork, account_id: str, body: CautionRequest) -> CautionView:
    """Warn whoever serves an account."""
    return CautionView.of(cautions.place(work, account_id, body.text, body.expires_on))


@routes.post(
    "/accounts/{account_id}/cautions/{caution_id}/removals",
    permission=permissions.MANAGE_CAUTIONS,
    request=Reason,
    response=CautionView,
)
def remove_caution(work: UnitOfWork, account_id: str, caution_id: str, body: Reason) -> CautionView:
    """Take a caution away."""
    return CautionView.of(cautions.remove(work, account_id, caution_id, body.reason))


@routes.get(
    "/accounts/{account_id}/status-changes", permission=permissions.READ_ACCOUNT, response=StatusChangeList
)
def list_status_changes(work: UnitOfWork, account_id: str) -> StatusChangeList:
    """The changes of an account's status."""
    account = repository.account(work, account_id)
    found = repository.status_changes(work, account.id)
    return StatusChangeList(items=[StatusChangeView.of(each) for each in found])


@routes.post(
    "/accounts/{account_id}/status-changes",
    permission=permissions.CHANGE_STATUS,
    request=StatusRequest,
    response=StatusChangeView,
)
def change_status(work: UnitOfWork, account_id: str, body: StatusRequest) -> StatusChangeView:
    """Put an account under another status."""
    return StatusChangeView.of(statuses.change(work, account_id, body.status, body.reason))


@routes.post(
    "/accounts/{account_id}/claims",
    permission=permissions.RESTORE_UNCLAIMED,
    request=Reason,
    response=ClaimView,
    money=True,
)
def claim_funds(work: UnitOfWork, account_id: str, body: Reason) -> ClaimView:
    """Give unclaimed funds back to their account."""
    return ClaimView.of(unclaimed.claim(work, account_id, body.reason))


@routes.post(
    "/accounts/{account_id}/notes",
    permission=permissions.MAINTAIN_ACCOUNT,
    request=NoteRequest,
    response=NoteView,
)
def record_note(work: UnitOfWork, account_id: str, body: NoteRequest) -> NoteView:
    """Record what was done for an account without money."""
    return NoteView.of(notes.note(work, notes.NoteAsked(account_id, body.narrative, body.code)))
