"""What sign-in refuses. Nothing here tells whether a user name exists."""

from chalicelib.kernel.errors import BankError, Conflict, Forbidden, Invalid


class InvalidCredentials(BankError):
    """Unknown cooperative, unknown user or wrong password: the answer is the same."""

    code = "invalid_credentials"
    status = 401


class TooManyAttempts(BankError):
    """Too many wrong passwords for this user name; it opens again after ``retry_after`` seconds."""

    code = "too_many_attempts"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(None, retry_after=retry_after)
        self.retry_after = retry_after


class PasswordChangeRequired(Forbidden):
    """A temporary password opens nothing but the change of password."""

    code = "password_change_required"


class WrongPassword(BankError):
    """The current password is not right (POR-21). The session is still good: portals tell by the code."""

    code = "wrong_password"
    status = 401


class UsernameTaken(Conflict):
    """Somebody has this user name already."""

    code = "username_taken"


class MalformedUsername(Invalid):
    """User names are 3 to 64 letters, digits, dots, hyphens or underscores."""

    code = "malformed_username"


class PermissionDenied(Forbidden):
    """The person's roles do not include the operation."""

    code = "permission_denied"


class OutsideBranchScope(Forbidden):
    """The person works for other branches."""

    code = "outside_branch_scope"


class TenantSuspended(BankError):
    """The cooperative is suspended: it can be read, not changed."""

    code = "tenant_suspended"
    status = 423
