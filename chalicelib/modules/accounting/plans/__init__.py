"""Parameter kinds of accounting."""

from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.plan import Plan
from chalicelib.modules.accounting.plans.chart import Account, AccountClass, RoleMap, RoleOverride
from chalicelib.modules.accounting.plans.control import AccountingControl, VoucherConcept
from chalicelib.modules.accounting.plans.entries import EntryTemplate, EntryText, RecurringEntry, TemplateLine
from chalicelib.modules.accounting.plans.measures import AccountCorrelation, Indicator, SignedAccount
from chalicelib.modules.accounting.plans.roles import MAX_OVERDRAFT_BUCKETS, ROLES, RoleMeaning
from chalicelib.modules.accounting.plans.transfers import (
    BalanceTransfer,
    Centralisation,
    ManagementNote,
    Repeated,
    TransferRow,
)

__all__ = [
    "KINDS",
    "MAX_OVERDRAFT_BUCKETS",
    "ROLES",
    "SCOPES",
    "SINGLETONS",
    "Account",
    "AccountClass",
    "AccountCorrelation",
    "AccountingControl",
    "BalanceTransfer",
    "Centralisation",
    "EntryTemplate",
    "EntryText",
    "Indicator",
    "ManagementNote",
    "RecurringEntry",
    "Repeated",
    "RoleMap",
    "RoleMeaning",
    "RoleOverride",
    "SignedAccount",
    "TemplateLine",
    "TransferRow",
    "VoucherConcept",
]

KINDS: Final[Mapping[str, type[Plan]]] = {
    "accounting.account": Account,
    "accounting.role_map": RoleMap,
    "accounting.control": AccountingControl,
    "accounting.voucher_concept": VoucherConcept,
    "accounting.entry_template": EntryTemplate,
    "accounting.entry_text": EntryText,
    "accounting.recurring_entry": RecurringEntry,
    "accounting.balance_transfer": BalanceTransfer,
    "accounting.centralisation": Centralisation,
    "accounting.management_note": ManagementNote,
    "accounting.correlation": AccountCorrelation,
    "accounting.indicator": Indicator,
}

SINGLETONS: Final = frozenset({"accounting.control"})
"""Kinds whose only set has the code `main`."""

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "accounting.account": ("tenant", "branch"),
    "accounting.control": ("tenant", "branch"),
}
"""Kinds that may be set at other scopes than the tenant."""
