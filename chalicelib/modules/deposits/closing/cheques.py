"""Stop payments that end with the day (DEP-92)."""

from dataclasses import replace

from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.cheque_book import StopState, first_expiry
from chalicelib.modules.deposits.tables import ACCOUNTS, STOPS
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.work import UnitOfWork


def stops_end(day: ClosingDay, account: DemandAccount) -> bool:
    """Whether a stop of the account ends in the days of this close."""
    return account.stops_end_on is not None and account.stops_end_on <= day.covered_until


def end_stops(work: UnitOfWork, day: ClosingDay, account: DemandAccount) -> DemandAccount:
    """Take away the stops whose last day is over; their cheques can be paid again."""
    if not stops_end(day, account):
        return account
    left = []
    for row in repository.stops(work, account.id):
        if row.state is StopState.ACTIVE and row.expires_on and row.expires_on <= day.covered_until:
            ended = replace(row, state=StopState.EXPIRED, ended_by="closing", ended_on=day.business_date)
            work.put(STOPS, ended)
        else:
            left.append(row)
    return work.put(ACCOUNTS, replace(account, stops_end_on=first_expiry(left)))
