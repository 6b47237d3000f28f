"""What deposits declare to the platform and offer to other modules."""

from chalicelib.kernel.entry import Entry, Leg, Side
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits import reports, repository
from chalicelib.modules.deposits.closing import happenings, pieces, totals
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.movement import INTEREST_DUE, after_leg, is_taken_today
from chalicelib.modules.deposits.domain.status import code_of_leg
from chalicelib.modules.deposits.errors import PeriodTooLong
from chalicelib.modules.deposits.service import (
    dues,
    enquiry,
    history,
    holdings,
    issuing,
    money,
    overdraft,
    products,
    scheduling,
    statements,
    transfers,
)
from chalicelib.modules.deposits.tables import ACCOUNTS, PREFIX
from chalicelib.modules.parties import public as parties
from chalicelib.platform.closing.applications import Application, register_application
from chalicelib.platform.parameters import kinds
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.posting.accounts import AccountKind, Applied, PostingDay, register_accounts
from chalicelib.platform.reports import register_report

__all__ = [
    "APPLICATION",
    "DemandAccount",
    "Instruction",
    "PeriodTooLong",
    "Receipt",
    "Wanted",
    "account",
    "accounts_of",
    "accrued",
    "charge_name",
    "code_names",
    "given_to",
    "issued_statements",
    "may_pay",
    "may_receive",
    "movements",
    "schedule_transfer",
    "seen",
    "statement",
    "statement_document",
    "statement_ending",
    "taken_from",
    "transfer",
    "write_off_overdraft",
]

APPLICATION = happenings.NAME
accounts_of = repository.accounts_of
account = repository.account
seen = repository.seen
movements = enquiry.movements
Wanted = enquiry.Wanted
statement = enquiry.statement
accrued = enquiry.accrued
code_names = enquiry.code_names
statement_document = statements.statement_document
issued_statements = issuing.issued
statement_ending = issuing.statement_ending
Instruction = money.Instruction
Receipt = money.Receipt
transfer = money.transfer
may_pay = transfers.may_pay
may_receive = transfers.may_receive
charge_name = transfers.charge_name
taken_from = money.taken_from
given_to = money.given_to
write_off_overdraft = overdraft.write_off
schedule_transfer = scheduling.schedule


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
register_application(
    Application(
        happenings.NAME,
        pieces.units,
        pieces.close,
        totals.settle,
        totals.owes,
        totals.ROLES,
        apply_due=dues.apply_due,
        refuse_due=dues.refuse_due,
        issue=issuing.issue,
    )
)


kinds.require("deposits.plan", products.check_plan)
parties.register_product_summary(
    happenings.NAME, holdings.holdings_of, named=holdings.named, in_branch=holdings.in_branch
)
accounting.register_source("dep", "deposits", "/deposits/accounts/{id}/transactions")
for report in reports.REPORTS:
    register_report(report)
