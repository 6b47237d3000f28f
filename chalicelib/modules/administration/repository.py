"""Finding members of staff and the business dates of branches; the records are the platform's."""

from collections.abc import Callable

from chalicelib.modules.administration.domain import STAFF_PREFIX
from chalicelib.modules.administration.errors import UnknownUser
from chalicelib.platform.access.people import LOGINS, PEOPLE, Login, Person, Realm, normal_username
from chalicelib.platform.posting.days import GATES, Gate
from chalicelib.platform.work import Page, UnitOfWork

MOST_READS = 10
"""Pages read for one page of a filtered list; a cursor carries on from there."""


def user(work: UnitOfWork, user_id: str) -> Person:
    """The member of staff with this id, within the caller's branches. Raises UnknownUser."""
    found = work.find(PEOPLE, id=user_id) if user_id.startswith(f"{STAFF_PREFIX}_") else None
    if found is None or found.realm is not Realm.STAFF or not visible(work, found):
        raise UnknownUser("user_id")
    return found


def visible(work: UnitOfWork, person: Person) -> bool:
    """Whether the person's own branch is in the caller's scope, or the person is the caller."""
    actor = work.context.actor
    return person.id == actor.id or actor.sees_branch(person.branches[0] if person.branches else "")


def login_of(work: UnitOfWork, person: Person) -> Login:
    """The person's user name and password record."""
    return work.get(LOGINS, realm=Realm.STAFF, username=normal_username(person.username))


def staff(work: UnitOfWork, wanted: Callable[[Person], bool], limit: int, cursor: str | None) -> Page:
    """A page of the staff that a filter lets through, by age of the record; a full page or a bounded search."""
    found: list[Person] = []
    for _ in range(MOST_READS):
        page = work.query(PEOPLE, prefix=f"{STAFF_PREFIX}_", limit=limit - len(found), cursor=cursor)
        found += [
            person
            for person in page.items
            if person.realm is Realm.STAFF and visible(work, person) and wanted(person)
        ]
        cursor = page.next_cursor
        if cursor is None or len(found) >= limit:
            break
    return Page(found, cursor)


def gates(work: UnitOfWork, branches: list[str]) -> dict[str, Gate]:
    """One copy of the business date of each branch that has one."""
    for first in range(0, len(branches), 100):
        work.load([(GATES, {"branch": code, "number": 0}) for code in branches[first : first + 100]])
    found = ((code, work.find(GATES, branch=code, number=0)) for code in branches)
    return {code: gate for code, gate in found if gate is not None}
