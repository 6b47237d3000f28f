"""Statements that the end of a cycle issues: kept for the member, who is told of it in their language (GEN-60)."""

import re
from datetime import date, timedelta
from functools import partial

from chalicelib.kernel.errors import BankError
from chalicelib.kernel.identifiers import derived_id
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.closing.almanac import Almanac
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.statement import IssuedStatement
from chalicelib.modules.deposits.errors import UnknownStatement
from chalicelib.modules.deposits.service.enquiry import LONGEST_DAYS
from chalicelib.modules.deposits.service.statements import statement_document
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
LAST_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def issue(run: PieceRun, given: list[Unit]) -> Tally:
    """Issue the statement of every account whose cycle ends with the day; one that was issued is passed over.

    One that fails keeps no other back. Raises Unfinished.
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
    found: list[IssuedStatement] = work.query(
        STATEMENTS, account_id=account.id, forward=False, limit=MOST_LISTED
    ).items
    return found


def statement_ending(work: UnitOfWork, account_id: str, last: str) -> tuple[IssuedStatement, str]:
    """(a statement by its last day, an address that fetches it). Raises UnknownDepositAccount, UnknownStatement."""
    account = repository.account(work, account_id)
    found = work.find(STATEMENTS, account_id=account.id, last=last) if LAST_DAY.fullmatch(last) else None
    if found is None:
        raise UnknownStatement("period_end")
    return found, files.link(found.key)


def _issue(run: PieceRun, account: DemandAccount, first: date, last: date) -> None:
    work = run.work()
    if work.find(STATEMENTS, account_id=account.id, last=last):
        return
    first = max(first, last - timedelta(days=LONGEST_DAYS))
    language = parties.language_of(work, account.party_id)
    document = statement_document(work, account.id, first, last, FORM, language)
    place = f"statements/{account.id}"
    key = files.keep(work, document.filename, document.content_type, document.content, place=place)
    made = IssuedStatement(
        account.id, first, last, language, document.filename, document.content_type, key, clock.now()
    )
    run.commit(partial(_record, account=account, made=made))


def _record(work: UnitOfWork, account: DemandAccount, made: IssuedStatement) -> None:
    """The statement and its notice, in one transaction."""
    work.put(STATEMENTS, made)
    values = {
        "account": account.number,
        "first": made.first,
        "last": made.last,
        "name": parties.display_name(work, account.party_id),
    }
    identifier = derived_id("ntf", work.tenant, ISSUED, account.id, made.last.isoformat())
    notify(work, ISSUED, parties.recipient(work, account.party_id), values, identifier=identifier)
