"""Signing in and out, and who somebody is."""

from datetime import date

from pydantic import Field

from chalicelib.platform.access.passwords import LONGEST
from chalicelib.platform.access.people import Person
from chalicelib.platform.access.service import SignedIn
from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.tenancy import Branding, Tenant


class SignIn(Payload):
    """A user name and password at one cooperative."""

    tenant: str = Field(min_length=1, max_length=64, examples=["chakana"])
    username: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=256)


class RefreshTokens(Payload):
    """A refresh token; it is good once."""

    refresh_token: str = Field(min_length=1, max_length=400)


class PasswordChange(Payload):
    """The password as it is and as it shall be."""

    current: str = Field(min_length=1, max_length=256)
    new: str = Field(min_length=1, max_length=LONGEST)


class LanguageChoice(Payload):
    """A language of the cooperative, as a BCP 47 tag."""

    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["es"])


class BrandingView(View):
    """Colours as ``#rrggbb``, the logo as SVG text or address, the slogan by language."""

    primary: str
    accent: str
    logo: str = ""
    slogan: dict[str, str] = {}

    @classmethod
    def of(cls, branding: Branding) -> "BrandingView":
        return cls(
            primary=branding.primary,
            accent=branding.accent,
            logo=branding.logo,
            slogan=branding.slogan or {},
        )


class TenantView(View):
    """What the portals know of the cooperative."""

    code: str
    name: str
    country: str
    currency: str
    languages: list[str]
    default_language: str
    locale: str
    time_zone: str
    state: str
    modules: list[str]
    branding: BrandingView

    @classmethod
    def of(cls, tenant: Tenant) -> "TenantView":
        return cls(
            code=tenant.code,
            name=tenant.trade_name or tenant.legal_name,
            country=tenant.country,
            currency=tenant.currency,
            languages=list(tenant.languages),
            default_language=tenant.default_language,
            locale=tenant.locale,
            time_zone=tenant.time_zone,
            state=tenant.state.value,
            modules=list(tenant.modules),
            branding=BrandingView.of(tenant.branding),
        )


class StaffUser(View):
    """Who signed in, with the permissions of their roles as they stand now (``deposits.*`` covers a module)."""

    id: str
    name: str
    username: str
    roles: list[str]
    permissions: list[str]
    branches: list[str]
    branch_scope: str
    language: str
    email: str = ""
    party_id: str = ""

    @classmethod
    def of(cls, person: Person, permissions: tuple[str, ...]) -> "StaffUser":
        return cls(
            id=person.id,
            name=person.name,
            username=person.username,
            roles=list(person.roles),
            permissions=list(permissions),
            branches=list(person.branches),
            branch_scope=person.branch_scope,
            language=person.language,
            email=person.email,
            party_id=person.party_id,
        )


class TokenPair(View):
    """An access token for the next ``expires_in`` seconds, and the refresh token that renews it once."""

    access_token: str
    expires_in: int
    refresh_token: str

    @classmethod
    def of(cls, signed: SignedIn) -> "TokenPair":
        return cls(
            access_token=signed.access_token, expires_in=signed.expires_in, refresh_token=signed.refresh_token
        )


class StaffSession(TokenPair):
    """A new session of the console. With ``must_change_password`` only the change of password is open."""

    must_change_password: bool
    user: StaffUser
    tenant: TenantView


class MenuEntry(View):
    """A node of the menu that the caller may open, or a group of such nodes."""

    code: str
    label: str
    path: str | None = None
    icon: str = ""
    shortcut: str | None = None
    external: bool = False
    children: list["MenuEntry"] = []


class BranchDay(View):
    """The business date of a branch; ``previous_date`` is closed (state open) or being closed (state closing)."""

    branch: str
    name: str
    business_date: date
    previous_date: date
    next_date: date
    state: str


class BranchDays(View):
    """The business dates of the branches."""

    items: list[BranchDay]
    next_cursor: str | None = None


class Me(View):
    """The caller, their cooperative, what they may open, and which day it is in their branches."""

    user: StaffUser
    tenant: TenantView
    menu: list[MenuEntry]
    business_dates: list[BranchDay]
    permissions: list[str]
    language: str


class TenantName(View):
    """A cooperative in the list for signing in."""

    code: str
    name: str
    country: str


class TenantNames(View):
    """The cooperatives where somebody can sign in."""

    items: list[TenantName]
    next_cursor: str | None = None


class TenantBranding(View):
    """What a portal shows before anybody has signed in."""

    code: str
    name: str
    country: str
    languages: list[str]
    default_language: str
    locale: str
    currency: str
    branding: BrandingView


class Health(View):
    """Whether the bank answers, and which version of it does."""

    status: str
    version: str
    stage: str
