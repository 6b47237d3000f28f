"""What a day brings to one account: holds that end, charges, interest, holders who have been away too long."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.kernel.rounding import Rounding
from chalicelib.modules.deposits import events, postings, repository
from chalicelib.modules.deposits.closing import overdraft, unclaimed
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.closing.charges import make_charges
from chalicelib.modules.deposits.closing.cheques import end_stops
from chalicelib.modules.deposits.domain.account import (
    AccountState,
    DemandAccount,
    debit_settled,
    interest_taken,
)
from chalicelib.modules.deposits.domain.hold import HoldState, lifted
from chalicelib.modules.deposits.domain.status import status_of
from chalicelib.modules.deposits.plans import DepositPlan
from chalicelib.modules.deposits.tables import ACCOUNTS, HOLDS
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.events import emit
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

NAME, INTEREST = "deposits", "interest"


def happen(work: UnitOfWork, *, almanac: Almanac, account_id: str) -> DemandAccount:
    """Everything that this day brings to one account, in one transaction; done twice, it changes nothing."""
    account = work.get(ACCOUNTS, id=account_id)
    _end_holds(work, almanac.day, account)
    account = end_stops(work, almanac.day, work.get(ACCOUNTS, id=account_id))
    account = make_charges(work, almanac.fees, account, almanac.plan(account)[0])
    account = _pay_interest(work, almanac, account)
    account = overdraft.happen(work, almanac, account)
    stage = almanac.falls_asleep(account)
    account = _fall_asleep(work, almanac, account, stage) if stage else account
    return unclaimed.happen(work, almanac, account)


def _fall_asleep(
    work: UnitOfWork, almanac: Almanac, account: DemandAccount, stage: AccountState
) -> DemandAccount:
    day = almanac.day
    status = status_of(work.config, stage, day.business_date, account.status)
    account = debit_settled(account, day.covered_until, almanac.steps(account))
    asleep = replace(
        account,
        accrued_units=account.accrued_on(day.covered_until, almanac.steps(account)),
        accrued_through=max(account.accrued_through, day.covered_until),
        state=stage,
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
        tax = _tax(almanac, terms, due)
        if terms.interest_payment_method == "self":
            _post_interest(work, almanac, account, due, tax, cycle_end)
        else:
            _owe_interest(work, almanac.day, account, due, tax, cycle_end)
    return work.get(ACCOUNTS, id=account.id)


def _tax(almanac: Almanac, terms: DepositPlan, due: Money) -> Money:
    if not terms.withholding_applies:
        return Money.zero(due.currency)
    rate = terms.withholding_pct if terms.withholding_pct is not None else almanac.control.withholding_default
    return due.percent(rate)


def _post_interest(
    work: UnitOfWork, almanac: Almanac, account: DemandAccount, due: Money, tax: Money, cycle_end: date
) -> None:
    """Into the account itself."""
    codes, day = almanac.control.system_codes, almanac.day
    paid = codes.interest_payment or "interest_payment"
    _post(work, day, account, paid, postings.interest_paid(account, due), cycle_end)
    if tax.minor > 0:
        withheld = codes.withholding or "withholding"
        _post(work, day, account, withheld, postings.tax_withheld(account, tax), cycle_end)


def _owe_interest(
    work: UnitOfWork, day: ClosingDay, account: DemandAccount, due: Money, tax: Money, cycle_end: date
) -> None:
    """To another account or by cheque: the start of the day that opens pays it; until then the account owes it."""
    work.put(ACCOUNTS, replace(account, interest_due_minor=account.interest_due_minor + due.minor))
    dues.prepare(
        work,
        NAME,
        INTEREST,
        account.branch,
        day.open_date,
        key=(account.id, cycle_end.isoformat()),
        payload={
            "account_id": account.id,
            "minor": due.minor,
            "tax_minor": tax.minor,
            "cycle_end": cycle_end.isoformat(),
        },
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
