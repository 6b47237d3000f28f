"""The consolidated position as a document with a code that others can check (POR-02)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.member_portal.plans import SETTINGS
from chalicelib.modules.member_portal.service.position import Position, position
from chalicelib.modules.parties import public as parties
from chalicelib.platform import formats, today, verification, wording
from chalicelib.platform.reports import Document, Kind, Reader, Sheet, SheetColumn, reader_of, render
from chalicelib.platform.work import UnitOfWork

KIND = "member_position"
COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("product", "text"),
    ("number", "text"),
    ("ledger", "money"),
    ("owed", "money"),
    ("available", "money"),
    ("held", "money"),
)
SUMMED = ("ledger", "owed", "available", "held")


@dataclass(frozen=True, slots=True)
class Issued:
    """A document with the code under which it can be checked."""

    document: Document
    verifiable: verification.VerifiableDocument


def issue_position(work: UnitOfWork, form: str) -> Issued:
    """The position as it is now, in the reader's language; its code and net totals are kept."""
    code, reader, found = verification.new_code(), reader_of(work), position(work)
    document = render(position_sheet(work, found, code, reader), form, reader)
    settings = work.config.main(SETTINGS, today.business_day(work))
    valid = timedelta(days=settings.document_valid_days)
    nets = [total.net for total in found.totals]
    return Issued(document, verification.register(work, code, KIND, document.content, nets, valid))


def position_sheet(work: UnitOfWork, found: Position, code: str, reader: Reader) -> Sheet:
    """The document before it has a form: every product, totals by currency, and how to check it."""

    def say(key: str, **params: Any) -> str:
        return wording.say(work, f"documents.{KIND}.{key}", reader.language, **params)

    shown = [each for each in found.accounts if each.active]
    settings = work.config.main(SETTINGS, today.business_day(work))
    return Sheet(
        name=f"position-{found.business_date or today.calendar_day(work).isoformat()}",
        title=say("title"),
        columns=[SheetColumn(key, say(f"columns.{key}"), kind) for key, kind in COLUMNS],
        rows=[_row(each, say, reader) for each in shown],
        facts=tuple(_facts(work, found, code, reader)),
        totals={key: [getattr(total, key) for total in found.totals] for key in SUMMED},
        notes=(say("check", code=verification.shown(code), days=settings.document_valid_days),),
        generated_at=found.as_of,
    )


def _row(product: parties.ProductSummary, say: Callable[..., str], reader: Reader) -> dict[str, Any]:
    """The member's part of a product, so that the columns add up; of a joint account it says what the whole is."""
    owed, name = product.nature == "owed", product.name
    if product.joint_pct is not None:
        whole = formats.amount_with_currency(product.balance, reader.locale)
        share = formats.percent(product.joint_pct, reader.locale)
        name = say("joint", product=name, share=share, whole=whole)
    return {
        "product": name,
        "number": product.number,
        "ledger": None if owed else product.own_balance,
        "owed": product.own_balance if owed else None,
        "available": product.own_available,
        "held": product.own_blocked,
    }


def _facts(work: UnitOfWork, found: Position, code: str, reader: Reader) -> list[tuple[str, str]]:
    def say(key: str, **params: Any) -> str:
        return wording.say(work, f"documents.{KIND}.{key}", reader.language, **params)

    party = parties.party(work, work.context.actor.party_id)
    facts = [
        (say("member"), parties.display_name(work, party.id)),
        (say("member_number"), str(party.number)),
        (say("as_of"), reader.show(found.as_of, "instant")),
    ]
    for total in found.totals:
        facts.append((say("net"), formats.amount_with_currency(total.net, reader.locale)))
    if found.base_total and len(found.totals) > 1:
        whole = formats.amount_with_currency(found.base_total.net, reader.locale)
        facts.append((say("base_net"), whole))
    facts.append((say("code"), verification.shown(code)))
    return facts
