"""What the routes take and answer by which an account is served: codes, cautions, statuses, notes, sums of a year."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.caution import Caution
from chalicelib.modules.deposits.domain.status_change import StatusChange
from chalicelib.modules.deposits.domain.year_sums import of_year
from chalicelib.modules.deposits.service.capture import Form
from chalicelib.modules.deposits.service.unclaimed import Claimed
from chalicelib.platform.http.payload import Amount, Payload, View
from chalicelib.platform.posting.records import Movement


class CautionRequest(Payload):
    """A text that whoever serves the account must acknowledge; ``expires_on`` is its last day."""

    text: str = Field(min_length=3, max_length=300)
    expires_on: date | None = None


class CautionView(View):
    """A caution."""

    id: str
    account_id: str
    text: str
    state: str
    placed_by: str
    placed_at: datetime
    expires_on: date | None
    removed_by: str
    removal_reason: str

    @staticmethod
    def of(caution: Caution) -> "CautionView":
        """The view of a caution."""
        return CautionView.model_validate(caution)


class CautionList(View):
    """Cautions of an account."""

    items: list[CautionView]


class StatusRequest(Payload):
    """The tenant's status code that the account is to have, and why."""

    status: str = Field(min_length=1, max_length=40)
    reason: str = Field("", max_length=200)


class StatusChangeView(View):
    """A change of status: from which code to which, when, by whom and why."""

    id: str
    account_id: str
    before: str
    after: str
    changed_on: date
    changed_by: str
    changed_at: datetime
    reason: str

    @staticmethod
    def of(change: StatusChange) -> "StatusChangeView":
        """The view of a change of status."""
        return StatusChangeView.model_validate(change)


class StatusChangeList(View):
    """Changes of an account's status, the latest first."""

    items: list[StatusChangeView]


class ClaimView(View):
    """What came back to an account out of the unclaimed funds."""

    id: str
    entry_id: str
    status: str
    state: str
    amount: Amount
    ledger: Amount

    @staticmethod
    def of(claimed: Claimed) -> "ClaimView":
        """The view of a claim."""
        account = claimed.account
        return ClaimView(
            id=account.id,
            entry_id=claimed.posted.entry.id if claimed.posted else "",
            status=account.status,
            state=account.state.value,
            amount=claimed.money,
            ledger=account.ledger,
        )


class NoteRequest(Payload):
    """What was done for an account, under a non-monetary code."""

    narrative: str = Field(min_length=3, max_length=140)
    code: str = Field("", max_length=30)


class NoteView(View):
    """A line of an account's history that moved no money."""

    id: str
    account_id: str
    code: str
    business_date: date
    posted_at: datetime
    narrative: str

    @staticmethod
    def of(line: Movement) -> "NoteView":
        """The view of a note."""
        return NoteView(
            id=line.entry_id,
            account_id=line.account_id,
            code=line.code,
            business_date=line.business_date,
            posted_at=line.posted_at,
            narrative=line.narrative,
        )


class CaptureFieldView(View):
    """A field of a form."""

    name: str
    kind: str
    required: bool


class CaptureFormView(View):
    """A code that may be used now: where a transaction under it is posted, with which fields besides the code."""

    code: str
    name: str
    operation: str
    side: str | None
    path: str
    fields: list[CaptureFieldView]
    clearing_days: int
    approval_over: Decimal | None
    charge: str | None

    @staticmethod
    def of(form: Form) -> "CaptureFormView":
        """The view of a form."""
        return CaptureFormView(
            code=form.name,
            name=form.words,
            operation=form.code.operation,
            side=form.code.side,
            path=form.path,
            fields=[CaptureFieldView.model_validate(field) for field in form.fields],
            clearing_days=form.code.float_day,
            approval_over=form.code.requires_approval_over,
            charge=form.code.charge,
        )


class CaptureForms(View):
    """The forms that the caller may fill in for an account today, and the cautions to acknowledge with each."""

    items: list[CaptureFormView]
    cautions: list[CautionView]


class YearQuery(Payload):
    """Which calendar year."""

    year: int = Field(ge=1900, le=9999)


class YearSumsView(View):
    """What an account's transactions of a year come to, as its codes say."""

    account_id: str
    year: int
    interest_paid: Amount
    tax_withheld: Amount
    fees: Amount
    deposit_count: int
    withdrawal_count: int

    @staticmethod
    def of(account: DemandAccount, year: int) -> "YearSumsView":
        """The view of an account's sums of a year."""
        sums = of_year(account.year_sums, year)
        return YearSumsView(
            account_id=account.id,
            year=year,
            interest_paid=Money(sums["interest_paid_ytd"], account.currency),
            tax_withheld=Money(sums["tax_withheld_ytd"], account.currency),
            fees=Money(sums["fees_ytd"], account.currency),
            deposit_count=sums["deposit_count"],
            withdrawal_count=sums["withdrawal_count"],
        )
