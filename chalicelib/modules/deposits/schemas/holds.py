"""What the routes of holds take and answer."""

from datetime import date, datetime

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.hold import Hold
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View


class HoldRequest(Payload):
    """A hold by its code; an amount where the code holds one."""

    code: str = Field(max_length=40)
    amount: PositiveAmount | None = None
    reason: str = Field("", max_length=200)
    expires_on: date | None = None


class HoldView(View):
    """A hold."""

    id: str
    account_id: str
    code: str
    amount: Amount
    state: str
    reason: str
    placed_by: str
    placed_at: datetime
    expires_on: date | None = None
    available: Amount | None = None

    @staticmethod
    def of(hold: Hold, available: Money | None = None) -> "HoldView":
        """The view of a hold and, after a change, what is available then."""
        return HoldView(
            id=hold.id,
            account_id=hold.account_id,
            code=hold.code,
            amount=hold.money,
            state=hold.state.value,
            reason=hold.reason,
            placed_by=hold.placed_by,
            placed_at=hold.placed_at,
            expires_on=hold.expires_on,
            available=available,
        )


class HoldList(View):
    """Holds of an account."""

    items: list[HoldView]
