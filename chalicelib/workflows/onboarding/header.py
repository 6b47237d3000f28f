"""The head of a manifest: who the cooperative is, how its portals look, and who works there."""

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from chalicelib.kernel.money import UnknownCurrency, currency
from chalicelib.kernel.plan_rules import check_distinct
from chalicelib.platform import texts
from chalicelib.platform.declared import MODULES
from chalicelib.platform.tenancy import PLATFORM

COLOUR = r"^#[0-9a-fA-F]{6}$"
CODE = re.compile(r"[a-z][a-z0-9-]{1,30}[a-z0-9]")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
BranchCode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,4}$")]
Username = Annotated[str, StringConstraints(pattern=r"^[\w.@-]{3,64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BrandingHeader(_Strict):
    """Colours as ``#rrggbb``; the logo as the text of an SVG file."""

    primary: str = Field("#1f5f5b", pattern=COLOUR)
    accent: str = Field("#c8553d", pattern=COLOUR)
    logo: str = Field("", max_length=20_000)
    slogan: dict[str, Text] | None = None


class StaffMember(_Strict):
    """Somebody who gets a user name; a temporary password is made for them."""

    username: Username
    name: Text
    role: str
    branch: BranchCode
    branches: tuple[BranchCode, ...] = ()
    branch_scope: Literal["own", "list", "all"] | None = None
    email: str = Field("", max_length=120)
    language: str = ""


class Header(_Strict):
    """The cooperative itself. ``first_business_date`` is the one its branches open with."""

    code: str
    legal_name: Text
    trade_name: Text
    tax_id: Annotated[str, StringConstraints(min_length=3, max_length=20)]
    country: str = Field(pattern=r"^[A-Z]{2}$")
    pack: str = ""
    currency: str
    languages: tuple[str, ...] = Field(min_length=1)
    default_language: str
    locale: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    time_zone: str
    isolation: Literal["pooled", "silo"] = "pooled"
    modules: tuple[str, ...] = MODULES
    first_business_date: date
    requests_per_minute: int = Field(1200, ge=1)
    user_requests_per_minute: int = Field(300, ge=1)
    branding: BrandingHeader = BrandingHeader()
    staff: tuple[StaffMember, ...] = Field(min_length=1)

    @field_validator("code")
    @classmethod
    def _usable_code(cls, code: str) -> str:
        if not CODE.fullmatch(code) or code == PLATFORM:
            raise ValueError("malformed_tenant_code")
        return code

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, code: str) -> str:
        try:
            return currency(code).code
        except UnknownCurrency as error:
            raise ValueError("unknown_currency") from error

    @field_validator("languages")
    @classmethod
    def _languages_with_a_catalogue(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct(languages, "language_repeated")
        if any(language.split("-")[0] not in texts.languages() for language in languages):
            raise ValueError("unknown_language")
        return languages

    @field_validator("default_language")
    @classmethod
    def _default_is_one_of_them(cls, language: str, info: ValidationInfo) -> str:
        if language not in info.data.get("languages", (language,)):
            raise ValueError("unknown_language")
        return language

    @field_validator("time_zone")
    @classmethod
    def _known_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("unknown_time_zone") from error
        return name

    @field_validator("modules")
    @classmethod
    def _known_modules(cls, modules: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct(modules, "module_repeated")
        if set(modules) - set(MODULES):
            raise ValueError("unknown_module")
        return modules

    @field_validator("staff")
    @classmethod
    def _no_username_twice(cls, staff: tuple[StaffMember, ...]) -> tuple[StaffMember, ...]:
        check_distinct((member.username.casefold() for member in staff), "username_repeated")
        return staff
