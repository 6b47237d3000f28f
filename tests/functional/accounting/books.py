"""The accountant's desk of the tests: entries to post, vouchers to enter, parameters to change, days to close."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.accounting.repository import sheets
from chalicelib.platform import attempts, clock
from chalicelib.platform.access.people import PEOPLE, Person, PersonState, Realm
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, application_named
from chalicelib.platform.closing.branches import calendar_of
from chalicelib.platform.closing.runs import ClosingRun
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters.service import advance_configuration
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import GATES, all_gates, business_date
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import cut_over, service
from tests.functional.parties.people import a_natural_person, register
from tests.support.api import Client
from tests.support.bank import FIRST, Bank
from tests.support.small_bank import drive

T = TypeVar("T")
BRANCHES = ("1", "2")
FROM_THE_START = date(2025, 1, 1)
_numbers = itertools.count(10)


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD"}


def do(bank: Bank, operation: Callable[[UnitOfWork], T], tenant: str = FIRST) -> T:
    """An operation of the bank itself, in a transaction of its own."""
    return attempts.run(lambda: bank.work(tenant), operation)


def today(bank: Bank, branch: str = "1", tenant: str = FIRST) -> date:
    return business_date(bank.work(tenant), branch)


def line(account: str, amount: str, branch: str | None = None, **fields: Any) -> dict[str, Any]:
    """A debit line, or a credit line for an amount with a minus."""
    side = "credit" if amount.startswith("-") else "debit"
    money = fields.pop("currency", "USD")
    body = {
        "account": account,
        "side": side,
        "amount": {"amount": amount.removeprefix("-"), "currency": money},
    }
    return {**body, **({"branch": branch} if branch else {}), **fields}


def a_voucher(*lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The body of a voucher: expense against cash, unless lines are given."""
    chosen = lines or (line("450790", "12.50"), line("110105", "-12.50"))
    return {
        "concept": "MANUAL",
        "branch": "1",
        "narrative": "Ajuste de caja",
        "lines": list(chosen),
        **fields,
    }


def capture(bank: Bank, body: dict[str, Any], who: str = "accountant") -> dict[str, Any]:
    """A voucher that must be accepted."""
    answer: dict[str, Any] = bank(who).post("/v1/accounting/vouchers", body).expect(201).json
    return answer


def authorise(
    bank: Bank, voucher: dict[str, Any], who: str = "accountant2", decision: str = "approve"
) -> Any:
    """The answer to a second person's decision."""
    path = f"/v1/accounting/vouchers/{voucher['id']}/authorisations"
    return bank(who).post(path, {"decision": decision, "reason": "revisado"})


