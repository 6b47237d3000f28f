"""What a person has in demand accounts, as the modules that look at the whole person are told of it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.kernel.accrual import annual_percent, to_decimal
from chalicelib.kernel.names import name_in
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.closing.happenings import NAME
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.status import allowed, steps_of
from chalicelib.modules.deposits.domain.terms import PLAN, daily_on, terms_of
from chalicelib.modules.deposits.service import enquiry
from chalicelib.modules.parties import public as parties
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def holdings_of(work: UnitOfWork, party_id: str) -> list[parties.ProductSummary]:
    """Every demand account of a party, closed ones too, in the order they were opened."""
    return [_holding(work, account) for account in repository.accounts_of(work, party_id)]


def named(work: UnitOfWork, account_ids: Sequence[str]) -> list[parties.ProductSummary]:
    """Those of these ids that are demand accounts which the caller may see."""
    return [_holding(work, account) for account in repository.accounts_named(work, account_ids)]


def in_branch(work: UnitOfWork, branch: str) -> Iterator[parties.ProductSummary]:
    """Every open demand account of a branch, in order of opening."""
    for unit in repository.units(work, NAME, branch):
        for account in repository.accounts_in(work, branch, unit.shard):
            yield _holding(work, account)


def _holding(work: UnitOfWork, account: DemandAccount) -> parties.ProductSummary:
    today = business_date(work, account.branch)
    plan = work.config.standing(PLAN, account.plan, today)
    overdrawn = account.ledger_minor < 0
    return parties.ProductSummary(
        application=NAME,
        account_id=account.id,
        number=account.number,
        product=account.plan,
        state=account.state.value,
        opened_on=account.opened_on,
        balance=abs(account.ledger),
        nature="owed" if overdrawn else "held",
        available=account.available_on(today),
        branch=account.branch,
        party_id=account.party_id,
        kind=plan.product_class,
        name=name_in(plan.names, work.context.language),
        blocked=account.held,
        accrued=_interest_owed(work, account, today) if overdrawn else enquiry.accrued(work, account),
        rate=None if overdrawn else _rate(work, account, today),
        active=account.state is not AccountState.CLOSED,
    )


def _interest_owed(work: UnitOfWork, account: DemandAccount, today: date) -> Decimal:
    """What being overdrawn has cost until today began and was not collected, to six decimals."""
    steps = steps_of(work.config, account, today)
    return to_decimal(account.debit_on(today - timedelta(days=1), steps), account.currency)


def _rate(work: UnitOfWork, account: DemandAccount, today: date) -> Decimal | None:
    """What the balance earns today, as an annual percentage; None where there is none to earn."""
    if account.ledger_minor <= 0 or not allowed(work.config, account.status, today).accrue:
        return None
    terms = terms_of(work.config, account.plan, account.overrides, today)
    units = daily_on(work.config, terms, today)(account.ledger_minor)
    return annual_percent(units, account.ledger_minor, terms.day_count_base)
