"""A small bank in a simulated (or local) cloud: two cooperatives, one in USD and one in COP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.platform import aws, clock, declared
from chalicelib.platform.access.people import (
    PEOPLE,
    SESSIONS,
    SESSIONS_OF,
    Person,
    PersonState,
    Realm,
    Session,
    SessionOf,
)
from chalicelib.platform.context import Actor, ActorKind, Context
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters.snapshot import snapshot_of
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork
from tests.support.api import Client, token_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tenants"
FIRST, SECOND = "sisa", "paramo"
SYSTEM = Actor(ActorKind.SYSTEM, "test", permissions=("*",), branch_scope="all")


def load_routes() -> None:
    """Import everything that the bank declares, before any test stands in for some of it."""
    declared.load_all()


@dataclass(slots=True)
class Bank:
    """The two cooperatives, seen from behind the counter."""

    tenants: tuple[str, ...] = (FIRST, SECOND)
    staff: dict[tuple[str, str], Person] = field(default_factory=dict)
    restore: Callable[[], None] | None = None
    _clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def store(self, tenant: str = FIRST) -> Store:
        return Store(aws.dynamodb(), tenant)

    def work(self, tenant: str = FIRST, actor: Actor = SYSTEM) -> UnitOfWork:
        """A unit of work of a process of the bank, which sees every branch."""
        store = self.store(tenant)
        item = store.get(*TENANTS.key(tenant))
        if item is None:
            raise LookupError(tenant)
        record = TENANTS.decode(item)
        context = Context(record.context(), actor, new_id("req"), actor.kind.value, record.default_language)
        return UnitOfWork(store, context, snapshot_of(store, record.config_version))

    def api(self, who: str = "", tenant: str = FIRST) -> Client:
        """The client of a member of staff, by user name or role; of a visitor where nobody is named."""
        if (tenant, who) not in self._clients:
            self._clients[tenant, who] = self._client_of(who, tenant)
        return self._clients[tenant, who]

    __call__ = api

    @contextmanager
    def restored(self) -> Iterator[None]:
        """For the block, and after it, the bank as it was onboarded."""
        if self.restore is None:
            raise LookupError("this bank keeps no earlier state")
        self._clients.clear()
        self.restore()
        yield

    def member(self, party_id: str, tenant: str = FIRST, username: str = "") -> Client:
        """The client of a member who is given a login of the member portal."""
        number = len(self._clients)
        person = Person(
            id=new_id("usr"),
            realm=Realm.MEMBER,
            username=username or f"member{number}",
            name=f"Member {number}",
            language="es",
            state=PersonState.ACTIVE,
            party_id=party_id,
        )
        work = self.work(tenant)
        work.put(PEOPLE, person)
        work.commit()
        return self._signed_in(person, tenant)

    def _client_of(self, who: str, tenant: str) -> Client:
        if not who:
            return Client(tenant, "visitor", str)
        return self._signed_in(self.person(who, tenant), tenant)

    def person(self, who: str, tenant: str = FIRST) -> Person:
        """A member of staff by user name, else by role."""
        of_tenant = [person for (code, _), person in sorted(self.staff.items()) if code == tenant]
        for person in of_tenant:
            if person.username == who:
                return person
        for person in of_tenant:
            if who in person.roles:
                return person
        raise LookupError(f"{tenant} has nobody called {who}")

    def _signed_in(self, person: Person, tenant: str) -> Client:
        work = self.work(tenant)
        session = Session(
            id=new_id("ses"),
            realm=person.realm,
            subject=person.id,
            username=person.username,
            refresh_hash="",
            device="test",
            address="192.0.2.1",
            started_at=clock.now(),
            expires_at=clock.epoch_seconds() + 36_000,
        )
        work.put(SESSIONS, session)
        work.put(SESSIONS_OF, SessionOf(person.id, session.id, session.expires_at))
        work.commit()
        return Client(
            tenant,
            person.username,
            lambda: token_of(tenant, person.realm.value, person.id, session.id),
            person.id,
        )
