"""Errors the bank answers with: a stable code, an HTTP status, the offending field and values for the
message.

A module declares its own small classes (`class AccountBlocked(Conflict): code = "account_blocked"`); the text
a person reads lives in the catalogues under the code, and the platform renders it in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar


class BankError(Exception):
    """Anything the bank refuses or cannot do.

    `field` is the dotted path of the offending input, if there is one; `params` fill the placeholders of the
    catalogue text and must be plain values (str, int, Decimal, date, Money).
    """

    code: ClassVar[str] = "bank_error"
    status: ClassVar[int] = 500

    def __init__(self, field: str | None = None, **params: Any) -> None:
        super().__init__()
        self.field = field
        self.params = params

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value}" for name, value in self.params.items())
        where = f" at {self.field}" if self.field else ""
        return f"{self.code}{where}" + (f" ({values})" if values else "")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"


class InvariantError(BankError):
    """A law of the bank does not hold: a defect of ours, never the caller's fault. Nothing may be written."""

    code = "invariant_broken"
    status = 500


class Forbidden(BankError):
    """The caller is known and may not do this."""

    code = "forbidden"
    status = 403


class NotFound(BankError):
    """Absent, or outside the caller's tenant or scope: the two are not told apart."""

    code = "not_found"
    status = 404


class Conflict(BankError):
    """The state of what is addressed does not allow it."""

    code = "conflict"
    status = 409


class Invalid(BankError):
    """The content of the request is wrong."""

    code = "invalid"
    status = 422


class InvalidFields(Invalid):
    """Several wrong fields reported at once: `errors` keeps each with its own code and path."""

    code = "invalid_fields"

    def __init__(self, errors: Iterable[BankError]) -> None:
        self.errors = tuple(errors)
        super().__init__(None, count=len(self.errors))

    def __reduce__(self) -> tuple[type[InvalidFields], tuple[tuple[BankError, ...]]]:
        return type(self), (self.errors,)
