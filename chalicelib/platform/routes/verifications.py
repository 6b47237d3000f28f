"""Whether a document that somebody was given is the cooperative's."""

from chalicelib.kernel.money import Money
from chalicelib.platform import verification, wording
from chalicelib.platform.http.routes import ANY, OPEN, Routes
from chalicelib.platform.schemas.verifications import VerificationQuery, VerificationView
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get(
    "/verifications/{code}", permission=OPEN, realm=ANY, query=VerificationQuery, response=VerificationView
)
def verify_document(work: UnitOfWork, code: str, query: VerificationQuery) -> VerificationView:
    """Whether a document with this code was given out, and whether it says what the paper says."""
    total = Money.of(query.total, query.currency or work.context.tenant.currency) if query.total else None
    found = verification.verify(work, code, total, query.sha256)
    tenant = work.get(TENANTS)
    return VerificationView(
        code=verification.shown(found.document.code),
        kind=found.document.kind,
        title=wording.say(work, f"documents.{found.document.kind}.title"),
        institution=tenant.trade_name or tenant.legal_name,
        issued_at=found.document.issued_at,
        valid_until=found.document.valid_until,
        total_matches=found.total_matches,
        file_matches=found.file_matches,
    )
