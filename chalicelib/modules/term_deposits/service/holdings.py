"""What a person has in term deposits, as the modules that look at the whole person are told of it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from chalicelib.kernel.accrual import to_decimal
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits import repository
from chalicelib.modules.term_deposits.closing.happenings import NAME
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, owed_units
from chalicelib.modules.term_deposits.service.products import PLAN
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

KIND = "term_deposit"


def holdings_of(work: UnitOfWork, party_id: str) -> list[parties.ProductSummary]:
    """Every term deposit of a party, those that have ended too, in the order they were opened."""
    return [_holding(work, deposit) for deposit in repository.deposits_of(work, party_id)]


def named(work: UnitOfWork, deposit_ids: Sequence[str]) -> list[parties.ProductSummary]:
    """Those of these ids that are term deposits which the caller may see."""
    return [_holding(work, deposit) for deposit in repository.deposits_named(work, deposit_ids)]


def in_branch(work: UnitOfWork, branch: str) -> Iterator[parties.ProductSummary]:
    """Every open term deposit of a branch, in order of opening."""
    for unit in repository.units(work, NAME, branch):
        for deposit in repository.deposits_in(work, branch, unit.shard):
            yield _holding(work, deposit)


def accrued(work: UnitOfWork, deposit: TermDeposit) -> Decimal:
    """Interest earned until the business date began and not paid, to six decimals."""
    return to_decimal(owed_units(deposit, business_date(work, deposit.branch)), deposit.currency)


def product_name(work: UnitOfWork, deposit: TermDeposit) -> str:
    """What the deposit's product is called in the caller's language."""
    plan = work.config.standing(PLAN, deposit.plan, business_date(work, deposit.branch))
    return name_in(plan.names, work.context.language)


def _holding(work: UnitOfWork, deposit: TermDeposit) -> parties.ProductSummary:
    nothing = Money.zero(deposit.currency)
    return parties.ProductSummary(
        application=NAME,
        account_id=deposit.id,
        number=deposit.number,
        product=deposit.plan,
        state=deposit.state.value,
        opened_on=deposit.opened_on,
        balance=deposit.principal,
        available=nothing,
        branch=deposit.branch,
        party_id=deposit.party_id,
        kind=KIND,
        name=product_name(work, deposit),
        blocked=nothing,
        accrued=accrued(work, deposit),
        rate=deposit.rate,
        matures_on=deposit.paid_on,
        active=deposit.active,
    )
