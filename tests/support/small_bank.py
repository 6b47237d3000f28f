"""A cooperative in memory, made from a real manifest's parameters: the quickest way to a bank that works."""

from collections.abc import Callable, Generator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import yaml

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.service import money as deposits_money
from chalicelib.modules.deposits.service import opening, scheduling
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits.plans import Payment
from chalicelib.modules.term_deposits.service import opening as term_opening
from chalicelib.platform import attempts, declared
from chalicelib.platform.context import Actor, ActorKind, Context
from chalicelib.platform.parameters.snapshot import snapshot_of
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.posting.days import GATES, all_gates, business_date, open_branch
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS, Branding, Tenant, TenantState
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.end_of_day import service, tasks
from tests.support.memory import MemoryStore

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
TENANT = "chakana"
FIRST_DAY = date(2026, 5, 29)
BEFORE = date(2026, 1, 1)
NEVER_TWICE = count(990000)
"""Versions of the configuration: snapshots are remembered by them, for all banks of the process."""
declared.load_all()  # before any test stands in for what modules register
MODULES = ("administration", "accounting", "parties", "deposits", "term_deposits", "loans", "member_portal")


@lru_cache(maxsize=1)
def parameters() -> tuple[ParameterVersion, ...]:
    """Every parameter set of the demonstration cooperative and its country pack, approved."""
    found = []
    for folder in (ROOT / "tenants/packs/ecuador", ROOT / "tenants" / TENANT):
        for file in sorted(folder.glob("*.yaml")):
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for row in content.get("sets", ()) if isinstance(content, dict) and "kind" in content else ():
                found.append(_version(content["kind"], row))
    return tuple(found)


@lru_cache(maxsize=1)
def _stored_parameters() -> tuple[Item, ...]:
    return tuple(VERSIONS.encode(TENANT, version, 1) for version in parameters())


