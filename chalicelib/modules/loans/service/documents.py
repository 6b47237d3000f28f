"""A simulation as a document in the cooperative's brand: the figures of the screen, in the reader's language."""

from typing import Any

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.kernel.schedule.rows import Row, Schedule
from chalicelib.modules.loans.domain.pricing import shown
from chalicelib.modules.loans.service import words
from chalicelib.modules.loans.service.simulation import Simulation
from chalicelib.platform import wording
from chalicelib.platform.reports import Document, Reader, Sheet, SheetColumn, reader_of, render
from chalicelib.platform.work import UnitOfWork

COLUMNS = (
    ("number", "integer"),
    ("due_on", "date"),
    ("principal", "money"),
    ("interest", "money"),
    ("insurance", "money"),
    ("charges", "money"),
    ("instalment", "money"),
    ("balance", "money"),
)
ALWAYS = ("number", "due_on", "principal", "interest", "instalment", "balance")
SUMMED = ("principal", "interest", "insurance", "charges", "instalment")


def simulation_document(work: UnitOfWork, simulated: Simulation, form: str, language: str = "") -> Document:
    """The table of a simulation as pdf, csv or xlsx."""
    reader = reader_of(work, language)
    return render(simulation_sheet(work, simulated, reader), form, reader, bom=form == "csv")


def simulation_sheet(work: UnitOfWork, simulated: Simulation, reader: Reader) -> Sheet:
    """The simulation before it has a form; columns without any amount are left out."""
    rows = [_row(simulated.schedule, row) for row in simulated.rows]
    shown = [(key, kind) for key, kind in COLUMNS if key in ALWAYS or any(row[key].minor for row in rows)]

    def say(name: str) -> str:
        return wording.say(work, f"documents.loan_simulation.{name}", reader.language)

    code = simulated.schedule.currency
    return Sheet(
        name=f"simulation-{simulated.asked.product or 'loan'}-{simulated.terms.disbursed_on.isoformat()}",
        title=say("title"),
        columns=[SheetColumn(key, say(f"columns.{key}"), kind) for key, kind in shown],  # type: ignore[arg-type]
        rows=rows,
        facts=[(say(name), value) for name, value in _facts(work, simulated, reader)],
        totals={
            key: [Money(sum(row[key].minor for row in rows), code)] for key in SUMMED if key in dict(shown)
        },
        notes=[notice.text for notice in simulated.notices],
    )


def _row(made: Schedule, row: Row) -> dict[str, Any]:
    money = made.money
    return {
        "number": row.number,
        "due_on": row.due,
        "principal": money(row.principal_minor),
        "interest": money(row.interest_minor),
        "insurance": money(row.insurance_minor),
        "charges": money(row.charges_minor),
        "instalment": money(row.instalment_minor),
        "balance": money(row.balance_minor),
    }


def _facts(work: UnitOfWork, simulated: Simulation, reader: Reader) -> list[tuple[str, str]]:
    made, language = simulated.schedule, reader.language
    money = made.money
    facts = [
        ("product", name_in(simulated.plan.names, language) if simulated.plan else ""),
        ("principal", reader.show(money(made.principal_minor), "money")),
        ("net", reader.show(money(made.net_minor), "money") if made.withheld.total_minor else ""),
        ("disbursed_on", reader.show(simulated.terms.disbursed_on, "date")),
        ("instalments", f"{len(made.rows)} · {words.frequency(work, simulated.frequency, language)}"),
        ("nominal", reader.show(shown(made.nominal.percent), "percent")),
        ("effective", reader.show(shown(made.effective.percent, 2), "percent")),
        (
            "total_cost",
            "" if simulated.cost.annual is None else reader.show(shown(simulated.cost.annual, 2), "percent"),
        ),
        ("total_interest", reader.show(money(made.totals.interest_minor), "money")),
        ("total_paid", reader.show(money(made.totals.paid_minor), "money")),
        ("formula", words.formula_words(work, simulated.terms, language)),
    ]
    return [(name, value) for name, value in facts if value]
