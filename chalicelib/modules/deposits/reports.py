"""The reports of deposits."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.parties import public as parties
from chalicelib.platform import clock
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.reports import Column, Report
from chalicelib.platform.work import UnitOfWork


class BalancesFilter(Payload):
    """Which branch (all in the reader's scope where none is named) and which plan."""

    branch: str = Field("", pattern=r"^([1-9][0-9]{0,4})?$")
    plan: str = Field("", max_length=40)


def balances(work: UnitOfWork, filters: BalancesFilter) -> Iterator[dict[str, Any]]:
    """Every open account with its balances, branch by branch in order of opening."""
    actor = work.context.actor
    for branch in administration.branch_codes(work.config, clock.now().date()):
        if (filters.branch and branch != filters.branch) or not actor.sees_branch(branch):
            continue
        for shard in repository.shards(work, branch):
            for account in repository.accounts_in(work, branch, shard.number):
                if filters.plan and account.plan != filters.plan:
                    continue
                yield {
                    "branch": account.branch,
                    "number": account.number,
                    "holder": parties.display_name(work, account.party_id),
                    "plan": account.plan,
                    "status": account.status,
                    "opened_on": account.opened_on,
                    "ledger": account.ledger,
                    "held": account.held,
                    "available": account.available,
                }


REPORTS = (
    Report(
        code="deposit_balances",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("number"),
            Column("holder"),
            Column("plan"),
            Column("status"),
            Column("opened_on", "date"),
            Column("ledger", "money"),
            Column("held", "money"),
            Column("available", "money"),
        ],
        rows=balances,
        filters=BalancesFilter,
        totals=("ledger", "held", "available"),
    ),
)
