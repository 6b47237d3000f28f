"""What tests of loans do besides simulating: set parameters with two people."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.bank import Bank

SetParameter = Callable[..., None]


@pytest.fixture
def set_parameter(bank: Bank) -> SetParameter:
    """``set_parameter(kind, code, body)``: one administrator proposes, the other approves."""

    def put(kind: str, code: str, body: dict[str, Any], effective_from: str = "2026-06-01") -> None:
        asked = {"code": code, "effective_from": effective_from, "body": body}
        version = bank("admin").post(f"/v1/platform/parameters/{kind}", asked).expect(201).json
        approval = {"decision": "approve", "reason": "test"}
        path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
        bank("admin2").post(path, approval).expect(201)

    return put
