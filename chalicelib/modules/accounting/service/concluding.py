"""Vouchers that the close makes by itself (ADR 15): rules prepared as data, each of their occasions once.

A rule answers what it wants of a day: *orders*, each with a key that gives its voucher the same id however often the
close is run. An order's lines are made in the transaction that posts them, from the balances as they then are.
"""

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum, auto
from functools import partial
from itertools import islice

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.identifiers import derived_id
from chalicelib.modules.accounting import events
from chalicelib.modules.accounting.domain.refusal import Refusal
from chalicelib.modules.accounting.domain.voucher import Signature, Voucher, VoucherLine, VoucherState
from chalicelib.modules.accounting.repository.branches import sees
from chalicelib.modules.accounting.repository.chart import CLOSING_CONCEPT, control_of
from chalicelib.modules.accounting.service import vouchers
from chalicelib.modules.accounting.tables import REFUSALS, VOUCHERS
from chalicelib.platform import attempts, clock
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Tally
from chalicelib.platform.events import emit
from chalicelib.platform.work import UnitOfWork

MOST_LISTED = 200

Lines = Callable[[UnitOfWork], Iterable[VoucherLine]]


class Outcome(Enum):
    """What became of an order."""

    MADE = auto()
    NOTHING = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Order:
    """A voucher that a rule wants: its key, branch and narrative, and how its lines are made. No lines: no voucher.

    A blank concept is the branch's own for what the close makes. ``origin`` names the rule's parameter set.
    """

    key: tuple[str, ...]
    branch: str
    narrative: str
    lines: Lines
    concept: str = ""
    origin: str = ""


Rule = Callable[[UnitOfWork, ClosingDay, tuple[str, ...]], Iterable[Order]]
"""``rule(work, day, branches)``: what a rule wants of the day for the branches that close together."""


Check = Callable[[PieceRun, tuple[str, ...]], Tally]
"""Looks at the balances when all vouchers are made."""


def conclude_with(*rules: Rule, check: Check) -> Callable[[PieceRun, tuple[str, ...]], Tally]:
    """How the close makes the vouchers of these rules, one rule after another, each in its own transaction, and checks.

    A later rule sees what the earlier ones posted. ``read`` counts the orders, ``processed`` those that have a voucher,
    ``failed`` those that were refused: they are put on record with their problem, and the day goes on.
    """

    def conclude(run: PieceRun, branches: tuple[str, ...]) -> Tally:
        tally = Tally()
        for rule in rules:
            for order in list(rule(run.work(), run.day, branches)):
                outcome = _outcome(run, order)
                tally.read += 1
                tally.processed += outcome is Outcome.MADE
                tally.skipped += outcome is Outcome.NOTHING
                tally.failed += outcome is Outcome.REFUSED
        return tally.plus(check(run, branches))

    return conclude


def refusals(work: UnitOfWork, on: date | None) -> list[Refusal]:
    """What closes could not make in the caller's branches, of a date or of all, newest first; MOST_LISTED at most."""
    found = work.all(REFUSALS, prefix=f"{on}#" if on else "", forward=False)
    return list(islice((each for each in found if sees(work, each.branch)), MOST_LISTED))


def _outcome(run: PieceRun, order: Order) -> Outcome:
    try:
        return run.commit(partial(_carry_out, order=order, closing_date=run.day.business_date))
    except attempts.Busy:
        raise
    except BankError as problem:
        if problem.status >= 500:
            raise
        refused = partial(_refuse, order=order, closing_date=run.day.business_date, problem=problem.code)
        return run.commit(refused)


def _carry_out(work: UnitOfWork, *, order: Order, closing_date: date) -> Outcome:
    """Make the voucher of an order, unless it was made or refused before."""
    identifier = derived_id(vouchers.PREFIX, work.tenant, *order.key)
    if work.find(VOUCHERS, id=identifier):
        return Outcome.MADE
    if work.find(REFUSALS, business_date=closing_date, voucher_id=identifier):
        return Outcome.REFUSED
    lines = tuple(order.lines(work))
    if not lines:
        return Outcome.NOTHING
    actor = work.context.actor
    voucher = Voucher(
        id=identifier,
        concept=order.concept or _concept_of_closes(work, order.branch, closing_date),
        branch=order.branch,
        captured_on=closing_date,
        effective_date=closing_date,
        narrative=order.narrative,
        lines=lines,
        author=Signature(actor.id, actor.name, clock.now()),
        state=VoucherState.AUTHORISED,
        origin=order.origin,
    )
    at_close = vouchers.together(work, voucher, closing_date)
    vouchers.apply(work, voucher, None, closing_date if at_close else None)
    return Outcome.MADE


def _refuse(work: UnitOfWork, *, order: Order, closing_date: date, problem: str) -> Outcome:
    """Put on record that an order could not be carried out."""
    identifier = derived_id(vouchers.PREFIX, work.tenant, *order.key)
    refusal = Refusal(closing_date, identifier, order.branch, order.narrative, order.origin, problem)
    work.put(REFUSALS, refusal)
    emit(work, events.VOUCHER_REFUSED, {"branch": order.branch, "origin": order.origin, "problem": problem})
    return Outcome.REFUSED


def _concept_of_closes(work: UnitOfWork, branch: str, on: date) -> str:
    return control_of(work.config, on, branch).closing_concept or CLOSING_CONCEPT
