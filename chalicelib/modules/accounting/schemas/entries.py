"""Journal entries on the wire."""

from datetime import date, datetime

from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.schemas.trades import QuotedRateView
from chalicelib.modules.accounting.service.entries import EntryFound, EntryLeg
from chalicelib.platform.http.payload import Amount, View


class EntryLegView(View):
    """A leg as posted."""

    branch: str
    business_date: date
    side: Side
    amount: Amount
    account: str
    role: str
    product: str
    component: str
    account_id: str

    @classmethod
    def of(cls, each: EntryLeg) -> "EntryLegView":
        leg = each.leg
        return cls(
            branch=each.branch,
            business_date=each.business_date,
            side=leg.side,
            amount=Money(leg.minor, leg.currency),
            account=leg.ledger_account,
            role=leg.role,
            product=leg.product,
            component=leg.component,
            account_id=leg.account_id,
        )


class SourceView(View):
    """What the entry came from and the API path where it is read."""

    module: str
    id: str
    path: str


class EntryView(View):
    """A journal entry; legs of branches or accounts outside the caller's scope are counted in ``hidden_legs``.

    ``rates`` are those at which its currencies were exchanged.
    """

    id: str
    code: str
    business_date: date
    value_date: date
    branch: str
    channel: str
    actor: str
    approver: str
    narrative: str
    posted_at: datetime
    source_ref: str
    source: SourceView | None
    reverses: str
    reversed_by: str
    rates: list[QuotedRateView] = []
    legs: list[EntryLegView]
    hidden_legs: int

    @classmethod
    def of(cls, found: EntryFound) -> "EntryView":
        record = found.record
        return cls(
            id=record.id,
            code=record.code,
            business_date=record.business_date,
            value_date=record.value_date,
            branch=record.branch,
            channel=record.channel,
            actor=record.actor,
            approver=record.approver,
            narrative=record.narrative,
            posted_at=record.posted_at,
            source_ref=record.source_ref,
            source=SourceView.model_validate(found.source) if found.source else None,
            reverses=record.reverses,
            reversed_by=found.reversed_by,
            rates=[QuotedRateView.of(rate) for rate in record.rates],
            legs=[EntryLegView.of(each) for each in found.legs],
            hidden_legs=found.hidden_legs,
        )
