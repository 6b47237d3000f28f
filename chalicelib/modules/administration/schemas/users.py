"""Staff and roles on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.administration.domain import StaffDraft
from chalicelib.modules.administration.plans import Role
from chalicelib.platform.access.people import PEOPLE, Person
from chalicelib.platform.http.payload import Payload, View
from chalicelib.platform.work import UnitOfWork

EMAIL = r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$"
PHONE = r"^(\+[1-9][0-9]{7,14})?$"
LANGUAGE = r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$"
BranchCode = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}$")]
RoleCodes = Annotated[tuple[Annotated[str, Field(max_length=40)], ...], Field(min_length=1, max_length=20)]
BranchCodes = Annotated[tuple[BranchCode, ...], Field(max_length=200)]
Scope = Literal["own", "list", "all"]


class CreateUser(Payload):
    """A new member of staff; an e-mail or a mobile number in international form receives the temporary password."""

    username: str = Field(min_length=3, max_length=64, examples=["rosa.quishpe"])
    name: str = Field(min_length=1, max_length=120)
    email: str = Field("", pattern=EMAIL, max_length=200)
    phone: str = Field("", pattern=PHONE)
    roles: RoleCodes
    branch: BranchCode
    branches: BranchCodes = ()
    branch_scope: Scope = "own"
    language: str = Field("", pattern=LANGUAGE)
    level: int = Field(0, ge=0, le=99)

    def draft(self) -> StaffDraft:
        return StaffDraft(**self.model_dump())


class ChangeUser(Payload):
    """The fields to change; what is null or left out stays. Nobody changes their own roles, branches or level."""

    name: str | None = Field(None, min_length=1, max_length=120)
    email: str | None = Field(None, pattern=EMAIL, max_length=200)
    phone: str | None = Field(None, pattern=PHONE)
    roles: RoleCodes | None = None
    branch: BranchCode | None = None
    branches: BranchCodes | None = None
    branch_scope: Scope | None = None
    language: str | None = Field(None, pattern=LANGUAGE)
    level: int | None = Field(None, ge=0, le=99)

    def changes(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True)


class Reason(Payload):
    """Why."""

    reason: str = Field(min_length=3, max_length=200)


class UsersQuery(Payload):
    """Part of a name or user name, a role, a branch, a state; and the page."""

    q: str = Field("", max_length=80)
    role: str = Field("", max_length=40)
    branch: str = Field("", max_length=5)
    state: Literal["", "active", "blocked", "left"] = ""
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = Field(None, max_length=400)


class UserView(View):
    """A member of staff; the password is nowhere."""

    id: str
    username: str
    name: str
    email: str
    phone: str
    roles: list[str]
    branch: str
    branches: list[str]
    branch_scope: str
    language: str
    level: int
    state: str
    created_at: datetime | None = None
    last_sign_in: datetime | None = None
    must_change_password: bool | None = None
    version: int

    @classmethod
    def of(cls, work: UnitOfWork, person: Person, must_change_password: bool | None = None) -> "UserView":
        return cls(
            **{
                name: getattr(person, name)
                for name in ("id", "username", "name", "email", "phone", "branch_scope", "language", "level")
            },
            roles=list(person.roles),
            branch=person.branches[0] if person.branches else "",
            branches=list(person.branches),
            state=person.state.value,
            created_at=person.created_at,
            last_sign_in=person.last_sign_in,
            must_change_password=must_change_password,
            version=work.version_of(PEOPLE, person),
        )


class UserList(View):
    """A page of the staff."""

    items: list[UserView]
    next_cursor: str | None = None


class RoleView(View):
    """A role and what people who have it may do."""

    code: str
    name: str
    permissions: list[str]
    branch_scope: str
    confidentiality_level: int
    masked_fields: list[str]
    approval_group: str | None

    @classmethod
    def of(cls, code: str, role: Role, language: str) -> "RoleView":
        return cls(
            code=code,
            name=name_in(role.names, language),
            permissions=list(role.permissions),
            branch_scope=role.branch_scope,
            confidentiality_level=role.confidentiality_level,
            masked_fields=list(role.masked_fields),
            approval_group=role.approval_group,
        )


class RoleList(View):
    """Every role."""

    items: list[RoleView]
    next_cursor: str | None = None
