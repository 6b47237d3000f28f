"""Parameter kinds of the member portal."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan, term


class PortalSettings(Plan):
    """What the portal offers to members of this cooperative."""

    statement_longest_days: int = term(731, unit="days", ge=31, le=1096)
    show_accrued_interest: bool = term(True)
    document_valid_days: int = term(90, unit="days", ge=1, le=730)


KINDS: Final[Mapping[str, type[Plan]]] = {"member_portal.settings": PortalSettings}
SINGLETONS: Final = frozenset({"member_portal.settings"})
