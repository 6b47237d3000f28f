"""A member whose cooperative has just given them a user name and a password for the portal."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.platform.access import service
from chalicelib.platform.access.people import Person, PersonState, Realm
from chalicelib.platform.identifiers import new_id
from tests.integration.client import People, an_account
from tests.integration.served import FIRST, ServedBank
from tests.support.bank import Bank, load_routes
from tests.support.simulated import forget_clients

PROVISIONAL = "Provisional-2026"


@contextmanager
def inside(served: ServedBank) -> Iterator[Bank]:
    """This process at work on the bank's own tables."""
    environment = served.bank.environment()
    kept = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    forget_clients()
    try:
        load_routes()
        yield Bank()
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        forget_clients()


def a_new_portal_user(
    served: ServedBank, people: People, funds: str = "35.00", *, must_change: bool = True
) -> dict[str, str]:
    """User name and (provisional) password of a member, with their party and the id of their one account."""
    account = an_account(people, funds)
    party = account["party_id"]
    username = f"nuevo.{party[-6:].lower()}"
    with inside(served) as bank:
        work = bank.work(FIRST)
        person = Person(
            id=new_id("usr"),
            realm=Realm.MEMBER,
            username=username,
            name="Nina Chimbo",
            language="es",
            state=PersonState.ACTIVE,
            party_id=party,
        )
        service.enrol(work, person, PROVISIONAL, must_change=must_change)
        work.commit()
    return {"username": username, "password": PROVISIONAL, "party": party, "account": account["id"]}
