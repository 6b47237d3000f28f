"""Changing an account's status by hand, and what is kept of every change."""

from chalicelib.modules.deposits import events, repository
from chalicelib.modules.deposits.domain.account import DemandAccount, settled
from chalicelib.modules.deposits.domain.status import STATUS, steps_of
from chalicelib.modules.deposits.domain.status_change import StatusChange, check_change, with_status
from chalicelib.modules.deposits.plans import StatusCode
from chalicelib.modules.deposits.tables import ACCOUNTS, STATUS_CHANGES
from chalicelib.platform import clock
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def change(work: UnitOfWork, account_id: str, code: str, reason: str) -> StatusChange:
    """Put an account under another of the tenant's statuses, from today on (DEP-105).

    What it earned and owed before today goes by the status it had.
    Raises UnknownDepositAccount, UnknownParameter, StatusChangeNotAllowed, ReasonMissing.
    """
    account = repository.account(work, account_id)
    work.expect(account)
    today = business_date(work, account.branch)
    after: StatusCode = work.config.get(STATUS, code, today, field="status")
    before: StatusCode | None = work.config.find(STATUS, account.status, today)
    check_change(account, before, code, after, reason)
    account = settled(account, today, steps_of(work.config, account, today))
    work.put(ACCOUNTS, with_status(account, code, after, today))
    return record(work, account, code, reason)


def record(work: UnitOfWork, account: DemandAccount, after: str, reason: str) -> StatusChange:
    """Keep a change of status and tell of it; ``account`` still has the status it had before."""
    made = StatusChange(
        id=new_id("stc"),
        account_id=account.id,
        before=account.status,
        after=after,
        changed_on=business_date(work, account.branch),
        changed_by=work.context.actor.id,
        changed_at=clock.now(),
        reason=reason,
    )
    told = {"account_id": account.id, "before": account.status, "status": after, "reason": reason}
    emit(work, events.ACCOUNT_STATUS_CHANGED, told)
    return work.put(STATUS_CHANGES, made)
