"""What tests of deposits do besides calling the API: set parameters with two people, and close days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.administration import public as administration
from chalicelib.platform.posting.days import GATES, all_gates
from chalicelib.workflows.end_of_day import service
from tests.support.bank import FIRST, Bank
from tests.support.small_bank import drive

BRANCHES = ("1", "2")
SetParameter = Callable[..., None]
CloseDays = Callable[[int], None]
StandOn = Callable[[str], None]


@pytest.fixture
def set_parameter(bank: Bank) -> SetParameter:
    """``set_parameter(kind, code, body)``: one administrator proposes, the other approves, from today on."""
    return setting_parameters(bank)


def setting_parameters(bank: Bank) -> SetParameter:
    """The same for a bank of any scope."""

    def put(kind: str, code: str, body: dict[str, Any], effective_from: str = "2026-06-01") -> None:
        asked = {"code": code, "effective_from": effective_from, "body": body}
        version = bank("admin").post(f"/v1/platform/parameters/{kind}", asked).expect(201).json
        approval = {"decision": "approve", "reason": "test"}
        bank("admin2").post(f"/v1/platform/parameter-versions/{version['id']}/approvals", approval).expect(
            201
        )

    return put


@pytest.fixture
def stand_on(bank: Bank) -> StandOn:
    """``stand_on("2026-06-30")`` begins that date in every branch; only the ledger of the days before is kept."""
    return standing_on(bank)


def standing_on(bank: Bank) -> StandOn:
    """The same for a bank of any scope."""

    def ledgers(day: date) -> None:
        work = bank.work()
        for branch in BRANCHES:
            accounting.close_ledger(work, branch, day)
        work.commit()

    def move(text: str) -> None:
        day, work = date.fromisoformat(text), bank.work()
        last = {all_gates(work, branch)[0].business_date for branch in BRANCHES}
        before = {administration.calendar_of(work.config, branch, day).previous(day) for branch in BRANCHES}
        for each in sorted(last | before):
            ledgers(each)
        for branch in BRANCHES:
            calendar = administration.calendar_of(work.config, branch, day)
            dates = {"previous_date": calendar.previous(day), "next_date": calendar.next(day)}
            for gate in all_gates(work, branch):
                work.put(GATES, replace(gate, business_date=day, **dates))
        work.commit()

    return move


@pytest.fixture
def close_days(bank: Bank) -> CloseDays:
    """``close_days(3)`` closes three business dates, step by step, as the state machine does."""
    return closing_days(bank)


def closing_days(bank: Bank) -> CloseDays:
    """The same for a bank of any scope."""

    def close(count: int) -> None:
        for _ in range(count):
            work = bank.work()
            run = service.start(work)
            work._afterwards.clear()
            work.commit()
            drive(bank.store(FIRST), run.id)

    return close
