"""Looking at an entry and finding what it came from (GEN-54)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.domain.trial_balance import cleared
from chalicelib.modules.accounting.repository.branches import sees
from chalicelib.modules.accounting.repository.chart import chart_on, clearance_of
from chalicelib.platform import declared
from chalicelib.platform.posting.records import REVERSALS, JournalRecord, PostedLeg, UnknownEntry, place_of
from chalicelib.platform.posting.service import find_records
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry came from, and the API path where it can be read."""

    module: str
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class EntryLeg:
    """A leg with the branch and date it is booked on."""

    branch: str
    business_date: date
    leg: PostedLeg


@dataclass(frozen=True, slots=True)
class EntryFound:
    """An entry as the caller may see it: its first record, the legs of their branches, its source, its reversal."""

    record: JournalRecord
    legs: tuple[EntryLeg, ...]
    hidden_legs: int
    source: Source | None
    reversed_by: str


_SOURCES: dict[str, tuple[str, str]] = {}


def register_source(prefix: str, module: str, path: str) -> None:
    """Declare where what an id names can be read: ``register_source("vou", "accounting", "/…/{id}")``."""
    _SOURCES[prefix] = (module, path)


def find_entry(work: UnitOfWork, entry_id: str) -> EntryFound:
    """An entry that touches one of the caller's branches. Raises UnknownEntry."""
    records = find_records(work, entry_id)
    if not any(sees(work, record.branch) for record in records):
        raise UnknownEntry("entry_id")
    chart, clearance = chart_on(work.config, records[0].business_date), clearance_of(work)
    legs = [EntryLeg(record.branch, record.business_date, leg) for record in records for leg in record.legs]
    shown = tuple(
        each
        for each in legs
        if sees(work, each.branch) and cleared(chart, each.leg.ledger_account, clearance)
    )
    return EntryFound(
        records[0], shown, len(legs) - len(shown), source_of(records), _reversed_by(work, entry_id)
    )


def source_of(records: list[JournalRecord]) -> Source | None:
    """What the entry names as its source, else the first account it moved; None where neither can be read."""
    declared.load("sources")
    references = (record.source_ref for record in records)
    accounts = (leg.account_id for record in records for leg in record.legs)
    for identifier in (*references, *accounts):
        source = _SOURCES.get(identifier.partition("_")[0])
        if source:
            module, path = source
            return Source(module, identifier, path.replace("{id}", identifier))
    return None


def _reversed_by(work: UnitOfWork, entry_id: str) -> str:
    place = place_of(entry_id)
    mark = work.find(
        REVERSALS,
        branch=place.branch,
        business_date=place.business_date,
        shard=place.shard,
        entry_id=entry_id,
    )
    return mark.reversed_by if mark else ""
