"""An account's statement as a document: the same figures whoever asks for it, in the reader's language."""

from datetime import date
from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.statement import StatementPeriod, reference_of
from chalicelib.modules.deposits.plans import StatementNote
from chalicelib.modules.deposits.service import charges, enquiry, periods
from chalicelib.modules.parties import public as parties
from chalicelib.platform import wording
from chalicelib.platform.reports import Document, Reader, Sheet, SheetColumn, reader_of, render
from chalicelib.platform.work import UnitOfWork

COLUMNS = (
    ("date", "date"),
    ("description", "text"),
    ("reference", "text"),
    ("channel", "text"),
    ("debit", "money"),
    ("credit", "money"),
    ("balance", "money"),
)


def statement_document(
    work: UnitOfWork,
    account_id: str,
    first: date | None,
    last: date | None,
    form: str,
    language: str = "",
) -> Document:
    """The statement between two dates, or to date where none are given (DEP-98): what happened since the last one.

    Nothing changes for it: no interest is paid, no charge made, and the cycle goes on. Raises PeriodUnclear,
    PeriodTooLong.
    """
    account = repository.account(work, account_id)
    cycle = "" if first or last else periods.CURRENT
    return document_of(work, account, periods.asked_for(work, account, cycle, first, last), form, language)


def printed_document(
    work: UnitOfWork, account_id: str, first: date | None, last: date | None, form: str, language: str
) -> Document:
    """The same as a printed copy, which may cost something (DEP-54)."""
    document = statement_document(work, account_id, first, last, form, language)
    account = repository.account(work, account_id)
    cycle = "" if first or last else periods.CURRENT
    period = periods.asked_for(work, account, cycle, first, last)
    charges.charge_statement(work, account_id, period.first, period.last)
    return document


def document_of(
    work: UnitOfWork, account: DemandAccount, period: StatementPeriod, form: str, language: str = ""
) -> Document:
    """The statement of a period as pdf, csv or xlsx, named ``statement-<last4>-<from>-<to>``.

    It is written in ``language``, else in the holder's own, whatever the branch's or the caller's is (GEN-17).
    """
    reader = reader_of(work, language or parties.language_of(work, account.party_id))
    return render(statement_sheet(work, account, period, reader), form, reader, bom=form == "csv")


def statement_sheet(
    work: UnitOfWork, account: DemandAccount, asked: StatementPeriod, reader: Reader
) -> Sheet:
    """The statement before it has a form: opening and closing balance, and every line between them."""
    period = enquiry.statement_of(work, account, asked)
    first, last = period.first, period.last
    names = enquiry.code_names(work, {row.code for row in period.movements}, last, reader.language)
    zero = Money.zero(account.currency)
    rows: list[dict[str, Any]] = [
        {
            "date": row.business_date,
            "description": names.get(row.code, row.code) + (f" · {row.narrative}" if row.narrative else ""),
            "reference": reference_of(row.entry_id),
            "channel": wording.say(work, f"channels.{row.channel}", reader.language),
            "debit": Money(-row.minor, row.currency) if row.minor < 0 else None,
            "credit": Money(row.minor, row.currency) if row.minor > 0 else None,
            "balance": Money(row.balance_minor, row.currency),
        }
        for row in period.movements
    ]
    debits = sum((row["debit"] for row in rows if row["debit"]), zero)
    credits_ = sum((row["credit"] for row in rows if row["credit"]), zero)
    say = _words(work, reader)
    return Sheet(
        name=f"statement-{account.number[-4:]}-{first.isoformat()}-{last.isoformat()}",
        title=say("title"),
        columns=[SheetColumn(key, say(f"columns.{key}"), kind) for key, kind in COLUMNS],  # type: ignore[arg-type]
        rows=rows,
        facts=(
            (say("holder"), parties.display_name(work, account.party_id)),
            (say("account"), account.number),
            (say("period"), f"{reader.show(first, 'date')} – {reader.show(last, 'date')}"),
            (say("opening"), reader.show(period.opening, "money")),
            (say("closing"), reader.show(period.closing, "money")),
        ),
        totals={"debit": [debits], "credit": [credits_]},
        header_notes=_notes(work, account, last, "header", reader),
        notes=_notes(work, account, last, "footer", reader),
    )


def _notes(work: UnitOfWork, account: DemandAccount, on: date, section: str, reader: Reader) -> list[str]:
    """What the cooperative prints in a section of the statements of the account's branch that end on a date."""
    notes: list[tuple[str, StatementNote]] = list(work.config.all("deposits.statement_note", on))
    found = [
        (note.order, code, note.text(reader.language))
        for code, note in notes
        if section in note.sections and note.holds(account.branch, on)
    ]
    return [text for _, _, text in sorted(found)]


def _words(work: UnitOfWork, reader: Reader) -> Any:
    def say(name: str) -> str:
        return wording.say(work, f"documents.statement.{name}", reader.language)

    return say
