"""Deposits in the end of day: every account is read, few are written.

Each account's closing balance and exact interest are derived and summed by branch, product and currency; an account
is written only when something happens to it: interest falls due, a hold ends, its holder has been inactive too long.
The day's accrual is posted per branch and product as the difference between what is owed and what the ledger shows.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import takewhile
from typing import Any

from chalicelib.kernel.accrual import DailySteps, to_money
from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount, interest_taken
from chalicelib.modules.deposits.domain.hold import HoldState, lifted
from chalicelib.modules.deposits.domain.status import allowed, status_of, steps_of
from chalicelib.modules.deposits.domain.terms import PLAN, effective_plan, own_terms
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan
from chalicelib.modules.deposits.tables import ACCOUNTS, HOLDS
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Tally, Unit
from chalicelib.platform.events import emit
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

NAME = "deposits"
ROLES = (postings.MEMBER_DEPOSITS, postings.INTEREST_PAYABLE)


class Incomplete(Exception):
    """A piece found fewer accounts than the register counts; the index may lag, so the piece is run again."""


def units(work: UnitOfWork, branch: str) -> list[Unit]:
    """The branch's shards with the number of accounts that each holds."""
    return [Unit(NAME, branch, shard.number, shard.indexed) for shard in repository.shards(work, branch)]


def close(run: PieceRun, given: list[Unit]) -> Tally:
    """Visit every account of some shards. Raises Incomplete where a shard holds fewer than its register says."""
    work = run.work()
    almanac = Almanac(work.config, run.day)
    tally = Tally()
    for unit in given:
        found = 0
        for account in repository.accounts_in(work, unit.branch, unit.shard):
            found += 1
            if account.opened_on > run.day.business_date:
                tally.skipped += 1
                continue
            if almanac.something_happens(account):
                account = run.commit(partial(_happen, almanac=almanac, account_id=account.id))
            _count(account, almanac, tally)
        if found < unit.records:
            raise Incomplete(f"{unit.branch}/{unit.shard}: {found} of {unit.records}")
        tally.read += found
    return tally


