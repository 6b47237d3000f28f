"""Post an entry, reverse an entry: balances, movements, journal and links in the operation's one transaction."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.entry import Entry, Leg, mirrored, with_interbranch_legs
from chalicelib.kernel.errors import Conflict
from chalicelib.kernel.identifiers import derived_id, parse_id
from chalicelib.kernel.money import Money
from chalicelib.platform import clock
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.accounts import (
    AccountKind,
    PostingDay,
    Resolved,
    UnknownAccount,
    follow,
    is_off_balance,
    kind_of_account,
    resolve,
)
from chalicelib.platform.posting.days import GATES, ClosedDate, Gate, UnknownBranch, gate_number, gate_of
from chalicelib.platform.posting.exceptions import EXCEPTIONS, PostingException
from chalicelib.platform.posting.records import (
    JOURNAL,
    MOVEMENTS,
    REVERSALS,
    JournalRecord,
    Movement,
    PostedLeg,
    ReversalMark,
    UnknownEntry,
    entry_id,
    place_of,
    shard_of,
)
from chalicelib.platform.work import UnitOfWork


class AlreadyReversed(Conflict):
    """An entry can be reversed once."""

    code = "already_reversed"


class CannotReverseReversal(Conflict):
    """A reversal stands; post again instead."""

    code = "reversal_is_final"


class CurrencyOfAccount(Conflict):
    """The account is kept in another currency."""

    code = "currency_mismatch"
    status = 422


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: the entry with all its legs, when, and the movements by account id."""

    entry: Entry
    posted_at: datetime
    movements: dict[str, Movement]
    accounts: dict[str, object]


def draft(
    work: UnitOfWork,
    code: str,
    branch: str,
    legs: tuple[Leg, ...],
    narrative: str = "",
    *,
    value_date: date | None = None,
    source_ref: str = "",
    derived_from: tuple[str | int, ...] = (),
    closing_date: date | None = None,
) -> Entry:
    """An entry of the branch's business date, ready to post.

    ``derived_from`` gives it the same id whenever the same step is run again; ``closing_date`` dates it the day that
    is being closed.
    """
    identifier = derived_id("ent", *derived_from) if derived_from else new_id("ent")
    body = parse_id(identifier, "ent").body
    gate = gate_of(work, branch, body)
    business_date = closing_date or gate.business_date
    return Entry(
        id=entry_id(business_date, branch, body),
        code=code,
        business_date=business_date,
        value_date=value_date or business_date,
        branch=branch,
        channel=work.context.channel,
        actor=work.context.actor.id,
        narrative=narrative,
        legs=legs,
        source_ref=source_ref,
    )


def post(work: UnitOfWork, entry: Entry, *, closing: bool = False, ledger: tuple[str, ...] = ()) -> Posted:
    """Put an entry into the operation's transaction; ``closing`` ones belong to the day that is being closed.

    ``ledger`` names the ledger account of each leg that is not to be resolved from its role, empty where it is.
    Raises UnbalancedEntry, UnknownBranch, ClosedDate, UnknownAccount, CurrencyOfAccount, and whatever the accounts
    refuse (states, limits, funds). Nothing is written before the operation commits.
    """
    entry.check()
    body = entry.id.rpartition("-")[2]
    _load(work, entry, body)
    days = {
        branch: _day(work, entry, branch, body, closing)
        for branch in dict.fromkeys(leg.branch for leg in entry.legs)
    }
    entry = _settled_between_branches(work, _with_brought_legs(work, entry, days))
    posted_at = clock.now()
    movements, accounts = _apply_to_accounts(work, entry, days, posted_at)
    parts = tuple((branch, day.business_date) for branch, day in days.items())
    for branch, day in days.items():
        legs = tuple(
            _posted_leg(work, entry, position, day, posted_at, ledger)
            for position, leg in enumerate(entry.legs)
            if leg.branch == branch
        )
        work.put(
            JOURNAL,
            JournalRecord(
                id=entry.id,
                branch=branch,
                business_date=day.business_date,
                value_date=entry.value_date,
                shard=shard_of(body),
                code=entry.code,
                channel=entry.channel,
                actor=entry.actor,
                narrative=entry.narrative,
                posted_at=posted_at,
                legs=legs,
                parts=parts,
                source_ref=entry.source_ref,
                reverses=entry.reverses,
                approver=work.context.approver,
                rates=entry.rates,
            ),
        )
    if not closing:
        follow(work, entry, days)
    return Posted(entry, posted_at, movements, accounts)


