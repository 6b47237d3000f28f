"""Months of a cooperative's life: people join, open accounts and use them, and every day is closed."""

from collections.abc import Iterator
from dataclasses import field
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError, InvariantError
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties import public as parties
from chalicelib.workflows.seeding.crowd import ADULT, CHILD, LEGAL, Crowd
from chalicelib.workflows.seeding.desk import OPENS, SHUTS, Desk
from chalicelib.workflows.seeding.life import DEPOSIT, TRANSFER, WITHDRAWAL, Habit, Life

PLAN = "deposits.plan"
CHILD_OF = "CHILD"
SHARES = ((ADULT, 84), (CHILD, 9), (LEGAL, 7))
ACCOUNTS_EACH = ((1, 62), (2, 27), (3, 11))
MOST_ACCOUNTS_EACH = 8
HEAD_OFFICE_SHARE = 2
AT_ANOTHER_BRANCH_PERCENT = 8
JOIN_AT_ONCE_PERCENT = 55


@dataclass(frozen=True, slots=True)
class Size:
    """How much history: so many members, or so many accounts; over so many months; and whether accounts are used."""

    members: int = 0
    accounts: int = 0
    months: int = 6

    @property
    def idle(self) -> bool:
        """Accounts that are counted are opened with a deposit and then left alone."""
        return self.accounts > 0


@dataclass(slots=True)
class Holder:
    """A member with their accounts."""

    party_id: str
    name: str
    branch: str
    sort: str
    accounts: list["Held"] = field(default_factory=list)


@dataclass(slots=True)
class Held:
    """An account as its member knows it: ``free_minor`` is what can be taken out."""

    id: str
    branch: str
    currency: str
    keeps_minor: int
    free_minor: int = 0
    habit: Habit | None = None
    uses: int = 0


@dataclass(slots=True)
class Done:
    """What history did."""

    members: int = 0
    accounts: int = 0
    postings: int = 0
    refused: int = 0
    days: int = 0
    holders: list[Holder] = field(default_factory=list)


