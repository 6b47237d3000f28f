"""Statements that the end of a cycle issues: kept for the member, who is told of it in their language (GEN-60)."""

from datetime import date, timedelta
from functools import partial

from chalicelib.kernel.errors import BankError
from chalicelib.kernel.identifiers import derived_id
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.archived import archived_before
from chalicelib.modules.deposits.domain.statement import IssuedStatement, StatementPeriod
from chalicelib.modules.deposits.errors import UnknownStatement
from chalicelib.modules.deposits.service import copies
from chalicelib.modules.deposits.service.archiving import archive_history
from chalicelib.modules.deposits.service.periods import LAST_DAY, LONGEST_DAYS, ONE_DAY
from chalicelib.modules.deposits.service.statements import document_of
from chalicelib.modules.deposits.tables import STATEMENTS
from chalicelib.modules.parties import public as parties
from chalicelib.platform import clock, files
from chalicelib.platform.closing.applications import PieceRun, Tally, Unfinished, Unit
from chalicelib.platform.notifications import notify
from chalicelib.platform.observability import log
from chalicelib.platform.work import UnitOfWork

FORM = "pdf"
ISSUED = "statement_issued"
MOST_LISTED = 200


def issue(run: PieceRun, given: list[Unit]) -> Tally:
    """Issue the statement of every account whose cycle ends with the day; one that was issued is passed over.

    What the account's plan keeps at hand no longer goes into the archive then. One that fails keeps no other back.
    Raises Unfinished.
    """
    work = run.work()
    almanac = Almanac(work.config, run.day)
    tally, reasons = Tally(), []
    for unit in given:
        for account in repository.accounts_in(work, unit.branch, unit.shard):
            tally.read += 1
            days = almanac.statement(account) if account.opened_on <= run.day.business_date else None
            if days is None:
                tally.skipped += 1
                continue
            try:
                _issue(run, account, *days)
                _archive(run, account, almanac.plan(account)[0].history_retention_days, days[1])
                tally.processed += 1
            except Exception as error:  # each member on their own: the others still get theirs
                log.exception("statement_not_issued", account=account.id)
                tally.failed += 1
                reasons.append(error.code if isinstance(error, BankError) else type(error).__name__)
    if reasons:
        raise Unfinished(tally, list(dict.fromkeys(reasons)))
    return tally


def issued(work: UnitOfWork, account_id: str) -> list[IssuedStatement]:
    """The statements of an account, the latest first. Raises UnknownDepositAccount."""
    account = repository.account(work, account_id)
    return repository.statements(work, account.id, MOST_LISTED)


def statement_ending(work: UnitOfWork, account_id: str, last: str) -> tuple[IssuedStatement, str]:
    """(a statement by its last day, an address that fetches it). Raises UnknownDepositAccount, UnknownStatement."""
    account = repository.account(work, account_id)
    found = repository.statement(work, account.id, last) if LAST_DAY.fullmatch(last) else None
    if found is None:
        raise UnknownStatement("period_end")
    return found, files.link(found.key)


def _issue(run: PieceRun, account: DemandAccount, first: date, last: date) -> None:
    """Make the statement of a cycle that ended; it goes on where the one before it ended."""
    work = run.work()
    before = next(iter(repository.statements(work, account.id, 1)), None)
    if before and before.last >= last:
        return
    if before:
        first = before.last if before.through else before.last + ONE_DAY
    after, opening = (before.through, before.closing_minor) if before else (0, 0)
    first = first if after else max(first, last - timedelta(days=LONGEST_DAYS))
    period = StatementPeriod(first, last, after, opening_minor=opening)
    run.commit(partial(record, account=account, made=kept(work, account, period)))


def _archive(run: PieceRun, account: DemandAccount, retention_days: int, last: date) -> None:
    """Move what is older than the plan keeps at hand, counted from the end of the statement."""
    before = archived_before(last, retention_days)
    if before and account.opened_on < before:
        archive_history(run, account.id, before)


def kept(work: UnitOfWork, account: DemandAccount, period: StatementPeriod) -> IssuedStatement:
    """A statement with its file, made in the holder's language and kept."""
    language = parties.language_of(work, account.party_id)
    document = document_of(work, account, period, FORM, language)
    place = f"statements/{account.id}"
    key = files.keep(work, document.filename, document.content_type, document.content, place=place)
    return IssuedStatement(
        account.id,
        period.first,
        period.last,
        language,
        document.filename,
        document.content_type,
        key,
        clock.now(),
        after=period.after,
        through=period.through,
        opening_minor=period.opening_minor,
        closing_minor=period.closing_minor,
    )


def record(work: UnitOfWork, account: DemandAccount, made: IssuedStatement) -> None:
    """The statement, its notice and its copies, in one transaction."""
    work.put(STATEMENTS, made)
    values = {
        "account": account.number,
        "first": made.first,
        "last": made.last,
        "name": parties.display_name(work, account.party_id),
    }
    identifier = derived_id("ntf", work.tenant, ISSUED, account.id, made.last.isoformat())
    notify(work, ISSUED, parties.recipient(work, account.party_id), values, identifier=identifier)
    copies.send(work, account, made, values)
