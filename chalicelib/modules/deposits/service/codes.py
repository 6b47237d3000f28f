"""Which transaction code an operation is recorded under, and whether this person may use it here, now, for so much."""

from decimal import Decimal

from chalicelib.kernel.errors import Forbidden, Invalid
from chalicelib.kernel.money import Money
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.status import CODE, CONTROL, system_code
from chalicelib.modules.deposits.errors import CodeNotUsable
from chalicelib.modules.deposits.plans import BranchDepositControl, DepositControl, TransactionCode
from chalicelib.platform.approvals import NeedsApproval
from chalicelib.platform.context import ActorKind
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

CHANNELS = {ActorKind.STAFF: "teller", ActorKind.MEMBER: "member_portal", ActorKind.SYSTEM: "system"}
BATCH = "batch"
CASH = "cash_on_hand"


class TransactionCodeMissing(Invalid):
    """The transaction names no code, and its operation has no standard one that could stand for it."""

    code = "transaction_without_code"


class CodeAboveLevel(Forbidden):
    """The transaction code asks for a higher level than the caller has."""

    code = "code_above_level"


def usable_code(
    work: UnitOfWork,
    asked: str,
    account: DemandAccount,
    standard: str,
    operations: set[str],
    *,
    branch: str = "",
    channel: str = "",
) -> tuple[str, TransactionCode]:
    """The tenant's code for an operation: the one asked for, or the one its control record names.

    Raises TransactionCodeMissing, UnknownParameter, CodeNotUsable, CodeAboveLevel.
    """
    on = business_date(work, account.branch)
    name = asked or system_code(work.config, standard, on)
    if not asked and work.config.find(CODE, name, on) is None:
        raise TransactionCodeMissing("code", operation=standard)
    return name, check_usable(work, name, account, operations, branch=branch, channel=channel)


def check_named(work: UnitOfWork, asked: str, account: DemandAccount, channel: str) -> None:
    """Raises TransactionCodeMissing where staff must name the code of what they capture and do not (DEP-76)."""
    control: DepositControl = work.config.main(CONTROL, business_date(work, account.branch))
    captured = work.context.actor.kind is ActorKind.STAFF and not channel
    if captured and control.code_required and not asked:
        raise TransactionCodeMissing("code")


def check_usable(
    work: UnitOfWork,
    name: str,
    account: DemandAccount,
    operations: set[str],
    *,
    branch: str = "",
    channel: str = "",
) -> TransactionCode:
    """The code, if this caller may use it for one of these operations, by this channel and in this branch (DEP-68)."""
    today = business_date(work, account.branch)
    code: TransactionCode = work.config.get(CODE, name, today, field="code")
    channel = channel or CHANNELS[work.context.actor.kind]
    if not code.active or code.operation not in operations or channel not in code.channels:
        raise CodeNotUsable("code", code=name)
    check_level(work, code)
    here = branch or work.context.actor.branch or account.branch
    owners = _owners(work, name, account)
    if owners and here not in owners:
        raise CodeNotUsable("code", code=name)
    return code


def check_level(work: UnitOfWork, code: TransactionCode) -> None:
    """Raises CodeAboveLevel where staff have not the level that the code asks for."""
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and actor.level < code.access_level:
        raise CodeAboveLevel("code", level=code.access_level)


def check_approval(work: UnitOfWork, code: TransactionCode, money: Money) -> None:
    """Raises NeedsApproval where staff move, alone, more than the code or their own role lets them (GEN-50)."""
    actor = work.context.actor
    check_limit(work, code.requires_approval_over, money)
    if money.currency == work.context.tenant.currency:
        check_limit(work, actor.max_transaction, money)
        check_limit(work, actor.max_cash if code.uses_role(CASH) else None, money)


def check_overdraft_limit(work: UnitOfWork, money: Money) -> None:
    """Raises NeedsApproval where staff let an account be overdrawn, alone, by more than their own role lets them."""
    if money.currency == work.context.tenant.currency:
        check_limit(work, work.context.actor.max_overdraft, money)


def check_limit(work: UnitOfWork, limit: Decimal | None, money: Money | None) -> None:
    """Raises NeedsApproval where staff ask, alone, for more than a limit; what is approved has a second person."""
    alone = work.context.actor.kind is ActorKind.STAFF and not work.context.approver
    if alone and limit is not None and money is not None and money.decimal > limit:
        raise NeedsApproval("amount", limit=str(limit), currency=money.currency)


def _owners(work: UnitOfWork, name: str, account: DemandAccount) -> set[str]:
    """The branches that keep a code for themselves; none: every branch may use it (DEP-02)."""
    today = business_date(work, account.branch)
    found = set()
    for branch in administration.branch_codes(work.config, today):
        control: BranchDepositControl = work.config.main("deposits.branch_control", today, branch)
        if name in control.special_transactions:
            found.add(branch)
    return found
