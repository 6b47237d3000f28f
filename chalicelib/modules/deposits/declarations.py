"""What deposits declare to the platform: how an account takes a leg, and how its products are told of."""

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits.closing import happenings
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.movement import INTEREST_DUE, after_leg, is_taken_today
from chalicelib.modules.deposits.domain.status import code_of_leg
from chalicelib.modules.deposits.service import history, holdings, overdraft, products
from chalicelib.modules.deposits.tables import ACCOUNTS, PREFIX
from chalicelib.modules.parties import public as parties
from chalicelib.platform.parameters import kinds
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.accounts import AccountKind, Applied, PostingDay, register_accounts


def _apply(account: DemandAccount, leg: Leg, entry: Entry, day: PostingDay, config: Snapshot) -> Applied:
    changed = after_leg(account, leg, entry, day, config)
    change = leg.change(Side.CREDIT).minor
    name, code = code_of_leg(config, entry.code, change, day.business_date, leg.component)
    balance = changed.closing_minor(day.business_date) if day.closing else changed.ledger_minor
    memo = leg.component == INTEREST_DUE
    counts_from = day.business_date if is_taken_today(leg, entry, day) else None
    return Applied(
        changed, balance, name, keeps_history=code.store_history, memo=memo, value_date=counts_from
    )


register_accounts(AccountKind(PREFIX, ACCOUNTS, Side.CREDIT, _apply, overdraft.brought_legs, history.past))
parties.register_product_summary(
    happenings.NAME, holdings.holdings_of, named=holdings.named, in_branch=holdings.in_branch
)
accounting.register_source(PREFIX, "deposits", "/deposits/accounts/{id}/transactions")
kinds.require("deposits.plan", products.check_plan)
