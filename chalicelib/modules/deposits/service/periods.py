"""Which days a statement is of: the cycle that runs, and those whose statements were issued (DEP-82)."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from chalicelib.kernel.errors import Invalid
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.statement import StatementPeriod
from chalicelib.modules.deposits.domain.terms import terms_of
from chalicelib.modules.deposits.errors import PeriodTooLong, UnknownStatement
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

LONGEST_DAYS = 732
CURRENT, PREVIOUS = "current", "previous"
LAST_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
ONE_DAY = timedelta(days=1)


class PeriodUnclear(Invalid):
    """A period is given by both dates or by a cycle, one of the two."""

    code = "period_unclear"


def check_period(first: date, last: date) -> None:
    """Raises PeriodTooLong where the dates are in the wrong order or more than two years apart."""
    if first > last or (last - first).days > LONGEST_DAYS:
        raise PeriodTooLong("from" if first > last else "to", days=LONGEST_DAYS)


def current(work: UnitOfWork, account: DemandAccount) -> StatementPeriod:
    """What has happened since the last statement, up to today.

    Where none was issued yet, the period begins with the cycle, or with the account.
    """
    today = business_date(work, account.branch)
    starts, ends_on = _cycle(work, account, today)
    last = next(iter(repository.statements(work, account.id, 1)), None)
    if last is None:
        first = max(starts or account.opened_on, account.opened_on)
        return StatementPeriod(first, max(first, today), ends_on=ends_on)
    if last.through:
        after = StatementPeriod(
            last.last, max(last.last, today), last.through, opening_minor=last.closing_minor
        )
        return replace(after, ends_on=ends_on)
    first = last.last + ONE_DAY
    return StatementPeriod(first, max(first, today), ends_on=ends_on)


def issued(work: UnitOfWork, account: DemandAccount, most: int) -> list[StatementPeriod]:
    """The periods of the statements that were issued, the latest first."""
    return [row.period for row in repository.statements(work, account.id, most)]


def asked_for(
    work: UnitOfWork,
    account: DemandAccount,
    cycle: str = "",
    first: date | None = None,
    last: date | None = None,
) -> StatementPeriod:
    """The period between two dates, or of a cycle: ``current``, ``previous``, or that of the statement of a last day.

    Raises PeriodUnclear where neither or both are given, UnknownStatement, PeriodTooLong.
    """
    if bool(cycle) == bool(first or last) or (first is None) != (last is None):
        raise PeriodUnclear("from" if first is None else "cycle" if cycle else "to")
    if first and last:
        check_period(first, last)
        return StatementPeriod(first, last)
    if cycle == CURRENT:
        return current(work, account)
    if cycle == PREVIOUS:
        return _previous(work, account)
    found = repository.statement(work, account.id, cycle) if LAST_DAY.fullmatch(cycle) else None
    if found is None:
        raise UnknownStatement("cycle")
    return found.period


def _previous(work: UnitOfWork, account: DemandAccount) -> StatementPeriod:
    """That of the last statement; where none was issued, the cycle before the one that runs."""
    rows = repository.statements(work, account.id, 1)
    if rows:
        return rows[0].period
    today = business_date(work, account.branch)
    starts, _ = _cycle(work, account, today)
    if starts is None or starts <= account.opened_on:
        raise UnknownStatement("cycle")
    before, _ = _cycle(work, account, starts - ONE_DAY)
    return StatementPeriod(max(before or account.opened_on, account.opened_on), starts - ONE_DAY)


def _cycle(work: UnitOfWork, account: DemandAccount, day: date) -> tuple[date | None, date | None]:
    """(first day, last day) of the account's statement cycle that a day lies in; None where it has no such day."""
    terms = terms_of(work.config, account.plan, account.overrides, day)
    if not terms.statement_cycle:
        return None, None
    cycle = administration.cycle_of(work.config, terms.statement_cycle, day)
    calendar = administration.calendar_of(work.config, account.branch, day)
    before = cycle.nominal_before(day, calendar)
    ends = next(islice(cycle.nominal_from(day, calendar), 1), None)
    return (before + ONE_DAY if before else None), ends
