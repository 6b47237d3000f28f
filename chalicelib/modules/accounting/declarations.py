"""What accounting declares to the platform: how roles become accounts, where entries come from, rules of its sets."""

from chalicelib.modules.accounting.repository.chart import CENTRALISATION, TRANSFER
from chalicelib.modules.accounting.service import centralising, transfers, vouchers
from chalicelib.modules.accounting.service.entries import register_source
from chalicelib.modules.accounting.service.ledger_rule import ledger_rule, off_balance
from chalicelib.platform.parameters import kinds
from chalicelib.platform.posting.accounts import register_ledger_rule

register_ledger_rule(ledger_rule, off_balance)
register_source(vouchers.PREFIX, "accounting", "/accounting/vouchers/{id}")
register_source("pex", "accounting", "/accounting/exceptions/{id}")
kinds.require(TRANSFER, transfers.check_transfer)
kinds.require(CENTRALISATION, centralising.check_centralisation)
