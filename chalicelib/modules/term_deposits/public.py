"""What term deposits declare to the platform and offer to other modules."""

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits import repository
from chalicelib.modules.term_deposits.closing import happenings, pieces, totals
from chalicelib.modules.term_deposits.domain.deposit import AgreedPayment, TermDeposit, moved
from chalicelib.modules.term_deposits.service import holdings, payouts, products, simulation
from chalicelib.modules.term_deposits.tables import DEPOSITS, PREFIX
from chalicelib.platform.closing.applications import Application, register_application
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.accounts import AccountKind, Applied, PostingDay, register_accounts

__all__ = [
    "APPLICATION",
    "AgreedPayment",
    "TermDeposit",
    "accrued",
    "deposit",
    "deposits_of",
    "product_name",
    "published",
    "simulate",
]

APPLICATION = happenings.NAME
published = products.published
simulate = simulation.simulate
deposits_of = repository.deposits_of
deposit = repository.deposit
accrued = holdings.accrued
product_name = holdings.product_name


def _apply(deposit: TermDeposit, leg: Leg, entry: Entry, day: PostingDay, config: Snapshot) -> Applied:
    changed = moved(deposit, leg.change(Side.CREDIT).minor)
    return Applied(changed, changed.principal_minor, entry.code)


register_accounts(AccountKind(PREFIX, DEPOSITS, Side.CREDIT, _apply))
register_application(
    Application(
        happenings.NAME,
        pieces.units,
        pieces.close,
        totals.settle,
        totals.owes,
        totals.ROLES,
        apply_due=payouts.carry_out,
    )
)
parties.register_product_summary(
    happenings.NAME, holdings.holdings_of, named=holdings.named, in_branch=holdings.in_branch
)
accounting.register_source(PREFIX, happenings.NAME, "/term_deposits/deposits/{id}")
