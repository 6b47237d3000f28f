"""What tests of deposits do besides calling the API: set parameters with two people, and close days."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.workflows.end_of_day import service
from tests.support.bank import FIRST, Bank
from tests.support.small_bank import drive

SetParameter = Callable[..., None]
CloseDays = Callable[[int], None]


@pytest.fixture
def set_parameter(bank: Bank) -> SetParameter:
    """``set_parameter(kind, code, body)``: one administrator proposes, the other approves, from today on."""

    def put(kind: str, code: str, body: dict[str, Any], effective_from: str = "2026-06-01") -> None:
        asked = {"code": code, "effective_from": effective_from, "body": body}
        version = bank("admin").post(f"/v1/platform/parameters/{kind}", asked).expect(201).json
        approval = {"decision": "approve", "reason": "test"}
        bank("admin2").post(f"/v1/platform/parameter-versions/{version['id']}/approvals", approval).expect(
            201
        )

    return put


@pytest.fixture
def close_days(bank: Bank) -> CloseDays:
    """``close_days(3)`` closes three business dates, step by step, as the state machine does."""

    def close(count: int) -> None:
        for _ in range(count):
            work = bank.work()
            run = service.start(work)
            work._afterwards.clear()
            work.commit()
            drive(bank.store(FIRST), run.id)

    return close
