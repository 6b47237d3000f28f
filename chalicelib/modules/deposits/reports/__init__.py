"""The reports of deposits."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from chalicelib.kernel.entry import Side
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.consolidation import consolidated, key_of
from chalicelib.modules.deposits.domain.overdraft import ACCOUNT, EXCESS, GROUP, bucket_of
from chalicelib.modules.deposits.domain.overdrawn import debit_due, position
from chalicelib.modules.deposits.domain.profile import ENTITY
from chalicelib.modules.deposits.domain.status import steps_of
from chalicelib.modules.deposits.domain.terms import MICRO, PLAN
from chalicelib.modules.deposits.domain.unclaimed import falls_due_on
from chalicelib.modules.deposits.errors import BalancesNotKept
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan
from chalicelib.modules.deposits.reports.archive import ARCHIVE
from chalicelib.modules.parties import public as parties
from chalicelib.platform.http.payload import Payload
from chalicelib.platform.posting.days import business_date, gate_of
from chalicelib.platform.reports import Column, Report, register_report
from chalicelib.platform.today import calendar_day
from chalicelib.platform.work import UnitOfWork


class BalancesFilter(Payload):
    """Which branch (all in the reader's scope where none is named) and which plan."""

    branch: str = Field("", pattern=r"^([1-9][0-9]{0,4})?$")
    plan: str = Field("", max_length=40)


class JournalFilter(Payload):
    """Which branch (all in the reader's scope where none is named) and which business date (today's where none is)."""

    branch: str = Field("", pattern=r"^([1-9][0-9]{0,4})?$")
    on: date | None = None


class AccountsFilter(BalancesFilter):
    """Which officer's, with which marketing code, or with which value of a field of the cooperative's own."""

    officer: str = Field("", max_length=30)
    marketing_code: str = Field("", max_length=30)
    user_field: str = Field("", max_length=40)
    user_value: str = Field("", max_length=500)


class DatedBalancesFilter(BalancesFilter):
    """The balances of now, or those of the last date that closed, which accounts keep until the next one does."""

    on: date | None = None


def balances(work: UnitOfWork, filters: DatedBalancesFilter) -> Iterator[dict[str, Any]]:
    """Every open account with its balances, branch by branch in order of opening. Raises BalancesNotKept.

    What is held and available is known of this moment alone.
    """
    for branch, account in _accounts(work, filters):
        if filters.on:
            _check_kept(work, branch, filters.on)
            if account.opened_on > filters.on:
                continue
        closing = Money(account.closing_minor(filters.on), account.currency) if filters.on else None
        yield {
            "branch": branch,
            "number": account.number,
            "holder": parties.display_name(work, account.party_id),
            "plan": account.plan,
            "status": account.status,
            "opened_on": account.opened_on,
            "ledger": account.ledger if closing is None else closing,
            "held": account.held if closing is None else None,
            "available": account.available_on(business_date(work, branch)) if closing is None else None,
        }


def accounts(work: UnitOfWork, filters: AccountsFilter) -> Iterator[dict[str, Any]]:
    """Every open account by what is said about it: its officer, marketing codes and own fields (DEP-119 to DEP-121)."""
    for branch, account in _accounts(work, filters):
        today = business_date(work, branch)
        readable = administration.readable_user_fields(work, ENTITY, account.user_fields, today)
        value = readable.get(filters.user_field, "")
        about = account.profile
        if (
            (filters.officer and about.officer != filters.officer)
            or (filters.marketing_code and filters.marketing_code not in about.marketing_codes)
            or (filters.user_field and value != filters.user_value)
        ):
            continue
        yield {
            "branch": branch,
            "number": account.number,
            "holder": parties.display_name(work, account.party_id),
            "plan": account.plan,
            "status": account.status,
            "officer": about.officer,
            "marketing_codes": ", ".join(about.marketing_codes),
            "user_value": value,
            "opened_on": account.opened_on,
            "ledger": account.ledger,
        }


def totals(work: UnitOfWork, filters: DatedBalancesFilter) -> Iterator[dict[str, Any]]:
    """What the accounts of each group come to in each branch and currency (DEP-102). Raises BalancesNotKept.

    What members have less what they owe is what the ledger shows of them.
    """
    sums: dict[tuple[str, str, str], list[int]] = {}
    for branch, account in _accounts(work, filters):
        balance = account.ledger_minor
        if filters.on:
            _check_kept(work, branch, filters.on)
            if account.opened_on > filters.on:
                continue
            balance = account.closing_minor(filters.on)
        plan: DepositPlan = work.config.standing(PLAN, account.plan, business_date(work, branch))
        row = sums.setdefault((branch, plan.account_group, account.currency), [0, 0, 0])
        row[0] += 1
        row[1] += max(0, balance)
        row[2] += max(0, -balance)
    for (branch, group, currency), (count, credit, overdrawn) in sorted(sums.items()):
        yield {
            "branch": branch,
            "account_group": group,
            "accounts": count,
            "credit": Money(credit, currency),
            "overdrawn": Money(overdrawn, currency),
            "ledger": Money(credit - overdrawn, currency),
        }


def overdrafts(work: UnitOfWork, filters: BalancesFilter) -> Iterator[dict[str, Any]]:
    """Every overdrawn account as it stands: how much of which limit, since when, at what rate, in which bucket."""
    for branch, account in _accounts(work, filters):
        if account.ledger_minor >= 0:
            continue
        today = business_date(work, branch)
        steps = steps_of(work.config, account, today)
        found = position(account, today, steps)
        control: DepositControl = work.config.main("deposits.control", today)
        used = {
            source: Money(
                sum(part.used_minor for part in found.slices if part.source == source), account.currency
            )
            for source in (ACCOUNT, GROUP, EXCESS)
        }
        weighted = sum(part.used_minor * part.rate_micro for part in found.slices)
        yield {
            "branch": branch,
            "number": account.number,
            "holder": parties.display_name(work, account.party_id),
            "plan": account.plan,
            "since": found.since,
            "days": found.days,
            "bucket": bucket_of(found.days, control.overdraft_age_limits),
            "overdrawn": found.overdrawn,
            "own_limit": used[ACCOUNT],
            "group_limit": used[GROUP],
            "excess": used[EXCESS],
            "rate": round(Decimal(weighted) / found.overdrawn.minor / MICRO, 6),
            "suspended_on": account.suspended_on,
            "interest": debit_due(account, today, steps, None),
        }


def unclaimed(work: UnitOfWork, filters: BalancesFilter) -> Iterator[dict[str, Any]]:
    """Every account whose money goes to the unclaimed funds, or lies there: since when, told when, due when."""
    for branch, account in _accounts(work, filters):
        if not account.unclaimed_notice_on:
            continue
        control: DepositControl = work.config.main("deposits.control", business_date(work, branch))
        yield {
            "branch": branch,
            "number": account.number,
            "holder": parties.display_name(work, account.party_id),
            "plan": account.plan,
            "status": account.status,
            "last_movement": account.last_member_movement,
            "told_on": account.unclaimed_notice_on,
            "due_on": falls_due_on(account, control),
            "ledger": account.ledger,
            "unclaimed": Money(account.unclaimed_minor, account.currency),
        }


def consolidated_journal(work: UnitOfWork, filters: JournalFilter) -> Iterator[dict[str, Any]]:
    """The entries of a business date under the tenant's transaction codes, one line per branch, key and account."""
    for branch in administration.branch_codes(work.config, calendar_day(work)):
        if filters.branch not in ("", branch) or not work.context.actor.sees_branch(branch):
            continue
        on = filters.on or business_date(work, branch)
        records = [
            (key, record.legs)
            for record in repository.journal_of(work, branch, on)
            if (key := key_of(work.config, record.code, on)) is not None
        ]
        for line in consolidated(records):
            money = Money(line.minor, line.place.currency)
            yield {
                "branch": branch,
                "event": line.place.event,
                "account": line.place.ledger_account,
                "role": line.place.role,
                "entries": line.entries,
                "debit": money if line.place.side is Side.DEBIT else None,
                "credit": money if line.place.side is Side.CREDIT else None,
            }


def _accounts(work: UnitOfWork, filters: BalancesFilter) -> Iterator[tuple[str, DemandAccount]]:
    """(branch, account) of every open account that the reader may see and the filters take."""
    for branch in administration.branch_codes(work.config, calendar_day(work)):
        if (filters.branch and branch != filters.branch) or not work.context.actor.sees_branch(branch):
            continue
        for unit in repository.units(work, "deposits", branch):
            for account in repository.accounts_in(work, branch, unit.shard):
                if not filters.plan or account.plan == filters.plan:
                    yield branch, account


def _check_kept(work: UnitOfWork, branch: str, on: date) -> None:
    gate = gate_of(work, branch)
    if on not in (gate.previous_date, gate.business_date):
        raise BalancesNotKept("filters.on")


REPORTS = (
    ARCHIVE,
    Report(
        code="deposit_journal",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("event"),
            Column("account"),
            Column("role"),
            Column("entries", "integer"),
            Column("debit", "money"),
            Column("credit", "money"),
        ],
        rows=consolidated_journal,
        filters=JournalFilter,
        scheduled=lambda occasion: {"branch": occasion.branch, "on": occasion.business_date},
        totals=("debit", "credit"),
    ),
    Report(
        code="deposit_unclaimed",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("number"),
            Column("holder"),
            Column("plan"),
            Column("status"),
            Column("last_movement", "date"),
            Column("told_on", "date"),
            Column("due_on", "date"),
            Column("ledger", "money"),
            Column("unclaimed", "money"),
        ],
        rows=unclaimed,
        filters=BalancesFilter,
        totals=("ledger", "unclaimed"),
    ),
    Report(
        code="deposit_accounts",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("number"),
            Column("holder"),
            Column("plan"),
            Column("status"),
            Column("officer"),
            Column("marketing_codes"),
            Column("user_value"),
            Column("opened_on", "date"),
            Column("ledger", "money"),
        ],
        rows=accounts,
        filters=AccountsFilter,
        totals=("ledger",),
    ),
    Report(
        code="deposit_totals",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("account_group"),
            Column("accounts", "integer"),
            Column("credit", "money"),
            Column("overdrawn", "money"),
            Column("ledger", "money"),
        ],
        rows=totals,
        filters=DatedBalancesFilter,
        scheduled=lambda occasion: {"branch": occasion.branch, "on": occasion.business_date},
        totals=("accounts", "credit", "overdrawn", "ledger"),
    ),
    Report(
        code="deposit_overdrafts",
        permission=permissions.READ_ACCOUNT,
        columns=[
            Column("branch"),
            Column("number"),
            Column("holder"),
            Column("plan"),
            Column("since", "date"),
            Column("days", "integer"),
            Column("bucket", "integer"),
            Column("overdrawn", "money"),
            Column("own_limit", "money"),
            Column("group_limit", "money"),
            Column("excess", "money"),
            Column("rate", "percent"),
            Column("suspended_on", "date"),
            Column("interest", "money"),
        ],
        rows=overdrafts,
        filters=BalancesFilter,
        totals=("overdrawn", "own_limit", "group_limit", "excess", "interest"),
    ),
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
        filters=DatedBalancesFilter,
        scheduled=lambda occasion: {"branch": occasion.branch, "on": occasion.business_date},
        totals=("ledger", "held", "available"),
    ),
)

for report in REPORTS:
    register_report(report)
