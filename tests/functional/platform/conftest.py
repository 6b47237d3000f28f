"""What the platform's tests share: parameters changed as people change them, by one person and approved by another."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.bank import FIRST, Bank

Change = Callable[..., dict[str, Any]]


@pytest.fixture
def change(api: Bank) -> Change:
    """``change(kind, code, body, on="2026-06-01")``: proposed by one administrator, approved by another."""

    def made(
        kind: str, code: str, body: dict[str, Any], on: str = "2030-01-01", tenant: str = FIRST, **also: Any
    ) -> dict[str, Any]:
        asked = {"code": code, "effective_from": on, "body": body, **also}
        version = api("admin", tenant).post(f"/v1/platform/parameters/{kind}", asked).expect(201).json
        if version["state"] == "pending_approval":
            path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
            version = api("admin2", tenant).post(path, {"decision": "approve"}).expect(201).json
        result: dict[str, Any] = version
        return result

    return made


@pytest.fixture
def today(api: Bank) -> str:
    """The calendar day of the first cooperative."""
    from chalicelib.platform.today import calendar_day

    return calendar_day(api.work()).isoformat()


@pytest.fixture
def grant(change: Change, today: str) -> Callable[..., dict[str, Any]]:
    """``grant("platform.set_exchange_rates", "group", "accountant")``: one function opened besides the roles."""

    def granted(permission: str, subject_kind: str, subject: str = "") -> dict[str, Any]:
        body = {"permission": permission, "subject_kind": subject_kind, "subject": subject}
        return change("administration.function_grant", permission, body, on=today)

    return granted
