"""Duplicate statements (duplicados): others who get the statements of an account, such as its accountant (DEP-108)."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, NotFound
from chalicelib.kernel.identifiers import derived_id
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.statement import IssuedStatement, StatementCopy
from chalicelib.modules.deposits.errors import AccountClosed
from chalicelib.modules.deposits.tables import COPIES
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.notifications import Recipient, notify
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

MOST_COPIES = 5
SENT = "statement_copy"


class TooManyCopies(Conflict):
    """So many others get the statements of this account already."""

    code = "too_many_statement_copies"


class CopyTwice(Conflict):
    """The statements of this account go to this address already."""

    code = "statement_copy_twice"


class UnknownCopy(NotFound):
    """Nobody gets the statements of this account under this id."""

    code = "unknown_statement_copy"


@dataclass(frozen=True, slots=True)
class CopyAsked:
    """Who is to get the statements: a name, an e-mail address, the language of the letter (the holder's if blank)."""

    account_id: str
    name: str
    email: str
    language: str = ""


def of_account(work: UnitOfWork, account_id: str) -> list[StatementCopy]:
    """Who else gets the statements of an account. Raises UnknownDepositAccount."""
    account = repository.account(work, account_id)
    return list(work.all(COPIES, account_id=account.id, prefix="statement_copy#"))


def add(work: UnitOfWork, asked: CopyAsked) -> StatementCopy:
    """Let somebody else get every statement from now on. Raises AccountClosed, TooManyCopies, CopyTwice."""
    account = repository.account(work, asked.account_id)
    if account.state is AccountState.CLOSED:
        raise AccountClosed("account_id")
    others = of_account(work, account.id)
    if len(others) >= MOST_COPIES:
        raise TooManyCopies("account_id", most=MOST_COPIES)
    if any(row.email.lower() == asked.email.lower() for row in others):
        raise CopyTwice("email", email=asked.email)
    since = business_date(work, account.branch)
    made = StatementCopy(account.id, new_id("cpy"), asked.name, asked.email, asked.language, since)
    return work.put(COPIES, made)


def remove(work: UnitOfWork, account_id: str, copy_id: str) -> None:
    """Let somebody get no more statements. Raises UnknownCopy."""
    account = repository.account(work, account_id)
    found = work.find(COPIES, account_id=account.id, id=copy_id)
    if found is None:
        raise UnknownCopy("copy_id")
    work.delete(COPIES, found)


def send(work: UnitOfWork, account: DemandAccount, made: IssuedStatement, values: Mapping[str, Any]) -> None:
    """Send the file of a statement that was issued to everybody who gets a copy."""
    for row in work.all(COPIES, account_id=account.id, prefix="statement_copy#"):
        identifier = derived_id("ntf", work.tenant, SENT, row.id, made.last.isoformat())
        to = Recipient(row.id, row.language or made.language, row.email)
        told = {**values, "recipient": row.name}
        notify(work, SENT, to, told, identifier=identifier, attachment=made.key)
