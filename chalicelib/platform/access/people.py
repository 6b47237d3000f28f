"""Who can sign in: staff with roles and branches, members with the person they are, and their sessions."""

from datetime import datetime
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.storage.collection import Collection


class Realm(StrEnum):
    """Where somebody signs in: the console or the member portal."""

    STAFF = "staff"
    MEMBER = "member"


class PersonState(StrEnum):
    """Whether a person may sign in."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Login:
    """A user name of one realm with its password hash and whose it is. ``history`` keeps the last hashes."""

    realm: Realm
    username: str
    subject: str
    password_hash: str
    must_change: bool
    changed_at: datetime
    history: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. Staff have roles, branches (the own one first) and a scope; members a ``party_id``.

    Sessions that started before ``sessions_from`` have ended, all of them by this one value.
    """

    id: str
    realm: Realm
    username: str
    name: str
    language: str
    state: PersonState
    email: str = ""
    phone: str = ""
    roles: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    branch_scope: str = "own"
    level: int = 0
    party_id: str = ""
    created_at: datetime | None = None
    last_sign_in: datetime | None = None
    sessions_from: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in on one device. Refresh tokens rotate: using an old one again ends the session."""

    id: str
    realm: Realm
    subject: str
    username: str
    refresh_hash: str
    device: str
    address: str
    started_at: datetime
    expires_at: int
    previous_refresh_hash: str = ""
    ended: bool = False
    must_change: bool = False
    version: int = 0

    def lets_in(self, person: Person, now: int) -> bool:
        """Whether this person still comes in with this session; ``now`` in seconds since 1970."""
        whole = not self.ended and self.subject == person.id and self.expires_at >= now
        in_time = person.sessions_from is None or self.started_at >= person.sessions_from
        return whole and in_time and person.state is PersonState.ACTIVE


LOGINS = Collection(Login, table="config", partition="login#{realm}", sort="{username}", audited=True)
PEOPLE = Collection(Person, table="config", partition="people", sort="{id}", audited=True)
SESSIONS = Collection(Session, table="config", partition="session#{id}", sort="session")


@dataclass(frozen=True, slots=True)
class SessionOf:
    """A person's session, so that the oldest can be ended where there are too many; in the order they started."""

    subject: str
    session: str
    expires_at: int
    version: int = 0


SESSIONS_OF = Collection(SessionOf, table="config", partition="sessions-of#{subject}", sort="{session}")


def normal_username(written: str) -> str:
    """User names do not tell upper from lower case."""
    return written.strip().casefold()
