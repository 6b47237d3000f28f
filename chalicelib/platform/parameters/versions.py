"""Versions of parameter sets as they are stored: nothing is overwritten, each change is a new version."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.parameters.kinds import still_known
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.collection import Collection

TENANT_SCOPE = "tenant"


class VersionState(StrEnum):
    """Life of a version; *effective* and *superseded* follow from the dates of the approved ones."""

    PENDING = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ParameterVersion:
    """One version of a parameter set.

    ``scope`` is ``tenant`` or ``branch:<code>``. ``unverified`` marks a default of the country pack that the tenant
    has still to confirm. ``retired`` versions end the set from their date on.
    """

    kind: str
    code: str
    scope: str
    number: int
    effective_from: date
    state: VersionState
    body: dict[str, Any]
    maker: str
    made_at: datetime
    checker: str = ""
    checked_at: datetime | None = None
    reason: str = ""
    origin: str = ""
    confidence: str = ""
    sources: tuple[str, ...] = ()
    unverified: bool = False
    retired: bool = False
    version: int = 0

    @property
    def id(self) -> str:
        """What the API calls this version: ``kind~code~scope~number``."""
        return f"{self.kind}~{self.code}~{self.scope}~{self.number}"


class _Versions(Collection[ParameterVersion]):
    """Versions as this release reads them: what was stored by an earlier one stays usable."""

    def decode(self, item: Item) -> ParameterVersion:
        """The version that an item holds, without fields that its kind has no more."""
        version = super().decode(item)
        return replace(version, body=still_known(version.kind, version.body))


VERSIONS = _Versions(
    ParameterVersion,
    table="config",
    partition="parameters",
    sort="{kind}#{code}#{scope}#{number:05d}",
)
