"""The audit trail: search, and proof that nothing in it was altered."""

from chalicelib.platform import audit, audit_search
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.schemas.oversight import (
    AuditEvents,
    AuditQuery,
    AuditVerification,
    ChainCheck,
    VerifyAudit,
)
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")


@routes.get(
    "/audit-events", permission="platform.read_audit", query=AuditQuery, response=AuditEvents, sensitive=True
)
def search_audit(work: UnitOfWork, query: AuditQuery) -> AuditEvents:
    """Who did what, newest first: by person, operation, entity, kind and dates."""
    items, following = audit_search.search(work, query)
    return AuditEvents(items=items, next_cursor=following)


@routes.post(
    "/audit-verifications",
    permission="platform.read_audit",
    request=VerifyAudit,
    response=AuditVerification,
)
def verify_audit(work: UnitOfWork, body: VerifyAudit) -> AuditVerification:
    """Recompute the chains of hashes and name the first event of each that was altered."""
    names = [body.chain] if body.chain else [chain.name for chain in work.all(audit.CHAINS)]
    checks = [_check(work, name) for name in names]
    broken = next((check for check in checks if check.first_broken is not None), None)
    return AuditVerification(
        valid=broken is None,
        checked=sum(check.checked for check in checks),
        first_broken=f"{broken.chain}:{broken.first_broken}" if broken else None,
        chains=checks,
    )


def _check(work: UnitOfWork, chain: str) -> ChainCheck:
    checked, first_broken = audit.verify(work, chain)
    return ChainCheck(chain=chain, checked=checked, first_broken=first_broken)
