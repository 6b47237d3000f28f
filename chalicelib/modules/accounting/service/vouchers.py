"""Vouchers: capture, submit, authorise, apply, reverse."""

from dataclasses import replace
from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.modules.accounting import events, postings
from chalicelib.modules.accounting.domain.voucher import (
    Signature,
    Timing,
    Voucher,
    VoucherLine,
    VoucherState,
    applied,
    check_effective_date,
    decided,
    expect_state,
    mirror,
    needs_authorisation,
    submitted,
    waits_for_close,
)
from chalicelib.modules.accounting.domain.voucher_rules import check_accounts, check_limits, check_memorandum
from chalicelib.modules.accounting.errors import BranchNotEnrolled, ConceptNotUsable, VoucherReversalExists
from chalicelib.modules.accounting.plans import AccountingControl, VoucherConcept
from chalicelib.modules.accounting.repository import sheets, vouchers
from chalicelib.modules.accounting.repository.chart import (
    CONCEPT,
    chart_on,
    clearance_of,
    concept_on,
    control_of,
    controlled_accounts,
)
from chalicelib.modules.accounting.service.periods import check_open
from chalicelib.modules.accounting.tables import VOUCHERS
from chalicelib.platform import clock
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting import service as posting
from chalicelib.platform.posting.days import UnknownBranch, business_date
from chalicelib.platform.work import UnitOfWork

ENTRY_CODE = "voucher"
PREFIX = vouchers.PREFIX


@dataclass(frozen=True, slots=True)
class Content:
    """What a person enters. A blank effective date is the business date."""

    concept: str
    branch: str
    narrative: str
    lines: tuple[VoucherLine, ...]
    effective_date: date | None = None
    timing: Timing = Timing.AS_BRANCH
    origin: str = ""


def capture(work: UnitOfWork, content: Content, submit: bool) -> Voucher:
    """Enter a voucher, as a draft or submitted at once.

    Raises BranchNotEnrolled, UnknownBranch, ConceptNotUsable and, when submitted, whatever ``send`` raises.
    """
    today = _check_place(work, content)
    _concept(work, content.concept, today)
    voucher = Voucher(
        id=new_id(vouchers.PREFIX),
        concept=content.concept,
        branch=content.branch,
        captured_on=today,
        effective_date=content.effective_date or today,
        narrative=content.narrative,
        lines=content.lines,
        author=_signature(work),
        timing=content.timing,
        origin=content.origin,
    )
    if submit:
        return _send(work, voucher, None)
    return vouchers.add(work, voucher)


def change(work: UnitOfWork, voucher_id: str, content: Content) -> Voucher:
    """Replace the content of a draft; who changes it becomes its author. Raises VoucherStateForbids."""
    voucher = vouchers.voucher(work, voucher_id)
    work.expect(voucher)
    expect_state(voucher, VoucherState.DRAFT)
    today = _check_place(work, replace(content, branch=voucher.branch))
    _concept(work, content.concept, today)
    changed = replace(
        voucher,
        concept=content.concept,
        effective_date=content.effective_date or today,
        narrative=content.narrative,
        lines=content.lines,
        author=_signature(work),
    )
    return vouchers.save(work, changed, voucher)


def submit(work: UnitOfWork, voucher_id: str) -> Voucher:
    """Submit a draft.

    Raises VoucherUnbalanced, MemorandumUnbalanced, EffectiveDateTooOld, EffectiveDateInFuture, PeriodClosed, and the
    errors of its lines.
    """
    voucher = vouchers.voucher(work, voucher_id)
    work.expect(voucher)
    expect_state(voucher, VoucherState.DRAFT)
    _check_enrolled(work, voucher.branches, control_of(work.config, voucher.captured_on, voucher.branch))
    return _send(work, voucher, voucher)


