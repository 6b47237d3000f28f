"""What happens to an account without moving money, recorded in its history under a code of the tenant's (DEP-69)."""

from dataclasses import replace

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount, settled
from chalicelib.modules.deposits.domain.status import allowed, steps_of
from chalicelib.modules.deposits.errors import AccountClosed, StatusForbids
from chalicelib.modules.deposits.repository import histories
from chalicelib.modules.deposits.service import codes
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform import clock
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.records import Movement, entry_id
from chalicelib.platform.work import UnitOfWork

MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True)
class NoteAsked:
    """Something to record of an account, under a non-monetary code."""

    account_id: str
    narrative: str
    code: str = ""


def note(work: UnitOfWork, asked: NoteAsked) -> Movement:
    """Record that something was done for an account: a line of its history with no amount.

    Raises UnknownDepositAccount, AccountClosed, StatusForbids, TransactionCodeMissing, CodeNotUsable.
    """
    account = repository.account(work, asked.account_id)
    if account.state is AccountState.CLOSED:
        raise AccountClosed("account_id")
    today = business_date(work, account.branch)
    codes.check_named(work, asked.code, account, "")
    name, code = codes.usable_code(work, asked.code, account, MAINTENANCE, {MAINTENANCE})
    if code.check_status and not allowed(work.config, account.status, today).maintenance:
        raise StatusForbids("account_id", status=account.status)
    account = settled(account, today, steps_of(work.config, account, today))
    account = work.put(ACCOUNTS, replace(account, sequence=account.sequence + 1))
    return histories.record(work, _line(work, account, name, asked.narrative, hidden=not code.store_history))


def _line(work: UnitOfWork, account: DemandAccount, code: str, narrative: str, *, hidden: bool) -> Movement:
    branch = work.context.actor.branch or account.branch
    return Movement(
        account_id=account.id,
        business_date=account.ledger_date,
        sequence=account.sequence,
        entry_id=entry_id(account.ledger_date, branch, new_id("ent").removeprefix("ent_")),
        code=code,
        minor=0,
        currency=account.currency,
        balance_minor=account.ledger_minor,
        value_date=account.ledger_date,
        posted_at=clock.now(),
        branch=branch,
        channel=work.context.channel,
        narrative=narrative,
        component=MAINTENANCE,
        hidden=hidden,
    )