def _version(kind: str, row: dict[str, Any]) -> ParameterVersion:
    return ParameterVersion(
        kind=kind,
        code=str(row["code"]),
        scope=row.get("scope", "tenant"),
        number=int(f"{row['effective_from']:%y%m%d}"),
        effective_from=row["effective_from"],
        state=VersionState.APPROVED,
        body=row["body"],
        maker="manifest",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@dataclass(slots=True)
class SmallBank:
    """A cooperative with an open day. ``do`` runs an operation in a transaction of its own."""

    store: Store
    people: int = 0

    def work(self, actor: Actor | None = None) -> UnitOfWork:
        """A unit of work of a teller of branch 1 who may do anything, or of somebody else, as if it were approved."""
        item = self.store.get(*TENANTS.key(self.store.tenant))
        assert item is not None
        tenant = TENANTS.decode(item)
        teller = actor or Actor(ActorKind.STAFF, "usr_teller", "Teller", ("*",), ("1",), "all", level=99)
        context = Context(tenant.context(), teller, "req_test", "teller", "es", approver="usr_supervisor")
        return UnitOfWork(self.store, context, snapshot_of(self.store, tenant.config_version))

    def do(self, operation: Callable[[UnitOfWork], T], actor: Actor | None = None) -> T:
        """Do something and commit it."""
        return attempts.run(lambda: self.work(actor), operation)

    def an_account(
        self, plan: str = "S1", branch: str = "1", party: str = "", funds: str = "", **more: Any
    ) -> str:
        """Id of a new account, with a first deposit if funds are given; ``more`` is of its opening."""
        asked = opening.Opening(party or self.a_party(), branch, plan, **more)
        account = self.do(lambda work: opening.open_account(work, asked))
        if funds:
            self.deposit(account.id, funds)
        return account.id

    def a_party(self) -> str:
        """Id of a new person who may hold accounts."""
        self.people += 1
        draft = parties.Draft(
            kind="natural",
            party_type="MEMBER",
            branch="1",
            document_type="P",
            document_number=f"AB{self.people:06d}",
            form="min_related",
            values={"given_1": "Ana", "surname_1": f"Quispe {self.people}", "birth_date": date(1990, 5, 1)}
            | {"document_expires_on": date(2035, 1, 1), "document_issue_place": "Quito"},
        )
        return self.do(lambda work: parties.register(work, draft)).id

    def deposit(self, account_id: str, amount: str, currency: str = "USD") -> None:
        """Cash in at branch 1."""
        asked = deposits_money.Instruction(account_id, Money.of(amount, currency))
        self.do(lambda work: deposits_money.deposit(work, asked))

    def withdraw(self, account_id: str, amount: str, currency: str = "USD") -> None:
        """Cash out at branch 1."""
        asked = deposits_money.Instruction(account_id, Money.of(amount, currency))
        self.do(lambda work: deposits_money.withdraw(work, asked))

    def transfer(self, payer: str, payee: str, amount: str, currency: str = "USD") -> None:
        """From one account to another."""
        asked = deposits_money.Instruction(payer, Money.of(amount, currency))
        self.do(lambda work: deposits_money.transfer(work, asked, payee))

    def term_deposit(self, account_id: str, amount: str, term_days: int = 90, currency: str = "USD") -> str:
        """Id of a term deposit that pays its interest every month into the account it was opened from."""
        asked = term_opening.Opening(
            "PF", Money.of(amount, currency), account_id, term_days, payment=Payment.MONTHLY
        )
        return self.do(lambda work: term_opening.open_deposit(work, asked)).id

    def stand_on(self, day: date, following: date, branches: tuple[str, ...] = ("1", "2")) -> None:
        """Let branches stand on a later day, as if nothing had happened since its last close."""

        def move(work: UnitOfWork, branch: str) -> None:
            for gate in all_gates(work, branch):
                work.put(
                    GATES,
                    replace(gate, business_date=day, previous_date=gate.business_date, next_date=following),
                )

        for branch in branches:
            self.do(lambda work, branch=branch: move(work, branch))  # type: ignore[misc]

    def schedule(self, payer: str, payee: str, amount: str, on: date, currency: str = "USD") -> str:
        """Id of a transfer ordered for a later day."""
        asked = deposits_money.Instruction(payer, Money.of(amount, currency))
        return self.do(lambda work: scheduling.schedule(work, asked, payee, on)).id

    def with_sets(self, kind: str, bodies: dict[str, dict[str, Any]]) -> None:
        """Parameter sets of a kind (code → body), approved and in force from the next unit of work on."""
        tenant = self.work().get(TENANTS)
        later = replace(tenant, config_version=next(NEVER_TWICE))
        rows = [{"code": code, "effective_from": BEFORE, "body": body} for code, body in bodies.items()]
        versions = [replace(_version(kind, row), number=later.config_version) for row in rows]
        name = self.store.tenant
        self.store.batch_put("config", [VERSIONS.encode(name, version, 1) for version in versions])
        self.store.batch_put("config", [TENANTS.encode(name, later, tenant.version)])

    def open_branches(self, branches: tuple[str, ...], like: str = "2") -> None:
        """Branches beside those of the manifest, all of which stand on the business date."""
        named = dict(self.work().config.all("administration.branch", FIRST_DAY))
        body = named[like].model_dump(mode="json")
        new = [branch for branch in branches if branch not in named]
        self.with_sets(
            "administration.branch", {branch: {**body, "name": f"Oficina {branch}"} for branch in new}
        )
        for branch in branches:
            if self.work().find(GATES, branch=branch, number=0) is None:
                self.do(lambda work, branch=branch: _open(work, branch, FIRST_DAY))  # type: ignore[misc]

    def today(self, branch: str = "1") -> date:
        """The branch's business date."""
        return business_date(self.work(), branch)

    def account(self, account_id: str) -> Any:
        """The account as it is stored."""
        return self.work().get(ACCOUNTS, id=account_id)


def a_bank(first_day: date = FIRST_DAY, branches: tuple[str, ...] = ("1", "2")) -> SmallBank:
    """A cooperative whose branches stand on a business date."""
    store = MemoryStore(TENANT)
    bank = SmallBank(store)
    _put_tenant(store)
    for branch in branches:
        bank.do(lambda work, branch=branch: _open(work, branch, first_day))  # type: ignore[misc]
    return bank


def _put_tenant(store: MemoryStore) -> None:
    tenant = Tenant(
        TENANT,
        "Chakana",
        "Chakana",
        "1799999990001",
        "EC",
        "USD",
        ("es", "en"),
        "es",
        "es-EC",
        "America/Guayaquil",
        TenantState.LIVE,
        MODULES,
        Branding(),
        config_version=1,
    )
    store.batch_put("config", [TENANTS.encode(TENANT, tenant, 1)])
    store.batch_put("config", list(_stored_parameters()))


def _open(work: UnitOfWork, branch: str, first_day: date) -> None:
    calendar: Calendar = administration.calendar_of(work.config, branch, first_day)
    open_branch(work, branch, first_day, calendar.previous(first_day), calendar.next(first_day))


def start_closing(bank: SmallBank) -> str:
    """Ask for the end of day; answers the run's id. The state machine is driven by ``drive``."""
    work = bank.work()
    run = service.start(work)
    work._afterwards.clear()
    work.commit()
    return run.id


CLOSE, REPORT = "close", "report"
"""The parts of a run: the close itself, and the reports that come once the next day is open."""


def drive(store: Store, run_id: str, parts: tuple[str, ...] = (CLOSE, REPORT)) -> None:
    """What the state machine does, one step after another; any exception stops it, as a dying process would."""
    for _ in steps(store, run_id, parts):
        pass


def steps(
    store: Store, run_id: str, parts: tuple[str, ...] = (CLOSE, REPORT)
) -> Generator[tuple[str, str], None, None]:
    """The (task, part) of each step of a run, once it is done. Whoever wants no more of them closes the generator."""

    def done(task: str, part: str = "") -> tuple[tuple[str, str], dict[str, Any]]:
        return (task, part), step(store, run_id, task, part)

    if CLOSE in parts:
        name, plan = done("begin")
        yield name
        for task, part in tasks.in_order(plan):
            yield done(task, part)[0]
    if REPORT in parts:
        name, due = done("due_reports")
        yield name
        for part in due["reports"]:
            yield done("report", part)[0]
        yield done("finish")[0]


def step(store: Store, run_id: str, task: str, part: str = "") -> dict[str, Any]:
    """One step of a run, as the state machine calls it; answers what the machine is told."""
    event = {"task": task, "tenant": store.tenant, "run_id": run_id, "part": part}
    with store.printing() if isinstance(store, MemoryStore) else nullcontext():
        return tasks.TASKS[task](tasks.job_of(event, store), event)


def close_day(bank: SmallBank) -> str:
    """Run a whole end of day."""
    run_id = start_closing(bank)
    drive(bank.store, run_id)
    return run_id
