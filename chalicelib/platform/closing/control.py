"""How a tenant's end of day is cut into pieces: the one parameter set of closing."""

from typing import Literal

from chalicelib.kernel.plan import Plan, term
from chalicelib.platform.parameters import kinds

CONTROL_KIND = "platform.closing_control"


class ClosingControl(Plan):
    """Pieces of about ``target_records`` records, at most ``most_pieces`` at once (GEN-75 to GEN-77).

    ``starts_at`` is the time of the tenant's clock (``22:30``) from which the day is closed by itself; empty: by hand.
    ``allow_future_dates``: whether a date may be closed before it has come by the tenant's clock.
    ``start_of_day``: whether the end of day opens the next one itself or it waits to be asked for (GEN-61);
    ``opens_at`` is the time of the day that opens from which the clock asks; empty: somebody does.
    """

    most_pieces: int = term(8, unit="count", ge=1, le=1000)
    target_records: int = term(5000, unit="count", ge=1, le=100_000)
    allow_future_dates: bool = term(False)
    starts_at: str = term("", pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")
    start_of_day: Literal["with_end_of_day", "on_request"] = term("with_end_of_day")
    opens_at: str = term("", pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")


kinds.register(CONTROL_KIND, ClosingControl, singleton=True)
