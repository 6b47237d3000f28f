"""What administration refuses."""

from chalicelib.kernel.errors import Conflict, Invalid, NotFound


class UnknownUser(NotFound):
    """No member of staff has this id, or they work for branches outside the caller's scope."""

    code = "unknown_user"


class UnknownRole(Invalid):
    """No role has this code today."""

    code = "unknown_role"


class OwnAccess(Conflict):
    """Nobody changes their own roles, branches or block: another person does."""

    code = "own_access"


class UserState(Conflict):
    """The user is already in that state, or has left."""

    code = "user_state"


class NowhereToNotify(Invalid):
    """A temporary password travels by e-mail or text message, and the user has neither."""

    code = "nowhere_to_notify"


class BranchScopeIncomplete(Invalid):
    """A scope of listed branches needs the list; the own branch belongs to it."""

    code = "branch_scope_incomplete"


class UnknownBranchCode(NotFound):
    """No branch has this code."""

    code = "unknown_branch_code"


class BranchCodeRange(Invalid):
    """Branch codes run from 1 to 99999, without leading zeros."""

    code = "branch_code_range"


class SecondHeadOffice(Invalid):
    """Another branch is the head office; there is one."""

    code = "head_office_repeated"


class HeadOfficeMissing(Conflict):
    """No branch is the head office, which holds what the other branches leave blank."""

    code = "head_office_missing"


class BranchAlreadyOpen(Conflict):
    """The branch has a business date already."""

    code = "branch_already_open"


class BranchNotOpen(Conflict):
    """The branch's own record does not say that it is open."""

    code = "branch_not_open"


class UnknownCalendar(NotFound):
    """No calendar has this code on the date."""

    code = "unknown_calendar"


class UnknownCycle(NotFound):
    """No cycle has this code on the date."""

    code = "unknown_cycle"


class UnknownCodeTable(NotFound):
    """No code table has this name."""

    code = "unknown_code_table"


class CodeValueRemoved(Conflict):
    """A value that was in force stays in its table, for what already carries it; it can be deactivated."""

    code = "code_value_removed"


class PeriodTooLong(Invalid):
    """The dates are in the wrong order, or further apart than one answer can hold."""

    code = "period_too_long"
