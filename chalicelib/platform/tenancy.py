"""The register of tenants: who they are, what state they are in, and which version of their parameters holds."""

from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.context import TenantContext
from chalicelib.platform.storage.collection import Collection

PLATFORM = "platform"
"""The reserved code under which the platform keeps what belongs to no tenant."""


class TenantState(StrEnum):
    """Life of a tenant (GEN-10): a suspended one is read only."""

    PROVISIONING = "provisioning"
    LIVE = "live"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Branding:
    """What the portals show of the tenant: colours as ``#rrggbb`` and a logo as SVG text or address."""

    primary: str = "#1f5f5b"
    accent: str = "#c8553d"
    logo: str = ""
    slogan: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tenant:
    """A cooperative on the platform. ``config_version`` grows with each approved change of its parameters."""

    code: str
    legal_name: str
    trade_name: str
    tax_id: str
    country: str
    currency: str
    languages: tuple[str, ...]
    default_language: str
    locale: str
    time_zone: str
    state: TenantState
    modules: tuple[str, ...]
    branding: Branding
    requests_per_minute: int = 1200
    user_requests_per_minute: int = 300
    config_version: int = 0
    isolation: str = "pooled"
    pack: str = ""
    version: int = 0

    def context(self) -> TenantContext:
        """What operations need to know of the tenant."""
        return TenantContext(
            self.code,
            self.country,
            self.currency,
            self.default_language,
            self.languages,
            self.locale,
            self.time_zone,
            self.modules,
        )


@dataclass(frozen=True, slots=True)
class TenantListing:
    """A tenant's line in the platform's register, which visitors see when they choose where to sign in."""

    code: str
    name: str
    country: str
    version: int = 0


TENANTS = Collection(Tenant, table="config", partition="tenant", sort="tenant")
LISTINGS = Collection(TenantListing, table="config", partition="tenants", sort="{code}")
