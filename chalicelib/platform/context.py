"""Who is asking, for which tenant, and in which language: what every operation is given and none may invent."""

from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase

from chalicelib.kernel.dataclass import dataclass


class ActorKind(StrEnum):
    """Who acts: a member of staff, a member of the cooperative, the bank itself, or nobody known."""

    STAFF = "staff"
    MEMBER = "member"
    SYSTEM = "system"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or process that acts. ``permissions`` may hold wildcards such as ``deposits.*``.

    ``branch_scope`` is ``own``, ``list`` or ``all``; ``branches`` the codes it refers to, the first one the own branch.
    ``level`` is the confidentiality level 0–99. ``party_id`` is set for members. ``max_cash``, ``max_transaction``
    and ``max_overdraft`` are the most that the actor moves, or lets an account be overdrawn by, alone, in the tenant's
    own currency; None: no limit.
    """

    kind: ActorKind
    id: str
    name: str = ""
    permissions: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    branch_scope: str = "own"
    level: int = 0
    masked_fields: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    party_id: str = ""
    session_id: str = ""
    max_cash: Decimal | None = None
    max_transaction: Decimal | None = None
    max_overdraft: Decimal | None = None

    def may(self, permission: str) -> bool:
        """Whether a granted permission or wildcard covers this one."""
        return any(fnmatchcase(permission, granted) for granted in self.permissions)

    @property
    def branch(self) -> str:
        """The branch the actor belongs to; empty where there is none."""
        return self.branches[0] if self.branches else ""

    def sees_branch(self, branch: str) -> bool:
        """Whether records of this branch are in the actor's scope."""
        return self.branch_scope == "all" or branch in self.branches


@dataclass(frozen=True, slots=True)
class TenantContext:
    """The tenant of the verified token. Nothing else may make one for a request."""

    code: str
    country: str
    currency: str
    default_language: str
    languages: tuple[str, ...]
    locale: str
    time_zone: str
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one operation."""

    tenant: TenantContext
    actor: Actor
    request_id: str
    channel: str
    language: str
    address: str = ""
    device: str = ""
    idempotency_key: str = ""
    if_match: int | None = None
    approver: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
