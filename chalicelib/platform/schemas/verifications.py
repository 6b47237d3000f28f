"""Checking a document by its code."""

from datetime import datetime

from pydantic import Field

from chalicelib.platform.http.payload import OpenPayload, View


class VerificationQuery(OpenPayload):
    """What the paper says, to be compared: its total as a plain number, or the SHA-256 of the file; both optional."""

    total: str = Field("", pattern=r"^(-?[0-9]{1,15}(\.[0-9]{1,6})?)?$")
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    sha256: str = Field("", pattern=r"^([0-9A-Fa-f]{64})?$")


class VerificationView(View):
    """A document that the cooperative gave out. Whose it is and what it says are not told.

    ``total_matches`` and ``file_matches`` are null where nothing was sent to compare.
    """

    code: str
    kind: str
    title: str
    institution: str
    issued_at: datetime
    valid_until: datetime
    total_matches: bool | None
    file_matches: bool | None
