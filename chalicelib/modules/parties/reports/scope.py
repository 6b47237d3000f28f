"""Which branches a report is of."""

from pydantic import Field

from chalicelib.modules.administration import public as administration
from chalicelib.platform import today
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.work import UnitOfWork


class BranchFilter(Payload):
    """One branch, or all that the caller sees."""

    branch: str = Field("", max_length=5)


def branches(work: UnitOfWork, branch: str) -> list[str]:
    """The codes of the branch, or of all where it is blank, that the caller sees."""
    codes = administration.branch_codes(work.config, today.business_day(work))
    return [code for code in codes if branch in ("", code) and work.context.actor.sees_branch(code)]
