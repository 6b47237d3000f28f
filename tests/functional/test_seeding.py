"""Seeding: invented history holds to the cent, is the same each time, and goes into an empty tenant only."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from chalicelib.kernel import national_id
from chalicelib.kernel.account_number import Scheme, verify
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.parties import public as parties
from chalicelib.platform import clock, identifiers
from chalicelib.platform.access.authentication import UnknownTenant
from chalicelib.platform.closing.applications import application_named
from chalicelib.platform.closing.runs import RUNS, ClosingRun, RunState
from chalicelib.platform.posting.accounts import kind_of_account
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.records import JOURNAL, MOVEMENTS
from chalicelib.platform.storage.reader import read_index
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import tasks
from chalicelib.workflows.onboarding import demonstration
from chalicelib.workflows.seeding import command
from chalicelib.workflows.seeding.history import Done, Size
from chalicelib.workflows.seeding.seed import (
    TenantNotEmpty,
    enrol_members,
    months_before,
    seed,
)
from tests.support.bank import FIRST, FIXTURES, SECOND, Bank
from tests.support.given import an_account

SMALL = Size(members=25, months=2)
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module", params=[FIRST, SECOND])
def seeded(request: pytest.FixtureRequest, module_bank: Bank) -> tuple[UnitOfWork, Done]:
    """A cooperative with two months of history, in USD and in COP."""
    done = seed(request.param, SMALL)
    return module_bank.work(request.param), done


def accounts_of(work: UnitOfWork) -> Iterator[DemandAccount]:
    for branch in ("1", "2"):
        for unit in application_named("deposits").units(work, branch):
            yield from read_index(
                work.store, kind_of_account("dep_").collection, branch=branch, shard=unit.shard
            )


def test_the_cooperative_has_lived(seeded: tuple[UnitOfWork, Done]) -> None:
    work, done = seeded
    assert done.members == 25
    assert done.accounts >= 25
    assert done.postings > 2 * done.accounts
    assert done.days > 38
    assert business_date(work, "1") == TODAY
    assert len(list(accounts_of(work))) == done.accounts


def test_every_balance_is_the_sum_of_its_movements(seeded: tuple[UnitOfWork, Done]) -> None:
    work, _ = seeded
    for account in accounts_of(work):
        moved = list(work.all(MOVEMENTS, account_id=account.id))
        assert sum(row.minor for row in moved) == account.ledger_minor
        assert moved[-1].balance_minor == account.ledger_minor
        assert [row.sequence for row in moved] == list(range(1, account.sequence + 1))


def test_every_journal_record_balances(seeded: tuple[UnitOfWork, Done], module_bank: Bank) -> None:
    work, done = seeded
    records = [
        JOURNAL.decode(item)
        for item in scanned(module_bank, "journal")
        if item["pk"]["S"].startswith(f"{work.tenant}#journal#")
    ]
    assert len(records) >= done.postings
    assert not any(sum(leg.debit_minor for leg in record.legs) for record in records)


def test_the_books_balance_and_are_what_the_journal_says(seeded: tuple[UnitOfWork, Done]) -> None:
    work, _ = seeded
    branches = [branch for branch in ("1", "2") if work.config.find("administration.branch", branch, TODAY)]
    for run in sorted(work.all(RUNS), key=lambda run: run.business_date)[::6]:
        assert not any(accounting.proof(work, branches, run.business_date).values())
        again = [accounting.rederived(work, branch, run.business_date) for branch in branches]
        assert again == [{}] * len(branches)


def test_the_ledger_shows_what_the_accounts_hold(seeded: tuple[UnitOfWork, Done]) -> None:
    work, _ = seeded
    assert accounts_and_ledger(work, accounts_of(work)) == {}


def accounts_and_ledger(
    work: UnitOfWork, accounts: Iterable[DemandAccount]
) -> dict[tuple[str, str, str], int]:
    """(branch, product, currency) → difference of ledger and accounts, where there is one."""
    held: dict[tuple[str, str, str], int] = {}
    for account in accounts:
        key = (account.branch, account.product, account.currency)
        held[key] = held.get(key, 0) + account.ledger_minor
    shown = {key: -accounting.balance(work, key[0], "member_deposits", *key[1:], TODAY) for key in held}
    return {key: shown[key] - minor for key, minor in held.items() if shown[key] != minor}


def test_interest_was_paid_and_every_close_completed(seeded: tuple[UnitOfWork, Done]) -> None:
    work, done = seeded
    sums = [sums for account in accounts_of(work) for sums in account.year_sums.values()]
    assert any(each.get("interest_paid_ytd") for each in sums)
    runs = list(work.all(RUNS))
    assert len(runs) == done.days
    assert {run.state for run in runs} == {RunState.COMPLETED}


def test_the_next_day_closes_like_any_other(seeded: tuple[UnitOfWork, Done]) -> None:
    work, _ = seeded
    branches = tuple(administration.branch_codes(work.config, TODAY))
    opens = date(2026, 6, 2)
    run = ClosingRun("run_next", TODAY, opens, branches, RunState.RUNNING, "test", clock.now())
    work.put(RUNS, run)
    work.commit()
    job = tasks.job_of({"tenant": work.tenant, "run_id": run.id}, work.store)
    plan = tasks.TASKS["begin"](job, {})
    for task, part in (*tasks.in_order(plan), ("finish", "")):
        tasks.TASKS[task](replace(job, part=part), {})
    assert business_date(work.fresh(), "1") == date(2026, 6, 2)


def test_numbers_hold(seeded: tuple[UnitOfWork, Done]) -> None:
    work, done = seeded
    country = work.context.tenant.country
    assert all(verify(account.number, Scheme(product_digits=3)) for account in accounts_of(work))
    for holder in done.holders:
        document = parties.party(work, holder.party_id).document
        assert national_id.validate(country, document.document_type, document.document_number)


def test_members_sign_in_to_the_portal(seeded: tuple[UnitOfWork, Done], module_bank: Bank) -> None:
    work, done = seeded
    (login,) = enrol_members(work.tenant, done.holders, 1, "Cosecha-de-junio-26")
    credentials = {"tenant": work.tenant, "username": login.username, "password": login.password}
    session = module_bank().post("/v1/member_portal/sessions", credentials).expect(201)
    assert session["must_change_password"] is False


def contents(bank: Bank) -> dict[tuple[str, str], str]:
    """(partition, sort) → item of everything in the tables of history."""
    return {
        (item["pk"]["S"], item["sk"]["S"]): repr(sorted(item.items()))
        for name in ("core", "journal")
        for item in scanned(bank, name)
        if "#throttle#" not in item["pk"]["S"]
    }


def scanned(bank: Bank, table: str) -> Iterator[dict[str, dict[str, str]]]:
    """Every item of a table."""
    store = bank.store()
    for page in store.client.get_paginator("scan").paginate(
        TableName=store.table(table), ConsistentRead=True
    ):
        yield from page["Items"]


def test_the_same_number_gives_the_same_bank(bank: Bank) -> None:
    size = Size(members=6, months=1)
    seed(FIRST, size)
    first = contents(bank)
    with bank.restored():
        seed(FIRST, size)
        assert contents(bank) == first
    with bank.restored():
        seed(FIRST, size, random=8)
        assert contents(bank) != first


def test_the_clock_is_put_right_again(bank: Bank) -> None:
    kept = clock.now, identifiers.secrets
    seed(FIRST, Size(members=1, months=1))
    assert (clock.now, identifiers.secrets) == kept
    assert datetime.now(tz=clock.UTC) <= clock.now() <= datetime.now(tz=clock.UTC)


def test_idle_accounts_are_opened_and_left_alone(bank: Bank) -> None:
    done = seed(FIRST, Size(accounts=20, months=0))
    assert (done.accounts, done.days, done.postings) == (20, 0, 20)
    assert {account.sequence for account in accounts_of(bank.work())} == {1}


@pytest.mark.parametrize("size", [Size(members=3, months=1), Size(accounts=3, months=0)])
def test_a_tenant_with_accounts_is_refused(api: Bank, size: Size) -> None:
    an_account(api, balance="10.00")
    before = contents(api)
    with pytest.raises(TenantNotEmpty):
        seed(FIRST, size)
    assert contents(api) == before


def test_a_tenant_that_is_not_there_is_refused(bank: Bank) -> None:
    with pytest.raises(UnknownTenant):
        seed("nobody", SMALL)


def test_a_thousand_accounts_reach_a_real_server(cloud_bank: Bank) -> None:
    done = seed(FIRST, Size(accounts=1100, months=0))
    work = cloud_bank.work()
    accounts = list(accounts_of(work))
    assert len(accounts) == done.accounts == 1100
    assert (
        sum(unit.records for branch in "12" for unit in application_named("deposits").units(work, branch))
        == 1100
    )
    assert not any(accounting.proof(work, ["1", "2"], TODAY).values())
    assert accounts_and_ledger(work, accounts) == {}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 6, 1), 6, date(2025, 12, 1)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_the_command_fills_a_tenant_once_and_writes_its_members_down(
    api: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    users = tmp_path / "demo.json"
    monkeypatch.setenv(demonstration.FILE_VARIABLE, str(users))
    asked = [FIRST, "--members", "5", "--months", "1", "--logins", "2"]
    assert command.main(asked, FIXTURES) == 0
    (tenant,) = json.loads(users.read_text(encoding="utf-8"))["tenants"]
    assert (tenant["code"], len(tenant["members"])) == (FIRST, 2)
    for member in tenant["members"]:
        api().post("/v1/member_portal/sessions", {"tenant": FIRST, **member}).expect(201)
    assert command.main(asked, FIXTURES) == 1
    assert "tenant_not_empty" in capsys.readouterr().out
    assert command.main(["--members", "2", "--months", "0"], FIXTURES) == 0, "the other one is empty"