def decide(work: UnitOfWork, voucher_id: str, approve: bool, reason: str) -> Voucher:
    """Authorise or reject a voucher of somebody else; an authorised one is applied at once or at the end of day.

    Raises VoucherStateForbids, AuthorCannotAuthorise, PeriodClosed, and the errors of its lines.
    """
    voucher = vouchers.voucher(work, voucher_id)
    work.expect(voucher)
    after = decided(voucher, approve, _signature(work), reason)
    if not approve:
        _release_original(work, after)
        return vouchers.save(work, after, voucher)
    _check_content(work, voucher, business_date(work, voucher.branch))
    return _go_on(work, after, voucher)


def reverse(work: UnitOfWork, voucher_id: str, reason: str) -> Voucher:
    """Undo an applied voucher by its mirror, which needs the same authorisation as the voucher did (ACC-81).

    Raises VoucherStateForbids, VoucherReversalExists, CannotReverseReversal, BranchNotEnrolled, PeriodClosed.
    """
    original = vouchers.voucher(work, voucher_id)
    work.expect(original)
    if original.reversal:
        raise VoucherReversalExists("id", by=original.reversal)
    if original.reverses:
        raise posting.CannotReverseReversal("id")
    today = business_date(work, original.branch)
    control = control_of(work.config, today, original.branch)
    _check_enrolled(work, original.branches, control)
    check_open(work, original.branches, today)
    undoing = mirror(original, new_id(vouchers.PREFIX), today, _signature(work), reason)
    concept = concept_on(work.config, original.concept, today)
    undoing = submitted(undoing, needs_authorisation(undoing, control, concept, _base(work)))
    work.put(VOUCHERS, replace(original, reversal=undoing.id))
    return _go_on(work, undoing, None)


def apply_at_close(work: UnitOfWork, voucher_id: str, closing_date: date) -> Voucher:
    """Apply an authorised voucher on the date that is being closed; done twice, it changes nothing.

    An account that has been closed meanwhile sends its line to suspense: the end of day does not stop for it. Where a
    branch it touches is not closing that date, it is applied on the open date of its own branch.
    """
    voucher = vouchers.voucher(work, voucher_id)
    if voucher.state is not VoucherState.AUTHORISED:
        return voucher
    return apply(work, voucher, voucher, closing_date if together(work, voucher, closing_date) else None)


def apply(work: UnitOfWork, voucher: Voucher, stored: Voucher | None, closing_date: date | None) -> Voucher:
    """Post an authorised voucher, on the date that is being closed or else on the open one, and give it its number."""
    posted = _post_mirror(work, voucher) if voucher.reverses else _post(work, voucher, closing_date)
    concept = concept_on(work.config, voucher.concept, posted.entry.business_date)
    number = vouchers.next_number(work, concept, voucher.id)
    after = applied(voucher, number, posted.entry.id, posted.entry.business_date)
    name = events.VOUCHER_REVERSED if voucher.reverses else events.VOUCHER_APPLIED
    emit(work, name, {"voucher_id": voucher.id, "number": number, "entry_id": posted.entry.id})
    return vouchers.save(work, after, stored) if stored else vouchers.add(work, after)


def together(work: UnitOfWork, voucher: Voucher, closing_date: date) -> bool:
    """Whether every branch of a voucher is closing the date."""
    gates = [sheets.gate_if_any(work, branch) for branch in voucher.branches]
    return all(gate is not None and gate.previous_date == closing_date for gate in gates)


def _send(work: UnitOfWork, voucher: Voucher, stored: Voucher | None) -> Voucher:
    today = business_date(work, voucher.branch)
    control = control_of(work.config, today, voucher.branch)
    concept = _concept(work, voucher.concept, today)
    after = submitted(voucher, needs_authorisation(voucher, control, concept, _base(work)))
    check_effective_date(voucher.effective_date, today, control.late_days)
    _check_content(work, voucher, today)
    return _go_on(work, after, stored)