def reverse(
    work: UnitOfWork, identifier: str, narrative: str, *, from_its_value_date: bool = False
) -> Posted:
    """Post the mirror of an entry on today's business date, on the same ledger accounts; it can be done once.

    What went to suspense is mirrored where its role belongs by now: it may have been moved there meanwhile. An entry of
    today takes its value date back with it, one of an earlier date where it is to be as if it had never been.
    Raises UnknownEntry, AlreadyReversed, CannotReverseReversal.
    """
    records = find_records(work, identifier)
    original = entry_of(records)
    if original.reverses:
        raise CannotReverseReversal("entry_id")
    place = place_of(identifier)
    known = work.find(
        REVERSALS,
        branch=place.branch,
        business_date=place.business_date,
        shard=place.shard,
        entry_id=identifier,
    )
    if known:
        raise AlreadyReversed("entry_id", by=known.reversed_by)
    body = parse_id(derived_id("ent", "reversal", identifier), "ent").body
    today = gate_of(work, original.branch, body).business_date
    mirror = mirrored(
        original,
        entry_id(today, original.branch, body),
        business_date=today,
        value_date=original.value_date if from_its_value_date or original.business_date == today else today,
        actor=work.context.actor.id,
        channel=work.context.channel,
        narrative=narrative,
    )
    mark = ReversalMark(identifier, place.branch, place.business_date, place.shard, mirror.id)
    work.put(REVERSALS, mark)
    legs = (leg for record in records for leg in record.legs)
    return post(work, mirror, ledger=tuple("" if leg.exception else leg.ledger_account for leg in legs))


def find_entry(work: UnitOfWork, identifier: str) -> Entry:
    """The whole entry with the legs of every branch. Raises UnknownEntry."""
    return entry_of(find_records(work, identifier))


def entry_of(records: list[JournalRecord]) -> Entry:
    """The entry that its journal records make up, their legs in their order."""
    first = records[0]
    legs = tuple(
        Leg(
            record.branch,
            leg.side,
            Money(leg.minor, leg.currency),
            leg.role,
            leg.account_id or None,
            leg.component,
            leg.product,
        )
        for record in records
        for leg in record.legs
    )
    return Entry(
        first.id,
        first.code,
        first.business_date,
        first.value_date,
        first.branch,
        first.channel,
        first.actor,
        first.narrative,
        legs,
        first.source_ref,
        first.reverses,
        first.rates,
    )


def is_posted(work: UnitOfWork, identifier: str) -> bool:
    """Whether there is an entry with this id."""
    place = place_of(identifier)
    return (
        work.find(
            JOURNAL, id=identifier, branch=place.branch, business_date=place.business_date, shard=place.shard
        )
        is not None
    )


def find_records(work: UnitOfWork, identifier: str) -> list[JournalRecord]:
    """The journal records of an entry, the branch where it was made first. Raises UnknownEntry."""
    place = place_of(identifier)
    first = work.find(
        JOURNAL, id=identifier, branch=place.branch, business_date=place.business_date, shard=place.shard
    )
    if first is None:
        raise UnknownEntry("entry_id")
    others = [
        work.get(JOURNAL, id=identifier, branch=branch, business_date=day, shard=place.shard)
        for branch, day in first.parts
        if branch != place.branch
    ]
    return [first, *others]


def _load(work: UnitOfWork, entry: Entry, body: str) -> None:
    number = gate_number(body)
    wanted: list[tuple[object, dict[str, object]]] = [
        (GATES, {"branch": branch, "number": number})
        for branch in dict.fromkeys(leg.branch for leg in entry.legs)
    ]
    for leg in entry.legs:
        if leg.account_id:
            wanted.append((kind_of_account(leg.account_id).collection, {"id": leg.account_id}))
    work.load(wanted)  # type: ignore[arg-type]


def _day(work: UnitOfWork, entry: Entry, branch: str, body: str, closing: bool) -> PostingDay:
    gate = work.find(GATES, branch=branch, number=gate_number(body))
    if gate is None:
        raise UnknownBranch("branch", branch=branch)
    expected = gate.previous_date if closing else gate.business_date
    if entry.business_date != expected and (closing or branch == entry.branch):
        raise ClosedDate("business_date", business_date=entry.business_date.isoformat(), branch=branch)
    _hold_day(work, gate)
    return PostingDay(expected, gate.business_date, gate.previous_date, closing)


