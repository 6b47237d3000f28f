"""Parameter kinds of the member portal."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan, term


class PortalSettings(Plan):
    """What the portal offers to members of this cooperative."""

    statement_longest_days: int = term(731, unit="days", ge=31, le=1096)
    own_transfers: bool = term(False)
    document_valid_days: int = term(90, unit="days", ge=1, le=730)


SETTINGS: Final = "member_portal.settings"
KINDS: Final[Mapping[str, type[Plan]]] = {SETTINGS: PortalSettings}
SINGLETONS: Final = frozenset({SETTINGS})
