"""The member's products and their totals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from chalicelib.kernel.money import Money
from chalicelib.modules.member_portal.service.documents import Issued
from chalicelib.modules.member_portal.service.position import Position, Total
from chalicelib.modules.parties import public as parties
from chalicelib.platform import verification
from chalicelib.platform.http.payload import Amount, DocumentView, Payload, View


class MemberAccount(View):
    """One of the member's products.

    ``nature`` is "held" for what the cooperative keeps for them and "owed" for what they owe, an overdrawn account
    included; ``ledger`` is positive in both. ``available`` can be taken out now, ``held`` is blocked. ``rate`` is the
    annual percentage of now. The amounts are those of the whole account; of a ``joint`` one ``ownership_pct`` says what
    part is the member's, ``share`` how much that is of the ``ledger``, and the totals count no more than that.
    """

    id: str
    number: str
    name: str
    application: str
    kind: str
    nature: str
    state: str
    active: bool
    opened_on: date
    ledger: Amount
    available: Amount
    held: Amount
    accrued_interest: Decimal
    rate: Decimal | None
    maturity_date: date | None
    joint: bool
    ownership_pct: Decimal | None
    share: Amount | None

    @staticmethod
    def of(product: parties.ProductSummary) -> "MemberAccount":
        """The view of a product."""
        nothing = Money.zero(product.balance.currency)
        return MemberAccount(
            id=product.account_id,
            number=product.number,
            name=product.name,
            application=product.application,
            kind=product.kind,
            nature=product.nature,
            state=product.state,
            active=product.active,
            opened_on=product.opened_on,
            ledger=product.balance,
            available=product.available or nothing,
            held=product.blocked or nothing,
            accrued_interest=product.accrued or Decimal(0),
            rate=product.rate,
            maturity_date=product.matures_on,
            joint=product.joint,
            ownership_pct=product.joint_pct,
            share=product.own_balance if product.joint else None,
        )


class Totals(View):
    """Totals of one currency, of joint accounts the member's share: ``net`` is ``ledger`` less ``owed``."""

    currency: str
    ledger: Amount
    owed: Amount
    net: Amount
    available: Amount
    held: Amount


class PositionView(View):
    """Everything the member holds and owes now; ``base_total`` sums all currencies at their official rates.

    ``services`` are those that the cooperative publishes to its members: "own_transfers".
    """

    as_of: datetime
    business_date: str
    accounts: list[MemberAccount]
    totals: list[Totals]
    base_total: dict[str, Amount] = {}
    services: list[str]

    @staticmethod
    def of(position: Position) -> "PositionView":
        """The view of a position."""
        return PositionView(
            as_of=position.as_of,
            business_date=position.business_date,
            accounts=[MemberAccount.of(account) for account in position.accounts],
            totals=[Totals.model_validate(total) for total in position.totals],
            base_total=_amounts(position.base_total) if position.base_total else {},
            services=position.services,
        )


class MemberAccounts(View):
    """The member's accounts."""

    items: list[MemberAccount]


class PositionDocumentRequest(Payload):
    """In which form; a PDF so far."""

    format: Literal["pdf"] = "pdf"


class PositionDocument(DocumentView):
    """The position as a file; who is given it can check it with the code until ``valid_until``."""

    code: str
    valid_until: datetime

    @staticmethod
    def of(issued: Issued) -> "PositionDocument":
        """The view of a document that was just made."""
        document, kept = issued.document, issued.verifiable
        return PositionDocument(
            filename=document.filename,
            content_type=document.content_type,
            content_base64=document.base64,
            code=verification.shown(kept.code),
            valid_until=kept.valid_until,
        )


def _amounts(total: Total) -> dict[str, Money]:
    return {name: getattr(total, name) for name in ("ledger", "owed", "net", "available", "held")}