def _hold_day(work: UnitOfWork, gate: Gate) -> None:
    """The transaction holds only while the branch's date is what this operation saw."""
    if work.peek(GATES, branch=gate.branch, number=gate.number) is gate:
        work.check(GATES, gate, business_date=gate.business_date)


def _with_brought_legs(work: UnitOfWork, entry: Entry, days: dict[str, PostingDay]) -> Entry:
    """The entry with what its legs bring by their accounts' rules; a reversal mirrors what the original brought."""
    if entry.reverses:
        return entry
    legs: list[Leg] = []
    for leg in entry.legs:
        kind = kind_of_account(leg.account_id) if leg.account_id else None
        if kind and kind.brings:
            legs += kind.brings(_account(work, kind, leg), leg, entry, days[leg.branch], work.config)
        legs.append(leg)
    return replace(entry, legs=tuple(legs))


def _settled_between_branches(work: UnitOfWork, entry: Entry) -> Entry:
    """The entry with its inter-branch legs; a reversal mirrors those of the original."""
    if entry.reverses or len({leg.branch for leg in entry.legs}) == 1:
        return with_interbranch_legs(entry)
    return with_interbranch_legs(entry, lambda leg: is_off_balance(work.config, leg, entry.business_date))


def _account(work: UnitOfWork, kind: AccountKind, leg: Leg) -> Any:
    """The account of a leg. Raises UnknownAccount, CurrencyOfAccount."""
    account = work.find(kind.collection, id=leg.account_id)
    if account is None:
        raise UnknownAccount("account_id")
    if account.currency != leg.money.currency:
        raise CurrencyOfAccount("amount.currency", currency=account.currency)
    return account


def _apply_to_accounts(
    work: UnitOfWork, entry: Entry, days: dict[str, PostingDay], posted_at: datetime
) -> tuple[dict[str, Movement], dict[str, object]]:
    movements: dict[str, Movement] = {}
    accounts: dict[str, object] = {}
    dated = entry.value_date != entry.business_date
    for leg in entry.legs:
        if not leg.account_id:
            continue
        kind = kind_of_account(leg.account_id)
        account = _account(work, kind, leg)
        day = days[leg.branch]
        if kind.past:
            day = replace(day, past=kind.past(work, account, entry, day))
        applied = kind.apply(account, leg, entry, day, work.config)
        work.put(kind.collection, applied.account)
        accounts[leg.account_id] = applied.account
        movement = Movement(
            account_id=leg.account_id,
            business_date=day.business_date,
            sequence=applied.account.sequence,
            entry_id=entry.id,
            code=applied.code,
            minor=0 if applied.memo else leg.change(kind.normal_side).minor,
            currency=leg.money.currency,
            balance_minor=applied.balance_minor,
            value_date=applied.value_date or (entry.value_date if dated else day.business_date),
            posted_at=posted_at,
            branch=entry.branch,
            channel=entry.channel,
            narrative=entry.narrative,
            component=leg.component,
            reverses=entry.reverses,
            hidden=not applied.keeps_history,
        )
        movements[leg.account_id] = work.put(MOVEMENTS, movement)
    return movements, accounts


def _posted_leg(
    work: UnitOfWork,
    entry: Entry,
    position: int,
    day: PostingDay,
    posted_at: datetime,
    ledger: tuple[str, ...],
) -> PostedLeg:
    leg = entry.legs[position]
    known = ledger[position] if position < len(ledger) else ""
    resolved = Resolved(known) if known else resolve(work.config, leg, day.business_date)
    if resolved.exception:
        body = derived_id("pex", entry.id, position)
        work.put(
            EXCEPTIONS,
            PostingException(
                id=body,
                entry_id=entry.id,
                branch=leg.branch,
                business_date=day.business_date,
                role=leg.role,
                product=leg.product,
                side=leg.side,
                minor=leg.money.minor,
                currency=leg.money.currency,
                suspense_account=resolved.ledger_account,
                reason=resolved.exception,
                code=entry.code,
                at=posted_at,
            ),
        )
    return PostedLeg(
        leg.side,
        leg.money.minor,
        leg.money.currency,
        leg.role,
        resolved.ledger_account,
        leg.account_id or "",
        leg.component,
        leg.product,
        resolved.exception,
    )
