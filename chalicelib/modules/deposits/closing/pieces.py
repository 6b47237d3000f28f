"""The branch's accounts in pieces: what there is to read, and the visit that sums and does what falls due."""

from functools import partial

from chalicelib.kernel.accrual import units_of
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.closing import overdraft, unclaimed
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.closing.happenings import NAME, happen
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.platform.closing.applications import PieceRun, Tally, Unit
from chalicelib.platform.closing.shards import check_complete
from chalicelib.platform.work import UnitOfWork


def units(work: UnitOfWork, branch: str) -> list[Unit]:
    """The branch's shards with the number of accounts that each holds."""
    return repository.units(work, NAME, branch)


def close(run: PieceRun, given: list[Unit]) -> Tally:
    """Visit every account of some shards. Raises Incomplete where a shard holds fewer than its register says."""
    work = run.work()
    almanac = Almanac(work.config, run.day)
    tally = Tally()
    for unit in given:
        found = 0
        for account in repository.accounts_in(work, unit.branch, unit.shard):
            found += 1
            if account.opened_on > run.day.business_date:
                tally.skipped += 1
                continue
            if _something_happens(almanac, account):
                account = run.commit(partial(happen, almanac=almanac, account_id=account.id))
            _count(account, almanac, tally)
        check_complete(unit, found)
        tally.read += found
    return tally


def _something_happens(almanac: Almanac, account: DemandAccount) -> bool:
    return (
        almanac.something_happens(account)
        or overdraft.something_happens(almanac, account)
        or unclaimed.something_happens(almanac, account)
    )


def _count(account: DemandAccount, almanac: Almanac, tally: Tally) -> None:
    day = almanac.day
    tally.add(
        f"{account.branch}|{account.product}|{account.currency}",
        accounts=1,
        accrued=account.booked_on(day.covered_until, almanac.steps(account)) + units_of(account.interest_due),
        unclaimed=account.unclaimed_minor,
        issues=int(almanac.statement(account) is not None),
        **overdraft.amounts(almanac, account),
    )
    tally.processed += 1
