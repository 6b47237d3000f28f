"""Codes as they are written, and which branches a query covers."""

from typing import Annotated

from pydantic import Field

from chalicelib.modules.accounting.repository.branches import Cover
from chalicelib.platform.http.payload import Payload

AccountCode = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]
BranchCode = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}$")]
CurrencyCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class CoverQuery(Payload):
    """Which branches: one, those of a region, or one with those under it; all in the caller's scope if blank."""

    branch: BranchCode | None = None
    region: str = Field("", max_length=40)
    node: BranchCode | None = None

    @property
    def cover(self) -> Cover:
        return Cover(self.branch or "", self.region, self.node or "")
