"""The roles that parties have in accounts, as the cooperative has them on a date."""

from datetime import date

from chalicelib.kernel.names import name_in
from chalicelib.modules.parties.domain.account_party import OWNER
from chalicelib.modules.parties.plans import AccountRole
from chalicelib.platform import texts
from chalicelib.platform.work import UnitOfWork


def roles(work: UnitOfWork, on: date) -> dict[str, AccountRole]:
    """Role code → role."""
    return dict(work.config.all("parties.account_role", on))


def of_holder(work: UnitOfWork, on: date) -> str:
    """The role of a main holder of whose account nothing is written."""
    return work.config.main("parties.control", on).holder_role or OWNER


def name(work: UnitOfWork, code: str, role: AccountRole | None) -> str:
    """The name of a role in the reader's language; of the one that the cooperative has not named, the bank's own."""
    language = work.context.language
    if role is not None:
        return name_in(role.names, language)
    return texts.text("parties.roles.owner", language) if code == OWNER else code