def _go_on(work: UnitOfWork, voucher: Voucher, stored: Voucher | None) -> Voucher:
    """Store a submitted voucher, and apply it if it is authorised and its branch does not wait for the end of day."""
    today = business_date(work, voucher.branch)
    waits = waits_for_close(voucher, control_of(work.config, today, voucher.branch))
    if voucher.state is VoucherState.AUTHORISED and not waits:
        return apply(work, voucher, stored, None)
    return vouchers.save(work, voucher, stored) if stored else vouchers.add(work, voucher)


def _post(work: UnitOfWork, voucher: Voucher, closing_date: date | None) -> posting.Posted:
    entry = posting.draft(
        work,
        ENTRY_CODE,
        voucher.branch,
        postings.voucher_legs(voucher.lines),
        voucher.narrative,
        value_date=voucher.effective_date,
        source_ref=voucher.id,
        derived_from=(work.tenant, ENTRY_CODE, voucher.id),
        closing_date=closing_date,
    )
    return posting.post(work, replace(entry, actor=voucher.author.id), closing=closing_date is not None)


def _post_mirror(work: UnitOfWork, voucher: Voucher) -> posting.Posted:
    original = work.get(VOUCHERS, id=voucher.reverses)
    posted = posting.reverse(work, original.entry_id, voucher.narrative)
    work.put(VOUCHERS, replace(original, state=VoucherState.REVERSED, reversal=voucher.id))
    return posted


def _release_original(work: UnitOfWork, rejected: Voucher) -> None:
    if rejected.reverses:
        original = work.get(VOUCHERS, id=rejected.reverses)
        work.put(VOUCHERS, replace(original, reversal=""))


def _check_place(work: UnitOfWork, content: Content) -> date:
    """Every branch exists and is one where the user is enrolled; answers the business date of the voucher's own."""
    today = business_date(work, content.branch)
    branches = {content.branch: "branch"}
    for position, line in enumerate(content.lines):
        branches.setdefault(line.branch, f"lines.{position}.branch")
    for branch, field in branches.items():
        if sheets.gate_if_any(work, branch) is None:
            raise UnknownBranch(field, branch=branch)
    _check_enrolled(work, branches, control_of(work.config, today, content.branch))
    return today


def _check_enrolled(
    work: UnitOfWork, branches: dict[str, str] | tuple[str, ...], control: AccountingControl
) -> None:
    """ACC-41: a user enters data only for the branches where they are enrolled, unless the tenant says otherwise."""
    for branch in branches:
        if control.own_branch_only and not work.context.actor.sees_branch(branch):
            field = branches[branch] if isinstance(branches, dict) else "branch"
            raise BranchNotEnrolled(field, branch=branch)


def _check_content(work: UnitOfWork, voucher: Voucher, today: date) -> None:
    check_open(work, voucher.branches, voucher.effective_date)
    if voucher.reverses:
        return
    chart = chart_on(work.config, today)
    controlled = controlled_accounts(work.config, today)
    check_accounts(voucher.lines, chart, controlled, _base(work), clearance_of(work))
    check_memorandum(voucher.lines, chart)
    if control_of(work.config, today, voucher.branch).account_limits == "block":
        known = {branch: sheets.on_date(work, branch, date.max) for branch in voucher.branches}
        check_limits(
            voucher.lines,
            chart,
            _base(work),
            lambda branch, account: known[branch].balance_of_account(account, _base(work)),
        )


def _concept(work: UnitOfWork, code: str, on: date) -> VoucherConcept:
    concept: VoucherConcept = work.config.get(CONCEPT, code, on, field="concept")
    if not concept.active or concept.origin != "manual":
        raise ConceptNotUsable("concept", concept=code)
    return concept


def _signature(work: UnitOfWork) -> Signature:
    actor = work.context.actor
    if not actor.id:
        raise InvariantError("actor")
    return Signature(actor.id, actor.name, clock.now())


def _base(work: UnitOfWork) -> str:
    return work.context.tenant.currency
