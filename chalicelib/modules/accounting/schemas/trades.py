"""Purchases and sales of foreign currency on the wire."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from chalicelib.kernel.entry import QuotedRate
from chalicelib.modules.accounting.schemas.fields import CurrencyCode
from chalicelib.modules.accounting.service.trades import Asked, Trade
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View, Warned


class TradeCurrency(Payload):
    """What the customer pays (or receives, by ``fixed``), and the currency they receive (or pay) for it."""

    party_id: str = Field(max_length=64)
    amount: PositiveAmount
    fixed: Literal["paid", "received"] = "paid"
    other_currency: CurrencyCode
    narrative: str = Field("", max_length=140)

    def asked(self) -> Asked:
        return Asked(
            self.party_id, self.amount, self.other_currency, self.fixed == "received", self.narrative
        )


class QuotedRateView(View):
    """A rate that an entry quotes: base units per unit of the currency, from an instant on."""

    currency: str
    rate_type: str
    value: str
    valid_from: datetime

    @classmethod
    def of(cls, rate: QuotedRate) -> "QuotedRateView":
        return cls(
            currency=rate.currency,
            rate_type=rate.rate_type,
            value=f"{rate.value:f}",
            valid_from=rate.valid_from,
        )


class TradeReceipt(Warned):
    """What the customer takes home."""

    id: str
    entry_id: str
    code: str
    business_date: date
    posted_at: datetime
    branch: str
    actor: str
    party_id: str
    holder: str
    paid: Amount
    received: Amount
    base_value: Amount
    rates: list[QuotedRateView]
    narrative: str

    @classmethod
    def of(cls, trade: Trade, actor: str) -> "TradeReceipt":
        entry = trade.posted.entry
        return cls(
            id=entry.id,
            entry_id=entry.id,
            code=entry.code,
            business_date=entry.business_date,
            posted_at=trade.posted.posted_at,
            branch=entry.branch,
            actor=actor,
            party_id=entry.source_ref,
            holder=trade.holder,
            paid=trade.paid,
            received=trade.received,
            base_value=trade.base_value,
            rates=[QuotedRateView.of(rate) for rate in entry.rates],
            narrative=entry.narrative,
        )
