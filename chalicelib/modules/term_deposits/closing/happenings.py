"""What a close brings to one term deposit: the dues of the payments dated until the day that opens (GEN-68)."""

from datetime import date

from chalicelib.modules.term_deposits import repository
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, prepared, unprepared
from chalicelib.platform.closing import dues
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.work import UnitOfWork

NAME, PAYMENT = "term_deposits", "payment"


def something_happens(deposit: TermDeposit, day: ClosingDay) -> bool:
    """Whether a close has anything to prepare for a deposit."""
    return bool(unprepared(deposit, day.open_date))


def happen(work: UnitOfWork, *, day: ClosingDay, deposit_id: str) -> TermDeposit:
    """Prepare one due for each date of payment; done twice, it changes nothing."""
    deposit = repository.current(work, deposit_id)
    found = unprepared(deposit, day.open_date)
    for due_on in dict.fromkeys(payment.due_on for payment in found):
        _prepare(work, deposit, due_on)
    return repository.keep(work, prepared(deposit, found)) if found else deposit


def _prepare(work: UnitOfWork, deposit: TermDeposit, due_on: date) -> None:
    dated = [payment for payment in deposit.payments if payment.due_on == due_on]
    dues.prepare(
        work,
        NAME,
        PAYMENT,
        deposit.branch,
        due_on,
        key=(deposit.id, due_on.isoformat()),
        payload={
            "deposit_id": deposit.id,
            "interest_minor": sum(payment.interest_minor for payment in dated),
            "withheld_minor": sum(payment.withheld_minor for payment in dated),
            "principal_minor": sum(payment.capital_minor for payment in dated if payment.last),
            "currency": deposit.currency,
        },
    )
