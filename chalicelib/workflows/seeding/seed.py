"""Fills an empty tenant with history and writes it."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from itertools import islice
from random import Random

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.identifiers import derived_id
from chalicelib.platform import clock
from chalicelib.platform.access import service
from chalicelib.platform.access.authentication import UnknownTenant
from chalicelib.platform.access.people import PEOPLE, Person, PersonState, Realm
from chalicelib.platform.closing.applications import applications
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.today import gates
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.onboarding.register import work_of
from chalicelib.workflows.seeding.crowd import ADULT, Crowd, plain
from chalicelib.workflows.seeding.desk import Desk
from chalicelib.workflows.seeding.history import Done, History, Holder, Size
from chalicelib.workflows.seeding.life import Life
from chalicelib.workflows.seeding.past import Past, lived
from chalicelib.workflows.seeding.words import words_of
from chalicelib.workflows.seeding.workbench import Workbench

ITEMS_A_WRITE = 500
WRITERS = 2
REGISTERS = "deposits#shards#"
"""Written last: they are what says that a tenant is not empty, so that a seed that died can be repeated."""


class TenantNotEmpty(Conflict):
    """Generated history goes only into a tenant that has no accounts."""

    code = "tenant_not_empty"


@dataclass(frozen=True, slots=True)
class Login:
    """A member of the portal with a known password."""

    username: str
    password: str


def seed(
    tenant: str,
    size: Size,
    random: int = 7,
    progress: Callable[[str, int], object] = lambda step, count: None,
) -> Done:
    """Fill a tenant. The same size and random number give the same bank. Raises UnknownTenant, TenantNotEmpty.

    ``progress`` is told ``days`` and ``items`` with how many there are so far.
    """
    work = work_of(tenant)
    check_empty(work)
    today = max(gate.business_date for gate in gates(work).values())
    first = months_before(today, size.months)
    bench = Workbench(work.store.client, tenant, beneath=work.store)
    with lived(Past(datetime.combine(first, time(6), UTC), f"{tenant}:{random}")) as past:
        history = _history(work, bench, past, size, Random(f"{tenant}:{random}"), today)  # noqa: S311 - invented
        for number, _ in enumerate(history.live(first, today), start=1):
            progress("days", number)
    write(work.store, bench, progress)
    return history.done


def check_empty(work: UnitOfWork) -> None:
    """Raises UnknownTenant, or TenantNotEmpty where any application has records."""
    if work.find(TENANTS) is None:
        raise UnknownTenant("tenant", tenant=work.tenant)
    for branch in gates(work):
        for application in applications():
            if any(unit.records for unit in application.units(work, branch)):
                raise TenantNotEmpty("tenant", tenant=work.tenant)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    month = day.year * 12 + day.month - 1 - months
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def write(store: Store, bench: Workbench, progress: Callable[[str, int], object]) -> int:
    """Write everything that the workbench holds into the tenant's tables; answers how many items."""
    written = 0
    for last in (False, True):
        with ThreadPoolExecutor(WRITERS) as pool:
            for count in pool.map(lambda batch: _write(store, *batch), _batches(store.tenant, bench, last)):
                written += count
                progress("items", written)
    return written


def enrol_members(tenant: str, holders: list[Holder], count: int, password: str) -> list[Login]:
    """Give some members with the fullest lives a login of the portal with a known password."""
    people = [holder for holder in holders if holder.sort == ADULT and holder.accounts]
    chosen = sorted(
        people, key=lambda each: (-len(each.accounts), -sum(held.uses for held in each.accounts))
    )[:count]
    logins: list[Login] = []
    for holder in chosen:
        username = _username(holder.name, {login.username for login in logins})
        work = work_of(tenant)
        service.enrol(work, _member(work, holder, username), password, must_change=False)
        work.commit()
        logins.append(Login(username, password))
    return logins


def _history(
    work: UnitOfWork, bench: Workbench, past: Past, size: Size, random: Random, today: date
) -> History:
    tenant = work.get(TENANTS)
    staff = [person for person in work.all(PEOPLE) if person.realm is Realm.STAFF]
    desk = Desk(bench, tenant, work.config, sorted(staff, key=lambda person: person.username), past)
    crowd = Crowd(work.config, tenant.country, today, random)
    return History(desk, crowd, Life(words_of(tenant.country), tenant.currency, random), random, size)


def _batches(tenant: str, bench: Workbench, last: bool) -> Iterator[tuple[str, list[Item]]]:
    for table in ("core", "journal", "config", "audit"):
        items = (
            item
            for name, item in bench.items()
            if name == table and item["pk"]["S"].startswith(f"{tenant}#{REGISTERS}") == last
        )
        while batch := list(islice(items, ITEMS_A_WRITE)):
            yield table, batch


def _write(store: Store, table: str, items: list[Item]) -> int:
    store.batch_put(table, items)
    return len(items)


def _username(name: str, taken: set[str]) -> str:
    words = plain(name.replace(" ", ".")).split(".")
    short = f"{words[0]}.{words[-2] if len(words) > 2 else words[-1]}"
    return next(each for each in (short, *(f"{short}{n}" for n in range(2, 100))) if each not in taken)


def _member(work: UnitOfWork, holder: Holder, username: str) -> Person:
    return Person(
        id=derived_id("usr", work.tenant, Realm.MEMBER.value, holder.party_id),
        realm=Realm.MEMBER,
        username=username,
        name=holder.name,
        language=work.context.tenant.default_language,
        state=PersonState.ACTIVE,
        party_id=holder.party_id,
        created_at=clock.now(),
    )
