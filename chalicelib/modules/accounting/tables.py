"""Where the records of accounting are kept."""

from chalicelib.modules.accounting.domain.period import Period
from chalicelib.modules.accounting.domain.refusal import BrokenCorrelation, Refusal
from chalicelib.modules.accounting.domain.sheet_page import SheetPage
from chalicelib.modules.accounting.domain.voucher import (
    Voucher,
    VoucherCounter,
    VoucherListing,
    VoucherNumber,
    WaitingVoucher,
)
from chalicelib.platform.storage.collection import Collection

SHEETS = Collection(SheetPage, table="core", partition="ledger#{branch}", sort="{business_date}#{page:03d}")
PERIODS = Collection(
    Period, table="core", partition="accounting#periods#{branch}", sort="{month}", audited=True
)
VOUCHERS = Collection(
    Voucher, table="core", partition="accounting#voucher#{id}", sort="voucher", audited=True
)
VOUCHER_NUMBERS = Collection(
    VoucherNumber, table="core", partition="accounting#voucher-number#{number}", sort="number"
)
VOUCHERS_OF_BRANCH = Collection(
    VoucherListing, table="core", partition="accounting#vouchers#{branch}", sort="{captured_on}#{voucher_id}"
)
WAITING_VOUCHERS = Collection(
    WaitingVoucher,
    table="core",
    partition="accounting#vouchers-waiting#{state}",
    sort="{branch}#{voucher_id}",
)
REFUSALS = Collection(
    Refusal, table="core", partition="accounting#refusals", sort="{business_date}#{voucher_id}", audited=True
)
BROKEN_CORRELATIONS = Collection(
    BrokenCorrelation,
    table="core",
    partition="accounting#broken-correlations",
    sort="{business_date}#{code}#{branch}",
)
COUNTERS = Collection(VoucherCounter, table="core", partition="accounting#counters", sort="{prefix}")
