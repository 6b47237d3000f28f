"""What deposits offer to other modules."""

from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.closing import happenings
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.errors import PeriodTooLong
from chalicelib.modules.deposits.service import (
    enquiry,
    issuing,
    money,
    overdraft,
    scheduling,
    statements,
    transfers,
)

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