class History:
    """Makes history up to the day on which the tenant's branches stand."""

    def __init__(self, desk: Desk, crowd: Crowd, life: Life, random: Random, size: Size) -> None:
        self.desk, self.crowd, self.life, self.random, self.size = desk, crowd, life, random, size
        self.done = Done()
        self._due: list[tuple[date, int, Any]] = []
        self._count = 0
        self._held: list[Held] = []
        self._plans: dict[str, list[tuple[str, Any]]] = {}

    def live(self, first: date, today: date) -> Iterator[date]:
        """Live from the first day to today's morning; tells each date that was closed."""
        self.desk.begin(first)
        self._expect_newcomers(first, today)
        while (day := self._earliest()) < today:
            self._work(day)
            self.desk.close_day()
            self.done.days += 1
            yield day
        self._work(today)

    def _earliest(self) -> date:
        return min(self.desk.business_date(branch) for branch in self.desk.branches(date.max))

    # -- a day -------------------------------------------------------------------------------------------------

    def _work(self, day: date) -> None:
        self.desk.go_to(day, OPENS)
        due = []
        while self._due and self._due[0][0] <= day:
            due.append(heappop(self._due)[2])
        opened = timedelta(hours=SHUTS.hour - OPENS.hour)
        for what in due:
            self.desk.past.instant += opened / (len(due) + 1)
            if isinstance(what, Held):
                self._use(what, day)
            else:
                self._join(what, day)

    def _expect(self, day: date, what: Any) -> None:
        self._count += 1
        heappush(self._due, (day, self._count, what))

    def _expect_newcomers(self, first: date, today: date) -> None:
        """Somewhat more than half are members from the beginning, the others join over time."""
        span = max(0, (today - first).days - 7)
        wanted, accounts = self.size.members, self.size.accounts
        while wanted > 0 or accounts > 0:
            number = min(MOST_ACCOUNTS_EACH, accounts) if self.size.idle else self._pick(ACCOUNTS_EACH)
            at_once = self.random.randrange(100) < JOIN_AT_ONCE_PERCENT
            later = self.random.randint(0, min(4, span) if at_once else span)
            self._expect(first + timedelta(days=later), number)
            wanted, accounts = wanted - 1, accounts - number

    # -- members -----------------------------------------------------------------------------------------------

    def _join(self, accounts: int, day: date) -> None:
        branches = self.desk.branches(day)
        branch = self.random.choice([branches[0]] * HEAD_OFFICE_SHARE + branches)
        place = administration.branch(self.desk.config, branch, day)
        sort = ADULT if self.size.idle else self._pick([row for row in SHARES if row[0] in self.crowd.sorts])
        draft = self.crowd.newcomer(sort, branch, place, day, self._parent(sort, branch, day))
        party = self.desk.commit(
            lambda work: parties.register(work, draft), self.desk.actor("parties.register", branch)
        )
        holder = Holder(party.id, party.name.full(), branch, sort)
        self.done.holders.append(holder)
        self.done.members += 1
        for plan, terms in self._offers(party, day, accounts):
            self._open(holder, plan, terms, day)

    def _parent(self, sort: str, branch: str, day: date) -> tuple[str, str] | None:
        if sort != CHILD or not self.desk.config.find("parties.relationship_type", CHILD_OF, day):
            return None
        adults = [each for each in self.done.holders[-30:] if each.sort == ADULT and each.branch == branch]
        return (self.random.choice(adults).party_id, CHILD_OF) if adults else None

    def _offers(self, party: parties.Party, day: date, number: int) -> list[tuple[str, Any]]:
        """The plans that a party takes: one made for its age, or else rather the first of the catalogue."""
        offered = self._offered(party, day)
        own = [row for row in offered if row[1].maximum_age is not None and row[1].maximum_age < 18]
        if own:
            return own[:1]
        if self.size.idle:
            savings = [row for row in offered if row[1].product_class == "savings"]
            return [self.random.choice(savings) for _ in range(number)] if savings else []
        found: list[tuple[str, Any]] = []
        while offered and len(found) < number:
            row = self.random.choices(offered, range(len(offered) + 1, 1, -1))[0]
            offered.remove(row)
            found.append(row)
        return found

    def _offered(self, party: parties.Party, day: date) -> list[tuple[str, Any]]:
        age = party.age(day)
        return [
            (code, plan)
            for code, plan in self.desk.config.all(PLAN, day)
            if plan.published
            and party.kind in plan.party_kinds
            and (not plan.party_types or party.party_type in plan.party_types)
            and not (plan.offered_from and day < plan.offered_from)
            and not (plan.offered_until and day > plan.offered_until)
            and (age is None or (plan.minimum_age or 0) <= age <= (plan.maximum_age or age))
        ]

    # -- accounts ----------------------------------------------------------------------------------------------

    def _open(self, holder: Holder, plan: str, terms: Any, day: date) -> None:
        asked = {"party_id": holder.party_id, "branch": holder.branch, "plan": plan}
        view = self.desk.do("deposits.open_account", (holder.branch,), asked)
        keeps = terms.minimum_balance if terms.minimum_balance_behaviour == "forbid" else 0
        held = Held(view.id, holder.branch, terms.currency, Money.of(keeps, terms.currency).minor)
        least = max(terms.opening_minimum, terms.minimum_balance)
        self._move(held, DEPOSIT, self.life.first_deposit(Money.of(least, terms.currency)).minor, "Apertura")
        holder.accounts.append(held)
        self.done.accounts += 1
        self._held.append(held)
        if not self.size.idle:
            held.habit = self.life.habit()
            self._expect(self.life.next_day(held.habit, day), held)

    def _use(self, held: Held, day: date) -> None:
        if held.habit is None:
            return
        wanted = self.life.intention(held.habit, held.free_minor)
        try:
            self._move(held, wanted.action, wanted.minor, wanted.narrative)
            held.uses += 1
        except InvariantError:
            raise
        except BankError:
            self.done.refused += 1
        self._expect(self.life.next_day(held.habit, day), held)

    def _move(self, held: Held, action: str, minor: int, narrative: str) -> None:
        body: dict[str, Any] = {"amount": Money(minor, held.currency), "narrative": narrative}
        payee = self._payee(held) if action == TRANSFER else None
        if payee:
            body |= {"from_account": held.id, "to_account": payee.id}
            receipt = self.desk.do("deposits.post_transfer", (held.branch, payee.branch), body)
        else:
            name = "deposits.post_withdrawal" if action == WITHDRAWAL else "deposits.post_deposit"
            counter = (self._counter(held.branch), held.branch)
            receipt = self.desk.do(name, counter, body, account_id=held.id)
        held.free_minor = receipt.available.minor - held.keeps_minor
        self.done.postings += 1

    def _payee(self, held: Held) -> Held | None:
        other = self.random.choice(self._held) if self._held else held
        return other if other.id != held.id and other.currency == held.currency else None

    def _counter(self, branch: str) -> str:
        """Where the member goes: mostly to the own branch."""
        if self.random.randrange(100) >= AT_ANOTHER_BRANCH_PERCENT:
            return branch
        return self.random.choice(self.desk.branches(date.max))

    def _pick(self, shares: Any) -> Any:
        return self.random.choices([row[0] for row in shares], [row[1] for row in shares])[0]
