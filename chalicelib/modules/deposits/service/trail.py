"""The trail of what people change of an account: field, before, after, who, when and by which channel (DEP-113)."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.profile import MaintainedField, changed_fields
from chalicelib.modules.deposits.plans import DepositControl
from chalicelib.modules.deposits.tables import MAINTAINED
from chalicelib.platform import clock
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

PREFIX = "mnt"


def note(work: UnitOfWork, before: DemandAccount, after: DemandAccount) -> DemandAccount:
    """Put on record what differs between two pictures of an account; answers the second."""
    context, today = work.context, business_date(work, after.branch)
    control: DepositControl = work.config.main("deposits.control", today)
    at = clock.now()
    for change in changed_fields(_maintained(before), _maintained(after)):
        work.put(
            MAINTAINED,
            MaintainedField(
                account_id=after.id,
                id=new_id(PREFIX),
                field=change.field,
                before=change.before,
                after=change.after,
                by=context.actor.id,
                by_name=context.actor.name,
                approver=context.approver,
                channel=context.channel,
                business_date=today,
                at=at,
                expires_at=int((at + timedelta(days=control.audit_retention_days)).timestamp()),
            ),
        )
    return after


def kept(work: UnitOfWork, account_id: str, limit: int, cursor: str | None) -> tuple[list[Any], str | None]:
    """(what was changed of an account within the days it is kept, the latest first; where the next page starts).

    What is older is in the audit trail alone. Raises UnknownDepositAccount.
    """
    account = repository.account(work, account_id)
    page = work.query(
        MAINTAINED, account_id=account.id, prefix="maintained#", forward=False, limit=limit, cursor=cursor
    )
    now = clock.epoch_seconds()
    return [row for row in page.items if row.expires_at > now], page.next_cursor


def _maintained(account: DemandAccount) -> dict[str, Any]:
    """The fields of an account that people change."""
    return {
        "plan": account.plan,
        "status": account.status,
        "overrides": account.overrides,
        "user_fields": account.user_fields,
        **asdict(account.profile),
    }
