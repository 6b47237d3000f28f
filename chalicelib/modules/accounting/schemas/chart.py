"""The chart of accounts on the wire."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.plans import Account
from chalicelib.modules.accounting.schemas.fields import AccountCode, BranchCode
from chalicelib.modules.accounting.service.chart import AccountChange, ChartQuery, RoleState
from chalicelib.platform.http.payload import Payload, View


class ChartFilter(Payload):
    """Accounts on a date: down to a level, under one, by text of code or name, postable ones only.

    ``interbranch`` lists only those that may originate inter-branch entries (ACC-37).
    """

    on: date | None = Field(None, alias="date")
    level: int | None = Field(None, ge=1, le=9)
    parent: AccountCode | None = None
    q: str = Field("", max_length=60)
    postable: bool = False
    interbranch: bool = False

    def asked(self) -> ChartQuery:
        return ChartQuery(self.level, self.parent or "", self.q, self.postable, self.interbranch)


class OnDate(Payload):
    """A date; today's business date if blank."""

    on: date | None = Field(None, alias="date")


class AccountAt(OnDate):
    """The account as a branch keeps it; the institution's if blank."""

    branch: BranchCode | None = None


class AccountView(View):
    """An account of the chart. Limits are amounts of the institution's currency as text."""

    code: str
    name: str
    names: dict[str, str]
    account_class: str
    normal_side: str
    level: int
    parent: str | None
    postable: bool
    active: bool
    own: bool
    currency_mode: str
    confidentiality_level: int
    product: str
    third_party_type: str
    interbranch: bool
    minimum_balance: str | None
    maximum_balance: str | None
    minimum_transaction: str | None
    maximum_transaction: str | None

    @classmethod
    def of(cls, code: str, account: Account, language: str) -> "AccountView":
        return cls(code=code, name=name_in(account.names, language), **account.to_body())


class AccountList(View):
    """Accounts in the order of their codes."""

    items: list[AccountView]
    next_cursor: str | None = None


class RoleView(View):
    """A role and where it leads; ``state`` is mapped, no_rule, unknown_account or inactive_account."""

    role: str
    label: str
    account: str
    name: str
    state: str

    @classmethod
    def of(cls, state: RoleState) -> "RoleView":
        return cls.model_validate(state)


class RoleList(View):
    """Every role that modules may post under."""

    items: list[RoleView]
    next_cursor: str | None = None


class AccountChangeView(View):
    """A field of an account that was changed."""

    field: str
    before: Any
    after: Any
    by: str
    at: datetime
    approved_by: str
    effective_from: date

    @classmethod
    def of(cls, change: AccountChange) -> "AccountChangeView":
        return cls.model_validate(change)


class AccountChangeList(View):
    """Changes of an account, newest first."""

    items: list[AccountChangeView]
    next_cursor: str | None = None
