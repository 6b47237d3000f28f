"""How a tenant's end of day is cut into pieces: the one parameter set of closing."""

from typing import Literal

from chalicelib.kernel.plan import Plan, term
from chalicelib.platform.parameters import kinds

CONTROL_KIND = "platform.closing_control"


class ClosingControl(Plan):
    """Pieces of about ``target_records`` records, at most ``most_pieces`` at once (GEN-75 to GEN-77)."""

    most_pieces: int = term(8, unit="count", ge=1, le=1000)
    target_records: int = term(5000, unit="count", ge=1, le=100_000)
    online_mode: Literal["continue_next_date", "closed"] = term("continue_next_date")


kinds.register(CONTROL_KIND, ClosingControl, singleton=True)