def applied(bank: Bank, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A voucher entered by one accountant and authorised by another."""
    found: dict[str, Any] = authorise(bank, capture(bank, a_voucher(*lines, **fields))).expect(201).json
    return found


def post(
    bank: Bank, *rows: tuple[str, str, str], at: str = "1", code: str = "test", tenant: str = FIRST
) -> str:
    """Post legs of (branch, role, amount; minus is credit) as a module would; answers the entry's id."""
    legs = tuple(
        Leg(
            branch,
            Side.CREDIT if amount.startswith("-") else Side.DEBIT,
            Money.of(amount.removeprefix("-"), bank.work(tenant).context.tenant.currency),
            role,
            product="savings",
        )
        for branch, role, amount in rows
    )
    return do(bank, lambda work: posting.post(work, posting.draft(work, code, at, legs)).entry.id, tenant)


def cut(bank: Bank, tenant: str = FIRST) -> ClosingDay:
    """Move the branches to their next date; answers the day that is to be closed."""
    closing = today(bank, tenant=tenant)
    do(bank, lambda work: cut_over.move(work, BRANCHES, closing), tenant)
    return ClosingDay(closing, today(bank, tenant=tenant))


def close_ledgers(bank: Bank, day: date, tenant: str = FIRST) -> None:
    for branch in BRANCHES:
        do(bank, lambda work, branch=branch: accounting.close_ledger(work, branch, day), tenant)  # type: ignore[misc]


def close_day(bank: Bank, tenant: str = FIRST) -> date:
    """What the end of day does for accounting: cut over, apply the vouchers that wait, conclude, close the ledgers."""
    day = cut(bank, tenant)
    application = application_named("accounting")
    units = [unit for branch in BRANCHES for unit in application.units(bank.work(tenant), branch)]
    run = PieceRun(day, lambda: bank.work(tenant), lambda operation: do(bank, operation, tenant))
    tally = application.close(run, units)
    assert tally.read == tally.processed == sum(unit.records for unit in units)
    assert application.conclude is not None
    application.conclude(run, BRANCHES)
    close_ledgers(bank, day.business_date, tenant)
    return day.business_date


def end_of_day(bank: Bank, tenant: str = FIRST) -> date:
    """The whole end of day, as the state machine drives it; answers the date that it closed."""
    run = do(bank, _start, tenant)
    drive(bank.store(tenant), run.id)
    return run.business_date


def _start(work: UnitOfWork) -> ClosingRun:
    run = service.start(work)
    work._afterwards.clear()
    return run


def stand_on(bank: Bank, day: date) -> None:
    """Let the branches stand on a later day; nothing has happened since their last close, nor does until its eve."""
    eve = day - timedelta(days=1)

    def move(work: UnitOfWork) -> None:
        for branch in BRANCHES:
            sheets.save(work, sheets.on_date(work, branch, eve))
            for gate in all_gates(work, branch):
                following = calendar_of(work.config, branch, day).next(day)
                later = replace(
                    gate, previous_date=gate.business_date, business_date=day, next_date=following
                )
                work.put(GATES, later)

    do(bank, move)


def report(bank: Bank, code: str, who: str = "auditor", **filters: Any) -> list[dict[str, Any]]:
    """The rows of a report, as the API gives them."""
    asked = {"filters": filters, "format": "json"}
    found: list[dict[str, Any]] = (
        bank(who).post(f"/v1/platform/reports/{code}/runs", asked).expect(200)["rows"]
    )
    return found


def go_to(bank: Bank, day: date) -> None:
    """Close days until the branches stand on a date or after it."""
    while today(bank) < day:
        close_day(bank)


def set_parameter(
    bank: Bank,
    kind: str,
    code: str,
    body: dict[str, Any],
    *,
    scope: str = "tenant",
    tenant: str = FIRST,
    effective_from: date = FROM_THE_START,
) -> None:
    """Put an approved version of a parameter set, newer than those there are."""

    def operation(work: UnitOfWork) -> None:
        version = ParameterVersion(
            kind=kind,
            code=code,
            scope=scope,
            number=next(_numbers),
            effective_from=effective_from,
            state=VersionState.APPROVED,
            body=body,
            maker="test",
            made_at=clock.now(),
        )
        work.put(VERSIONS, version)
        advance_configuration(work)

    do(bank, operation, tenant)


def change_account(bank: Bank, code: str, **terms: Any) -> None:
    """Give an account other attributes."""
    found = bank.work().config.get("accounting.account", code, date.max)
    set_parameter(bank, "accounting.account", code, {**found.to_body(), **terms})


def change_control(bank: Bank, scope: str = "tenant", **terms: Any) -> None:
    """Keep the ledger in another way."""
    found = bank.work().config.main("accounting.control", date.max)
    set_parameter(bank, "accounting.control", "main", {**found.to_body(), **terms}, scope=scope)


def enrol(
    bank: Bank, username: str, *branches: str, scope: str = "list", level: int = 0, role: str = "accountant"
) -> Client:
    """The client of a new member of staff who works in these branches; enrolled anew, in those instead."""
    known = bank.staff.get((FIRST, username))

    def operation(work: UnitOfWork) -> Person:
        stored = work.find(PEOPLE, id=known.id) if known else None
        if stored:
            return work.put(PEOPLE, replace(stored, branches=branches, branch_scope=scope, level=level))
        new = Person(
            id=new_id("usr"),
            realm=Realm.STAFF,
            username=username,
            name=username.capitalize(),
            language="es",
            state=PersonState.ACTIVE,
            roles=(role,),
            branches=branches,
            branch_scope=scope,
            level=level,
        )
        return work.put(PEOPLE, new)

    bank.staff[FIRST, username] = do(bank, operation)
    return bank(username)


def an_account(bank: Bank, branch: str = "1") -> str:
    """Id of a new savings account of a branch."""
    who = "officer" if branch == "1" else f"officer{branch}"
    person = register(bank, a_natural_person(branch=branch), who)["id"]
    asked = {"party_id": person, "branch": branch, "plan": "S1"}
    account: str = bank(who).post("/v1/deposits/accounts", asked).expect(201)["id"]
    return account


def deposit(bank: Bank, account_id: str, amount: str, who: str = "teller") -> dict[str, Any]:
    """The receipt of a deposit."""
    path = f"/v1/deposits/accounts/{account_id}/deposits"
    receipt: dict[str, Any] = bank(who).post(path, {"amount": usd(amount)}).expect(201).json
    return receipt


def balance(bank: Bank, account: str, branch: str | None = None, who: str = "auditor", **query: Any) -> str:
    """What the ledger shows for an account now, debits positive."""
    asked = "&".join(f"{name}={value}" for name, value in {"branch": branch, **query}.items() if value)
    found: str = (
        bank(who).get(f"/v1/accounting/accounts/{account}/standing?{asked}").expect(200)["balance"]["amount"]
    )
    return found
