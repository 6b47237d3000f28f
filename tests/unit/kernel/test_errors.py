"""Errors carry a stable code, a status, the field and the values of the message."""

import pickle

import pytest

from chalicelib.kernel.errors import (
    BankError,
    Conflict,
    Forbidden,
    Invalid,
    InvalidFields,
    InvariantError,
    NotFound,
)


class AccountBlocked(Conflict):
    code = "account_blocked"


def test_error_says_code_field_and_values():
    error = AccountBlocked("account_id", account="001", reason="court order")
    assert (error.code, error.status, error.field) == ("account_blocked", 409, "account_id")
    assert error.params == {"account": "001", "reason": "court order"}
    assert str(error) == "account_blocked at account_id (account=001, reason=court order)"
    assert str(NotFound()) == "not_found"


@pytest.mark.parametrize(
    ("error", "status"),
    [(Forbidden, 403), (NotFound, 404), (Conflict, 409), (Invalid, 422), (InvariantError, 500)],
)
def test_status_follows_the_kind(error, status):
    assert error().status == status
    assert issubclass(error, BankError)


def test_many_wrong_fields_travel_together():
    errors = InvalidFields([Invalid("name"), AccountBlocked("account")])
    assert [(error.code, error.field) for error in errors.errors] == [
        ("invalid", "name"),
        ("account_blocked", "account"),
    ]
    assert errors.status == 422


@pytest.mark.parametrize("error", [AccountBlocked("a", b="c"), InvalidFields([Invalid("name")])])
def test_errors_cross_a_process(error):
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.field, copy.params) == (type(error), error.field, error.params)
