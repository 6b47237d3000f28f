"""What anybody may see before signing in: cooperatives, their branding, health, and the API's own description."""

from functools import lru_cache

from chalicelib.platform import settings, tenancy
from chalicelib.platform.access.authentication import work_for_visitor
from chalicelib.platform.http.call import Answer
from chalicelib.platform.http.openapi import VERSION
from chalicelib.platform.http.routes import PUBLIC, Routes
from chalicelib.platform.schemas.access import (
    BrandingView,
    Health,
    TenantBranding,
    TenantName,
    TenantNames,
)
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")
root = Routes("platform", prefix="")


@routes.get("/tenants", permission=PUBLIC, response=TenantNames)
def list_tenants(work: UnitOfWork) -> TenantNames:
    """The cooperatives where somebody can sign in."""
    return TenantNames(items=[TenantName.model_validate(line) for line in work.all(tenancy.LISTINGS)])


@routes.get("/tenants/{code}/branding", permission=PUBLIC, response=TenantBranding)
def read_branding(work: UnitOfWork, code: str) -> TenantBranding:
    """How a cooperative looks, and the languages it speaks."""
    tenant = work_for_visitor(work, code).get(tenancy.TENANTS)
    return TenantBranding(
        code=tenant.code,
        name=tenant.trade_name or tenant.legal_name,
        country=tenant.country,
        languages=list(tenant.languages),
        default_language=tenant.default_language,
        locale=tenant.locale,
        currency=tenant.currency,
        branding=BrandingView.of(tenant.branding),
    )


@routes.get("/health", permission=PUBLIC, response=Health)
def read_health(work: UnitOfWork) -> Health:
    """Whether the bank answers and reaches its tables."""
    work.find(tenancy.TENANTS)
    return Health(status="ok", version=VERSION, stage=settings.stage())


@root.get("/openapi.json", permission=PUBLIC, response=dict)
def describe_api(work: UnitOfWork) -> Answer:
    """This API in OpenAPI 3.1."""
    return Answer(
        200, _description(), {"Content-Type": "application/json", "Cache-Control": "public, max-age=300"}
    )


@lru_cache(maxsize=1)
def _description() -> str:
    from chalicelib.platform.http import openapi

    return openapi.text()
