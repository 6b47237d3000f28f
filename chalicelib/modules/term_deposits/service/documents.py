"""A simulation as a document: the same figures as on the screen, in the reader's language and the tenant's brand."""

from typing import Any

from chalicelib.kernel.names import name_in
from chalicelib.modules.term_deposits.service.simulation import Simulation
from chalicelib.modules.term_deposits.service.wording import formula, notices, rounded, yield_text
from chalicelib.platform import formats, wording
from chalicelib.platform.reports import Document, Reader, Sheet, SheetColumn, reader_of, render
from chalicelib.platform.reports.registry import Kind
from chalicelib.platform.work import UnitOfWork

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("number", "integer"),
    ("date", "date"),
    ("days", "integer"),
    ("interest", "money"),
    ("withheld", "money"),
    ("net", "money"),
    ("paid", "money"),
    ("capital", "money"),
)
SUMMED = ("interest", "withheld", "net", "paid")


def simulation_document(work: UnitOfWork, simulation: Simulation, form: str, language: str = "") -> Document:
    """The simulation as pdf, csv or xlsx, in ``language`` or the language of who asks."""
    reader = reader_of(work, language)
    return render(simulation_sheet(work, simulation, reader), form, reader, bom=form == "csv")


def simulation_sheet(work: UnitOfWork, simulation: Simulation, reader: Reader) -> Sheet:
    """The simulation before it has a form."""

    def say(key: str) -> str:
        return wording.say(work, f"documents.term_deposit.{key}", reader.language)

    quotation = simulation.quotation
    rows = [{key: getattr(row, key) for key, _ in COLUMNS} for row in quotation.payments]
    told = formula(work, simulation, reader.language)
    texts = [each.text for each in notices(work, simulation, reader.language)]
    sums: dict[str, list[Any] | int] = {
        "interest": [quotation.totals.interest],
        "withheld": [quotation.totals.withheld],
        "net": [quotation.totals.net],
        "paid": [quotation.totals.received],
    }
    return Sheet(
        name=f"term-deposit-{simulation.product.code or 'own'}-{quotation.deposit.opened_on.isoformat()}",
        title=say("title"),
        columns=[SheetColumn(key, say(f"columns.{key}"), kind) for key, kind in COLUMNS],
        rows=rows,
        facts=_facts(work, simulation, reader),
        totals=sums,
        notes=(told.words, told.worked, *texts),
    )


def _facts(work: UnitOfWork, simulation: Simulation, reader: Reader) -> tuple[tuple[str, str], ...]:
    def say(key: str) -> str:
        return wording.say(work, f"documents.term_deposit.{key}", reader.language)

    def money(amount: Any) -> str:
        return formats.amount_with_currency(amount, reader.locale)

    quotation, plan = simulation.quotation, simulation.product.plan
    deposit = quotation.deposit
    payment = f"fields.term_deposits.plan.payments.options.{quotation.payment.value}"
    cancelled = quotation.cancellation
    facts = [
        (say("product"), name_in(plan.names, reader.language)),
        (say("amount"), money(deposit.principal)),
        (say("opening"), reader.show(deposit.opened_on, "date")),
        (say("maturity"), reader.show(deposit.paid_on, "date")),
        (say("term"), reader.show(deposit.term_days, "integer")),
        (say("payment"), wording.say(work, payment, reader.language)),
        (say("nominal"), reader.show(rounded(quotation.nominal.percent), "percent")),
        (say("effective"), reader.show(rounded(quotation.effective.percent), "percent")),
        (say("net_yield"), yield_text(work, quotation.net_yield, reader.language)),
        (say("maturity_amount"), money(quotation.totals.maturity_amount)),
    ]
    if cancelled is not None:
        facts.append((say("cancelled_on"), reader.show(cancelled.date, "date")))
        facts.append((say("penalty"), money(cancelled.penalty)))
        facts.append((say("cancelled_received"), money(cancelled.received)))
    return tuple(facts)
