"""A document before it has a form: title, facts, columns, rows and totals, and for whom it is written."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.platform import clock, formats, wording
from chalicelib.platform.reports.registry import Kind
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork

RIGHT_ALIGNED = frozenset({"money", "integer", "percent"})


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column with its label in the reader's language."""

    key: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a document is written: whose words, whose marks in numbers and dates, which clock, whose brand.

    ``words`` holds the few texts that every document needs: page, totals, yes, no, generated.
    """

    language: str
    locale: str
    time_zone: str
    institution: str
    primary: str
    words: dict[str, str]
    logo: str = ""

    def show(self, value: Any, kind: Kind) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, Money):
            return formats.amount(value, self.locale)
        if isinstance(value, datetime):
            return formats.instant(value, self.locale, self.time_zone)
        if isinstance(value, date):
            return formats.day(value, self.locale)
        if isinstance(value, Decimal) and kind == "percent":
            return formats.percent(value, self.locale)
        if isinstance(value, int) and kind == "integer":
            return formats.number(str(value), self.locale)
        return str(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document says. ``facts`` are the lines under the title: filters, holder, period, balances.

    ``header_notes`` stand between them and the rows, ``notes`` after the rows; a CSV has neither.
    ``totals`` holds, by column key, amounts (one per currency) or a count.
    """

    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Sequence[dict[str, Any]]
    facts: Sequence[tuple[str, str]] = ()
    totals: dict[str, list[Money] | int] = field(default_factory=dict)
    notes: Sequence[str] = ()
    header_notes: Sequence[str] = ()
    generated_at: datetime = field(default_factory=clock.now)

    def currencies(self, key: str) -> list[str]:
        """The currencies that a money column holds, in the order in which they first appear."""
        values = (row.get(key) for row in self.rows)
        return list(dict.fromkeys(value.currency for value in values if isinstance(value, Money)))


def reader_of(work: UnitOfWork, language: str = "", locale: str = "") -> Reader:
    """The caller as a reader, or a reader of another language or locale of the same cooperative."""
    chosen = language or work.context.language
    tenant = work.get(TENANTS)
    words = {
        name: wording.say(work, f"documents.{name}", chosen)
        for name in ("page", "total", "yes", "no", "generated")
    }
    return Reader(
        chosen,
        locale or formats.locale_for(work.context.tenant, chosen),
        tenant.time_zone,
        tenant.trade_name or tenant.legal_name,
        tenant.branding.primary,
        words,
        tenant.branding.logo,
    )


def check_reader(work: UnitOfWork, language: str, locale: str = "") -> None:
    """What a caller may ask a document to be written in. Raises LanguageNotOffered, UnknownLocale."""
    wording.check_spoken(work, language)
    formats.check_locale(locale)


def totals_of(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> dict[str, list[Money] | int]:
    """The sums of these columns: of amounts one per currency, in the order in which the currencies appear."""
    totals: dict[str, list[Money] | int] = {}
    for key in columns:
        values = [row[key] for row in rows if row.get(key) is not None]
        if values and not isinstance(values[0], Money):
            totals[key] = sum(int(value) for value in values)
            continue
        sums: dict[str, int] = {}
        for money in values:
            sums[money.currency] = sums.get(money.currency, 0) + money.minor
        totals[key] = [Money(minor, code) for code, minor in sums.items()]
    return totals