def settle(work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None:
    """Post the branch's accrual of the day: by product, the difference of what is owed and what the ledger shows."""
    sheet = accounting.sheet_on(work, branch, day.business_date)
    for (owner, role, product, currency), owed in owes(tally).items():
        if owner != branch or role != postings.INTEREST_PAYABLE:
            continue
        shown = -sheet.balance_of_role(role, currency, product)
        if owed == shown:
            continue
        legs = postings.interest_accrued(branch, product, Money(owed - shown, currency))
        entry = posting.draft(
            work,
            "interest_accrual",
            branch,
            legs,
            derived_from=(
                work.tenant,
                "interest_accrual",
                day.business_date.isoformat(),
                branch,
                product,
                currency,
            ),
            closing_date=day.business_date,
        )
        posting.post(work, entry, closing=True)


def owes(tally: Tally) -> dict[tuple[str, str, str, str], int]:
    """What the ledger must show after the close, in minor units owed: (branch, role, product, currency) → minor."""
    owed: dict[tuple[str, str, str, str], int] = {}
    for key, sums in tally.sums.items():
        branch, product, currency = key.split("|")
        owed[branch, postings.MEMBER_DEPOSITS, product, currency] = sums["ledger"]
        owed[branch, postings.INTEREST_PAYABLE, product, currency] = to_money(sums["accrued"], currency).minor
    return owed


class Almanac:
    """What a close must know of plans and cycles, looked up once per plan and not once per account."""

    def __init__(self, config: Snapshot, day: ClosingDay) -> None:
        self.config, self.day = config, day
        self._steps: dict[tuple[str, str], DailySteps] = {}
        self._plans: dict[tuple[str, str, str], tuple[DepositPlan, date | None]] = {}
        control: DepositControl = config.main("deposits.control", day.business_date)
        self.control = control
        self.inactive_before = day.business_date - timedelta(days=control.inactivity_days)

    def plan(self, account: DemandAccount) -> tuple[DepositPlan, date | None]:
        """(the account's terms, the end of its interest cycle if that falls into the days of this close)."""
        key = (account.plan, own_terms(account.overrides), account.branch)
        if key not in self._plans:
            base: DepositPlan = self.config.standing(PLAN, account.plan, self.day.business_date)
            terms = effective_plan(base, account.overrides)
            self._plans[key] = terms, self._cycle_end(terms, account.branch)
        return self._plans[key]

    def steps(self, account: DemandAccount) -> DailySteps:
        """What the account's balance earns, by its terms and status."""
        if account.overrides_since:
            return steps_of(self.config, account, self.day.business_date)
        key = (account.plan, account.status)
        if key not in self._steps:
            self._steps[key] = steps_of(self.config, account, self.day.business_date)
        return self._steps[key]

    def something_happens(self, account: DemandAccount) -> bool:
        """Whether this close writes the account."""
        if account.held_minor or account.debits_stopped or account.credits_stopped:
            return True
        return self.pays_interest(account) is not None or self.falls_asleep(account)

    def pays_interest(self, account: DemandAccount) -> date | None:
        """The end of the interest cycle that this close pays, or None."""
        _, cycle_end = self.plan(account)
        if cycle_end is None or (account.interest_paid_through or date.min) >= cycle_end:
            return None
        return (
            cycle_end if allowed(self.config, account.status, self.day.business_date).pay_interest else None
        )

    def falls_asleep(self, account: DemandAccount) -> bool:
        """Whether the holder has moved nothing for as long as the tenant's control record says."""
        moved = account.last_member_movement
        return account.state is AccountState.ACTIVE and moved is not None and moved < self.inactive_before

    def _cycle_end(self, terms: DepositPlan, branch: str) -> date | None:
        if not terms.interest_cycle or not terms.pays_interest:
            return None
        cycle = administration.cycle_of(self.config, terms.interest_cycle, self.day.business_date)
        calendar = administration.calendar_of(self.config, branch, self.day.business_date)
        ends = takewhile(
            lambda end: end <= self.day.covered_until, cycle.nominal_from(self.day.business_date, calendar)
        )
        return max(ends, default=None)


def _count(account: DemandAccount, almanac: Almanac, tally: Tally) -> None:
    day = almanac.day
    steps = almanac.steps(account)
    tally.add(
        f"{account.branch}|{account.product}|{account.currency}",
        accounts=1,
        ledger=account.closing_minor(day.business_date),
        accrued=account.accrued_on(day.covered_until, steps),
    )
    tally.processed += 1


def _happen(work: UnitOfWork, *, almanac: Almanac, account_id: str) -> DemandAccount:
    """Everything that this day brings to one account, in one transaction; done twice, it changes nothing."""
    account = work.get(ACCOUNTS, id=account_id)
    _end_holds(work, almanac.day, account)
    account = _pay_interest(work, almanac, work.get(ACCOUNTS, id=account_id))
    if almanac.falls_asleep(account):
        account = _fall_asleep(work, almanac, account)
    return account


def _fall_asleep(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    day = almanac.day
    status = status_of(work.config, AccountState.INACTIVE, day.business_date, account.status)
    asleep = replace(
        account,
        accrued_units=account.accrued_on(day.covered_until, almanac.steps(account)),
        accrued_through=max(account.accrued_through, day.covered_until),
        state=AccountState.INACTIVE,
        status=status,
    )
    emit(work, events.ACCOUNT_STATUS_CHANGED, {"account_id": account.id, "status": status})
    return work.put(ACCOUNTS, asleep)


def _end_holds(work: UnitOfWork, day: ClosingDay, account: DemandAccount) -> None:
    if not (account.held_minor or account.debits_stopped or account.credits_stopped):
        return
    for hold in repository.holds(work, account.id):
        if hold.state is HoldState.ACTIVE and hold.expires_on and hold.expires_on <= day.covered_until:
            account, ended = lifted(account, hold, HoldState.EXPIRED, "closing", "")
            work.put(ACCOUNTS, account)
            work.put(HOLDS, ended)


def _pay_interest(work: UnitOfWork, almanac: Almanac, account: DemandAccount) -> DemandAccount:
    cycle_end = almanac.pays_interest(account)
    if cycle_end is None:
        return account
    terms, _ = almanac.plan(account)
    steps = almanac.steps(account)
    account, due = interest_taken(account, cycle_end, steps, Rounding(terms.interest_rounding))
    work.put(ACCOUNTS, account)
    if due.minor > 0:
        _post_interest(work, almanac, account, terms, due, cycle_end)
    return work.get(ACCOUNTS, id=account.id)


def _post_interest(
    work: UnitOfWork,
    almanac: Almanac,
    account: DemandAccount,
    terms: DepositPlan,
    due: Money,
    cycle_end: date,
) -> None:
    codes = almanac.control.system_codes
    if terms.interest_payment_method == "cheque":
        legs: Any = postings.interest_by_cheque(account, due)
        emit(
            work,
            events.INTEREST_CHEQUE_REQUESTED,
            {"account_id": account.id, "payee": account.interest_account or account.party_id, **due.to_api()},
        )
    else:
        legs = postings.interest_paid(account, account, due)
    _post(work, almanac.day, account, codes.interest_payment or "interest_payment", legs, cycle_end)
    rate = terms.withholding_pct if terms.withholding_pct is not None else almanac.control.withholding_default
    tax = due.percent(rate)
    if terms.withholding_applies and tax.minor > 0 and terms.interest_payment_method != "cheque":
        _post(
            work,
            almanac.day,
            account,
            codes.withholding or "withholding",
            postings.tax_withheld(account, tax),
            cycle_end,
        )


def _post(
    work: UnitOfWork, day: ClosingDay, account: DemandAccount, code: str, legs: Any, cycle_end: date
) -> None:
    entry = posting.draft(
        work,
        code,
        account.branch,
        legs,
        value_date=cycle_end + timedelta(days=1),
        source_ref=account.id,
        derived_from=(work.tenant, code, account.id, cycle_end.isoformat()),
        closing_date=day.business_date,
    )
    posting.post(work, entry, closing=True)
