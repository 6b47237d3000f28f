"""The chart, the role map and the controls as the tenant's parameters hold them on a date."""

from datetime import date

from chalicelib.modules.accounting.domain.chart import EXPLAINED_ROLES, Chart, control_accounts
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.errors import UnknownLedgerAccount
from chalicelib.modules.accounting.plans import Account, AccountingControl, VoucherConcept
from chalicelib.platform.closing.applications import applications
from chalicelib.platform.context import ActorKind
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.parameters.versions import TENANT_SCOPE
from chalicelib.platform.work import UnitOfWork

ACCOUNT = "accounting.account"
ROLE_MAP = "accounting.role_map"
CONTROL = "accounting.control"
CONCEPT = "accounting.voucher_concept"
TEMPLATE = "accounting.entry_template"
ENTRY_TEXT = "accounting.entry_text"
RECURRING = "accounting.recurring_entry"
CORRELATION = "accounting.correlation"
INDICATOR = "accounting.indicator"
TRANSFER = "accounting.balance_transfer"
CENTRALISATION = "accounting.centralisation"
NOTE = "accounting.management_note"

CLOSING_CONCEPT = "CLOSING"
OF_THE_CLOSE = VoucherConcept(
    names={"es": "Cierre"}, prefix="CIE", origin="automatic", approval_required=False
)
"""What numbers the vouchers of the close where the tenant has declared no concept for them."""


def chart_on(config: Snapshot, on: date) -> Chart:
    """The chart of accounts in force on a date."""
    own = {
        (scope.partition(":")[2], code): account
        for code, scopes in config.versions.get(ACCOUNT, {}).items()
        for scope in scopes
        if scope != TENANT_SCOPE and (account := config.find(ACCOUNT, code, on, scope.partition(":")[2]))
    }
    return Chart(dict(config.all(ACCOUNT, on)), own)


def control_of(config: Snapshot, on: date, branch: str) -> AccountingControl:
    """How the ledger of a branch is kept."""
    control: AccountingControl = config.main(CONTROL, on, branch)
    return control


def concept_on(config: Snapshot, code: str, on: date) -> VoucherConcept:
    """The concept of a voucher that exists; one that is retired still numbers it. Raises UnknownParameter."""
    if code == CLOSING_CONCEPT and config.find(CONCEPT, code, on) is None:
        return OF_THE_CLOSE
    concept: VoucherConcept = config.standing(CONCEPT, code, on)
    return concept


def controlled_accounts(config: Snapshot, on: date) -> dict[str, str]:
    """Accounts that only their sub-ledgers move, with the roles they carry."""
    return control_accounts(dict(config.all(ROLE_MAP, on)), kept_by_branch())


def kept_by_branch() -> frozenset[str]:
    """Roles whose balances belong to the branch they lie in: those of sub-ledgers, and between branches."""
    return EXPLAINED_ROLES.union(*(application.roles for application in applications()))


def clearance_of(work: UnitOfWork) -> int | None:
    """The caller's confidentiality level; None for the bank's own processes, which see all."""
    actor = work.context.actor
    return None if actor.kind is ActorKind.SYSTEM else actor.level


def visible_account(work: UnitOfWork, chart: Chart, code: str, branch: str = "") -> Account:
    """The account, as a branch keeps it if one is named, if the caller may see it. Raises UnknownLedgerAccount."""
    account = chart.at(branch, code)
    if account is None or not cleared(chart, code, clearance_of(work)):
        raise UnknownLedgerAccount("account")
    return account
