"""The branch's term deposits in pieces: what there is to read, and the visit that sums and prepares what falls due."""

from functools import partial

from chalicelib.modules.term_deposits import repository
from chalicelib.modules.term_deposits.closing.happenings import NAME, happen, something_happens
from chalicelib.modules.term_deposits.domain.deposit import TermDeposit, owed_units
from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Tally, Unit
from chalicelib.platform.closing.shards import check_complete
from chalicelib.platform.work import UnitOfWork


def units(work: UnitOfWork, branch: str) -> list[Unit]:
    """The branch's shards with the number of open deposits that each holds."""
    return repository.units(work, NAME, branch)


def close(run: PieceRun, given: list[Unit]) -> Tally:
    """Visit every open deposit of some shards. Raises Incomplete where a shard holds fewer than its register says."""
    work = run.work()
    tally = Tally()
    for unit in given:
        found = 0
        for deposit in repository.deposits_in(work, unit.branch, unit.shard):
            found += 1
            if deposit.opened_on > run.day.business_date:
                tally.skipped += 1
                continue
            if something_happens(deposit, run.day):
                deposit = run.commit(partial(happen, day=run.day, deposit_id=deposit.id))
            _count(deposit, run.day, tally)
        check_complete(unit, found)
        tally.read += found
    return tally


def _count(deposit: TermDeposit, day: ClosingDay, tally: Tally) -> None:
    """Interest is owed for every day that the close covers: to the day that opens, which is excluded."""
    tally.add(
        f"{deposit.branch}|{deposit.plan}|{deposit.currency}",
        deposits=1,
        principal=deposit.principal_minor,
        accrued=owed_units(deposit, day.open_date),
    )
    tally.processed += 1
