"""What term deposits declare to the platform: how a deposit takes a leg, and how its products are told of."""

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.parties import public as parties
from chalicelib.modules.term_deposits.closing import happenings
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, moved
from chalicelib.modules.term_deposits.service import holdings
from chalicelib.modules.term_deposits.tables import DEPOSITS, PREFIX
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.accounts import AccountKind, Applied, PostingDay, register_accounts


def _apply(deposit: TermDeposit, leg: Leg, entry: Entry, day: PostingDay, config: Snapshot) -> Applied:
    changed = moved(deposit, leg.change(Side.CREDIT).minor)
    return Applied(changed, changed.principal_minor, entry.code)


register_accounts(AccountKind(PREFIX, DEPOSITS, Side.CREDIT, _apply))
parties.register_product_summary(
    happenings.NAME, holdings.holdings_of, named=holdings.named, in_branch=holdings.in_branch
)
accounting.register_source(PREFIX, happenings.NAME, "/term_deposits/deposits/{id}")
