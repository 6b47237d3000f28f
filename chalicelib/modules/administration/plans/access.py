"""Who may do what: roles, grants of single functions, and the menu that shows them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given, check_range

PERMISSION = r"^(\*|[a-z][a-z_]*\.(\*|[a-z][a-z_]*\*?))$"
"""`deposits.post_deposit`, `deposits.read_*`, `deposits.*` or `*`."""

Permission = Annotated[str, StringConstraints(pattern=PERMISSION)]


class RoleLimits(Plan):
    """Most that a person of the role moves or authorises alone, in the base currency; blank: no limit of its own."""

    max_cash: Amount | None = term(None, unit="money", ge=0)
    max_transaction: Amount | None = term(None, unit="money", ge=0)
    max_overdraft: Amount | None = term(None, unit="money", ge=0)


class Role(Plan):
    """A user profile: what the people who have it may do, see and authorise (ADM-36, GEN-43 to GEN-50)."""

    names: Names = term()
    permissions: tuple[Permission, ...] = term(min_length=1)
    confidentiality_level: int = term(0, ge=0, le=99)
    branch_scope: Literal["own", "list", "all"] = term("own")
    masked_fields: tuple[str, ...] = term(())
    approval_group: str | None = term(None, pattern=r"^[a-z][a-z_]*$")
    limits: RoleLimits = term(RoleLimits())

    @field_validator("permissions")
    @classmethod
    def _no_permission_twice(cls, permissions: tuple[str, ...]) -> tuple[str, ...]:
        check_distinct(permissions, "permission_repeated")
        return permissions


class FunctionGrant(Plan):
    """One function opened to everybody, to one user or to a group, besides what roles give (ADM-04 to ADM-06)."""

    permission: Permission = term()
    subject_kind: Literal["everyone", "user", "group"] = term()
    subject: str = term("", max_length=60)
    valid_from: date | None = term(None)
    valid_to: date | None = term(None)

    @field_validator("subject")
    @classmethod
    def _subject_fits_its_kind(cls, subject: str, info: ValidationInfo) -> str:
        check_given(bool(subject), info.data.get("subject_kind") in ("user", "group"), "subject")
        return subject

    @field_validator("valid_to")
    @classmethod
    def _dates_in_order(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("valid_from"), valid_to, "dates_out_of_order")
        return valid_to


class MenuNode(Plan):
    """A node of the menu: application, menu type, submenu or option (GEN-40 to GEN-42)."""

    names: Names = term()
    parent: str | None = term(None, ref="administration.menu")
    level: int = term(ge=1, le=4)
    order: int = term(0, ge=0, le=999)
    node_kind: Literal["group", "internal", "external_url", "report"] = term("internal")
    path: str = term("", max_length=300)
    permission: Permission | None = term(None)
    shortcut: str | None = term(None, pattern=r"^[A-Za-z0-9]{1,6}$")
    icon: str = term("", max_length=40)

    @field_validator("level")
    @classmethod
    def _only_the_first_level_is_a_root(cls, level: int, info: ValidationInfo) -> int:
        if (level == 1) != (info.data.get("parent") is None):
            raise ValueError("menu_level_and_parent")
        return level

    @field_validator("path")
    @classmethod
    def _path_fits_its_kind(cls, path: str, info: ValidationInfo) -> str:
        kind = info.data.get("node_kind")
        if kind != "group" and not path:
            raise ValueError("menu_path_missing")
        if kind == "external_url" and not path.startswith("https://"):
            raise ValueError("menu_url_not_https")
        return path
