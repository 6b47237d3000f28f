"""The cash of tellers on the wire."""

from datetime import date

from pydantic import Field

from chalicelib.modules.administration.service.cash import Counted
from chalicelib.platform.http.payload import Amount, Payload, View


class CashQuery(Payload):
    """A branch (the caller's own if blank) and a date (the branch's business date if blank)."""

    branch: str = Field("", pattern=r"^([1-9][0-9]{0,4})?$")
    on: date | None = Field(None, alias="date")


class CashPositionView(View):
    """What a teller holds in one currency, and the limit that holds for it."""

    teller: str
    name: str
    held: Amount
    limit: Amount | None
    over: bool

    @classmethod
    def of(cls, counted: Counted) -> "CashPositionView":
        position = counted.position
        return cls(
            teller=position.teller,
            name=position.name,
            held=position.held,
            limit=counted.limit,
            over=counted.over,
        )


class CashPositions(View):
    """The cash of a branch's tellers on a date."""

    branch: str
    business_date: date
    items: list[CashPositionView]
