"""What the routes of accounts, their money and their holds take and answer."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.profile import ENTITY
from chalicelib.modules.deposits.domain.terms import effective_plan
from chalicelib.modules.deposits.plans import DepositPlan
from chalicelib.modules.deposits.service import enquiry
from chalicelib.modules.deposits.service.enquiry import InterestDay
from chalicelib.modules.deposits.service.maintenance import Changes
from chalicelib.modules.parties import public as parties
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

Narrative = Field("", max_length=140)
MarketingCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$")]
Acknowledged: list[str] = Field(default_factory=list, max_length=20)
"""Ids of the cautions of the accounts that the caller has read."""


class OpenAccount(Payload):
    """A new account: whose, where, which plan; ``overrides`` are its own values of the plan's overridable terms.

    ``interest_account`` is the number of the account that takes its interest, ``interest_payee`` the person whom its
    interest cheques are payable to, where its terms say that interest goes there.
    """

    party_id: str = Field(max_length=64)
    branch: str = Field(pattern=r"^[1-9][0-9]{0,4}$")
    plan: str = Field(max_length=40)
    number: str = Field("", pattern=r"^[0-9]{0,20}$")
    overrides: dict[str, Any] = Field(default_factory=dict)
    interest_account: str = Field("", pattern=r"^[0-9]{0,20}$")
    interest_payee: str = Field("", max_length=64)


class MaintainAccount(Payload):
    """What is to be changed of an account; what is left out stays.

    ``overrides`` are its own terms and ``user_fields`` the cooperative's own fields: null takes one away.
    """

    overrides: dict[str, Any] | None = None
    alias: str | None = Field(None, max_length=40)
    officer: str | None = Field(None, pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,29})?$")
    marketing_codes: tuple[MarketingCode, ...] | None = Field(None, max_length=20)
    user_fields: dict[str, str | None] | None = None

    def changes(self) -> Changes:
        """The same as the service takes it."""
        return Changes(self.overrides, self.alias, self.officer, self.marketing_codes, self.user_fields)


class MaintainedQuery(Payload):
    """The page."""

    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class MaintainedView(View):
    """One field that somebody changed, before and after."""

    field: str
    before: str
    after: str
    by: str
    by_name: str
    approver: str
    channel: str
    business_date: date
    at: datetime


class MaintainedList(View):
    """What was changed of an account, the latest first."""

    items: list[MaintainedView]
    next_cursor: str | None = None


class MoneyRequest(Payload):
    """An amount for an account; ``value_date`` is an earlier date from which it counts for interest."""

    amount: PositiveAmount
    narrative: str = Narrative
    code: str = Field("", max_length=30)
    value_date: date | None = None
    acknowledged_cautions: list[str] = Acknowledged


class WithdrawalRequest(MoneyRequest):
    """An amount to pay out; ``beyond_limits`` where somebody who may do so lets the account go below its limits."""

    beyond_limits: bool = False


class TransferRequest(Payload):
    """An amount from one account to another."""

    from_account: str = Field(max_length=64)
    to_account: str = Field(max_length=64)
    amount: PositiveAmount
    narrative: str = Narrative
    code: str = Field("", max_length=30)
    acknowledged_cautions: list[str] = Acknowledged


class Reason(Payload):
    """Why something is undone."""

    reason: str = Field(min_length=3, max_length=200)


class DatesQuery(Payload):
    """Dates, both included."""

    from_date: date = Field(alias="from")
    to_date: date = Field(alias="to")


class AccountsQuery(Payload):
    """Whose accounts, or the account with this number."""

    party_id: str = ""
    number: str = ""


class TermView(View):
    """One term of an account and whether it is the plan's or the account's own."""

    field: str
    value: Any
    source: Literal["plan", "account"]


class AccountView(View):
    """An account with its balances; ``in_base`` where it is kept in another currency than the base."""

    id: str
    number: str
    party_id: str
    holder: str = ""
    branch: str
    plan: str
    plan_name: str = ""
    product_class: str = ""
    currency: str
    state: str
    status: str
    opened_on: date
    ledger: Amount
    available: Amount
    held: Amount
    accrued_interest: Decimal
    in_base: dict[str, Amount] = {}
    terms: list[TermView] = []
    alias: str = ""
    officer: str = ""
    marketing_codes: list[str] = []
    user_fields: dict[str, str] = {}
    cautions: int = 0
    version: int

    @staticmethod
    def of(
        account: DemandAccount,
        plan: DepositPlan,
        accrued: Decimal,
        language: str,
        today: date,
        holder: str = "",
        terms: bool = False,
    ) -> "AccountView":
        """The view of an account on its business date; ``terms`` lists every inheritable term with its source."""
        names = dict(plan.names)
        return AccountView(
            id=account.id,
            number=account.number,
            party_id=account.party_id,
            holder=holder,
            branch=account.branch,
            plan=account.plan,
            plan_name=names.get(language.split("-")[0]) or names.get("es", account.plan),
            product_class=plan.product_class,
            currency=account.currency,
            state=account.state.value,
            status=account.status,
            opened_on=account.opened_on,
            ledger=account.ledger,
            available=account.available_on(today),
            held=account.held,
            accrued_interest=accrued,
            terms=_terms(account, plan) if terms else [],
            alias=account.profile.alias,
            officer=account.profile.officer,
            marketing_codes=list(account.profile.marketing_codes),
            cautions=account.cautions,
            version=account.version,
        )


class AccountList(View):
    """Accounts."""

    items: list[AccountView]
    next_cursor: str | None = None


class InterestDayView(View):
    """Interest of one calendar day; in the base currency too where the account is kept in another."""

    day: date
    balance: Amount
    interest: Decimal
    cumulative: Decimal
    interest_in_base: Amount | None = None
    cumulative_in_base: Amount | None = None


class InterestView(View):
    """Interest day by day."""

    items: list[InterestDayView]

    @staticmethod
    def of(days: list[InterestDay]) -> "InterestView":
        """The view of a period's interest."""
        return InterestView(items=[InterestDayView.model_validate(row) for row in days])


def _terms(account: DemandAccount, plan: DepositPlan) -> list[TermView]:
    body = effective_plan(plan, account.overrides).to_body()
    return [
        TermView(field=name, value=body[name], source="account" if name in account.overrides else "plan")
        for name in plan.fields_inheritable()
    ]


def account_view(work: UnitOfWork, account: DemandAccount, terms: bool = False) -> AccountView:
    """An account as its routes answer it, with its holder's name and its plan's in the caller's language."""
    today = business_date(work, account.branch)
    plan: DepositPlan = work.config.standing("deposits.plan", account.plan, today)
    holder, language = parties.display_name(work, account.party_id), work.context.language
    view = AccountView.of(account, plan, enquiry.accrued(work, account), language, today, holder, terms)
    own = {
        "version": enquiry.version_after(work, account),
        "in_base": enquiry.base_values(work, account),
        "user_fields": administration.readable_user_fields(work, ENTITY, account.user_fields, today),
    }
    return view.model_copy(update=own)
