"""Vouchers on the wire."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chalicelib.kernel.currency import currency
from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.voucher import (
    Signature,
    Timing,
    Voucher,
    VoucherLine,
    VoucherState,
)
from chalicelib.modules.accounting.repository.vouchers import VoucherPage
from chalicelib.modules.accounting.schemas.fields import AccountCode, BranchCode
from chalicelib.modules.accounting.service.templates import Asked
from chalicelib.modules.accounting.service.vouchers import Content
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View

MOST_LINES = 500
MOST_MINOR = 10**15
"""Largest amount of a line, in minor units."""


def _countable(money: Money) -> Money:
    if money.minor > MOST_MINOR:
        digits = len(str(MOST_MINOR)) - 1 - currency(money.currency).decimals
        raise PydanticCustomError("amount_too_large", "at most {digits} digits", {"digits": digits})
    return money


LineAmount = Annotated[PositiveAmount, AfterValidator(_countable)]


class LineRequest(Payload):
    """A line. ``branch`` is the voucher's if blank; ``tax_id`` where the account asks for a third party."""

    account: AccountCode
    side: Literal["debit", "credit"]
    amount: LineAmount
    branch: BranchCode | None = None
    narrative: str = Field("", max_length=140)
    tax_id: str = Field("", max_length=20)

    def line(self, branch: str) -> VoucherLine:
        return VoucherLine(
            self.branch or branch,
            self.account,
            Side(self.side),
            self.amount.minor,
            self.amount.currency,
            self.narrative,
            self.tax_id,
        )


class VoucherRequest(Payload):
    """What a voucher says. A blank effective date is the branch's business date."""

    concept: str = Field(min_length=1, max_length=40)
    branch: BranchCode
    narrative: str = Field(min_length=3, max_length=200)
    effective_date: date | None = None
    lines: Annotated[tuple[LineRequest, ...], Field(min_length=2, max_length=MOST_LINES)]

    def content(self) -> Content:
        return Content(
            self.concept,
            self.branch,
            self.narrative,
            tuple(line.line(self.branch) for line in self.lines),
            self.effective_date,
        )

    def debits(self) -> Money | None:
        """Sum of the debits, for approval rules; None where the lines are of several currencies."""
        amounts = [line.amount for line in self.lines if line.side == "debit"]
        if len({money.currency for money in amounts}) != 1:
            return None
        return Money.total(amounts, amounts[0].currency)


class TemplateVoucher(Payload):
    """What a template leaves open. A blank date is the business date, a blank narrative the template's name."""

    branch: BranchCode
    amount: LineAmount
    effective_date: date | None = None
    narrative: str = Field("", max_length=200)
    tax_id: str = Field("", max_length=20)

    def asked(self) -> Asked:
        return Asked(self.branch, self.amount, self.effective_date, self.narrative, self.tax_id)


class CaptureVoucher(VoucherRequest):
    """A new voucher; ``submit`` false keeps it as a draft."""

    submit: bool = True


class Decision(Payload):
    """A second person's decision."""

    decision: Literal["approve", "reject"]
    reason: str = Field("", max_length=200)


class VoucherReason(Payload):
    """Why a voucher is undone."""

    reason: str = Field(min_length=3, max_length=200)


class VouchersQuery(Payload):
    """By number; or by branch, dates of capture and state. Blank dates are the last month."""

    branch: BranchCode | None = None
    number: str = Field("", max_length=30)
    captured_on: date | None = None
    state: VoucherState | None = None
    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    limit: int = Field(50, ge=1, le=200)
    cursor: str | None = None


class SignatureView(View):
    """Who and when."""

    id: str
    name: str
    at: datetime


class LineView(View):
    """A line of a voucher."""

    branch: str
    account: str
    side: Side
    amount: Amount
    narrative: str
    tax_id: str


class VoucherView(View):
    """A voucher with its lines, who entered and who authorised it, and its entry once it is applied."""

    id: str
    number: str
    concept: str
    branch: str
    state: VoucherState
    captured_on: date
    effective_date: date
    business_date: date | None
    narrative: str
    lines: list[LineView]
    author: SignatureView
    authoriser: SignatureView | None
    reason: str
    entry_id: str
    reverses: str
    reversal: str
    timing: Timing
    origin: str
    version: int

    @classmethod
    def of(cls, voucher: Voucher) -> "VoucherView":
        return cls(
            id=voucher.id,
            number=voucher.number,
            concept=voucher.concept,
            branch=voucher.branch,
            state=voucher.state,
            captured_on=voucher.captured_on,
            effective_date=voucher.effective_date,
            business_date=voucher.applied_on,
            narrative=voucher.narrative,
            lines=[
                LineView(
                    branch=line.branch,
                    account=line.account,
                    side=line.side,
                    amount=line.money,
                    narrative=line.narrative,
                    tax_id=line.tax_id,
                )
                for line in voucher.lines
            ],
            author=_signature(voucher.author),
            authoriser=_signature(voucher.authoriser) if voucher.authoriser else None,
            reason=voucher.reason,
            entry_id=voucher.entry_id,
            reverses=voucher.reverses,
            reversal=voucher.reversal,
            timing=voucher.timing,
            origin=voucher.origin,
            version=voucher.version,
        )


class VoucherList(View):
    """Vouchers, newest first."""

    items: list[VoucherView]
    next_cursor: str | None

    @classmethod
    def of(cls, page: VoucherPage) -> "VoucherList":
        return cls(items=[VoucherView.of(each) for each in page.items], next_cursor=page.next_cursor)


def _signature(signature: Signature) -> SignatureView:
    return SignatureView(id=signature.id, name=signature.name, at=signature.at)
