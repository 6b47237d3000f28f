"""Every way of paying back, through the API, with the numbers of the specification."""

from typing import Any

import pytest

from chalicelib.kernel.schedule import Formula, formulas, register
from chalicelib.kernel.schedule.errors import FormulaMissesValue
from tests.functional.loans.conftest import SetParameter
from tests.functional.loans.desk import column, named, refused, simulated
from tests.support.bank import Bank
from tests.support.given import money


@pytest.mark.feature("LON-16")
def test_a_level_instalment(bank: Bank) -> None:
    found = simulated(bank)
    assert column(found, "instalment") == ["916.80"] * 11 + ["916.81"]
    assert found["totals"]["interest"] == money("1001.61")
    assert column(found, "balance")[-1] == "0.00"
    assert found["formula"]["name"] == "Cuota nivelada"
    assert "C = P·i" in found["formula"]["words"]


@pytest.mark.feature("LON-17")
@pytest.mark.parametrize(
    ("exceptional", "regular", "last"),
    [
        (
            [{"number": 6, "amount": money("1000")}, {"number": 12, "amount": money("1000")}],
            "756.27",
            "1756.36",
        ),
        ([{"number": 6, "amount": money("2000"), "mode": "replace"}], "817.67", "817.63"),
    ],
)
def test_level_with_exceptional_instalments(
    bank: Bank, exceptional: list[dict[str, Any]], regular: str, last: str
) -> None:
    found = simulated(bank, exceptional=exceptional, terms={"formula": "regular_exceptions"})
    paid = column(found, "instalment")
    assert paid[0] == regular
    assert paid[5] == ("2000.00" if exceptional[0].get("mode") else "1756.27")
    assert paid[-1] == last
    assert column(found, "balance")[-1] == "0.00"


@pytest.mark.feature("LON-18")
def test_fixed_principal(bank: Bank) -> None:
    found = simulated(bank, terms={"formula": "fixed_principal"})
    assert column(found, "principal") == ["833.33"] * 11 + ["833.37"]
    assert (column(found, "instalment")[0], column(found, "instalment")[-1]) == ("983.33", "845.87")
    assert found["totals"]["interest"] == money("975.00")


@pytest.mark.feature("LON-19")
@pytest.mark.parametrize(
    ("percent", "first", "last"),
    [
        ("1", ["869.00", "877.69"], ["959.91", "969.50"]),
        ("-1", ["966.60", "956.93"], ["874.17", "865.44"]),
    ],
)
def test_every_instalment_changes_by_a_percentage(
    bank: Bank, percent: str, first: list[str], last: list[str]
) -> None:
    found = simulated(bank, terms={"formula": "geometric", "growth": {"percent": percent}})
    assert column(found, "instalment")[:2] == first
    assert column(found, "instalment")[-2:] == last
    assert column(found, "balance")[-1] == "0.00"


@pytest.mark.feature("LON-20", "LON-125")
def test_a_step_a_year_from_the_amortisation_plan(bank: Bank) -> None:
    shown = bank("admin").get("/v1/platform/parameters/loans.amortisation_plan/STEP").expect(200)
    assert '"step_geometric"' in shown.text
    assert '"-5"' in shown.text
    found = simulated(
        bank,
        principal=money("50000"),
        instalments=120,
        method="STEP",
        terms={"rate": {"percent": "12", "quoted": {"kind": "effective"}}},
    )
    paid = column(found, "instalment")
    assert (paid[0], paid[11], paid[12], paid[108], paid[119]) == (
        "832.64",
        "832.64",
        "791.00",
        "524.77",
        "524.69",
    )
    assert found["totals"]["interest"] == money("30185.36")
    assert column(found, "balance")[-1] == "0.00"
    assert "12 cuotas" in found["formula"]["words"]
    assert "-5 %" in found["formula"]["words"]


@pytest.mark.parametrize(
    ("growth", "first", "last"),
    [
        ({"amount": "20"}, ["810.35", "830.35"], "1030.29"),
        ({"amount": "50", "every_instalments": 6}, ["892.92", "892.92"], ""),
    ],
)
def test_the_instalment_grows_by_an_amount(
    bank: Bank, growth: dict[str, Any], first: list[str], last: str
) -> None:
    found = simulated(bank, terms={"formula": "arithmetic", "growth": growth})
    assert column(found, "instalment")[:2] == first
    assert last in ("", column(found, "instalment")[-1])
    assert column(found, "balance")[-1] == "0.00"


@pytest.mark.feature("LON-14")
def test_another_amortisation_plan_rebuilds_the_schedule(bank: Bank) -> None:
    level = simulated(bank, method="LEVEL")
    fixed = simulated(bank, method="FIXED")
    assert set(column(level, "instalment")[:-1]) == {"916.80"}
    assert set(column(fixed, "principal")[:-1]) == {"833.33"}
    assert fixed["method_name"] == "Capital fijo"


@pytest.mark.feature("LON-15")
def test_a_formula_is_selectable_once_its_flows_are_worth_the_principal(
    bank: Bank, set_parameter: SetParameter
) -> None:
    missing = int(formulas.ONE) * 10  # ten cents

    def wrong(problem: formulas.Problem) -> list[int]:
        return [amount - missing for amount in formulas.regular(problem)]

    with pytest.raises(FormulaMissesValue):
        register(Formula("own", wrong))
    body = {"names": named("Propia"), "formula": "own"}
    asked = {"code": "OWN", "effective_from": "2026-06-01", "body": body}
    answer = bank("admin").post("/v1/platform/parameters/loans.amortisation_plan", asked)
    assert answer.json["errors"][0]["code"] == "formula_not_registered"
    register(Formula("own", formulas.regular))
    try:
        set_parameter("loans.amortisation_plan", "OWN", body)
        found = simulated(bank, method="OWN")
    finally:
        formulas.unregister("own")
    assert column(found, "instalment")[-1] == "916.81"
    assert found["formula"] == {**found["formula"], "id": "own", "name": "own"}


@pytest.mark.feature("LON-53")
def test_rows_typed_by_hand_add_up_and_show_the_rate_they_imply(bank: Bank) -> None:
    days = ["2026-07-10", "2026-08-01", "2026-10-15", "2026-11-30", "2027-02-01", "2027-03-03", "2027-06-30"]
    typed = [{"due_on": day, "principal": money("1000")} for day in days]
    terms = {"formula": "irregular", "day_count": "actual/365"}
    asked: dict[str, Any] = {"principal": money("7000"), "instalments": 7, "disbursed_on": "2026-06-01"}
    found = simulated(bank, **asked, terms={**terms, "irregular": typed})
    assert column(found, "due_on") == days
    assert found["totals"]["principal"] == money("7000.00")
    short = [*typed[:-1], {"due_on": days[-1], "principal": money("900")}]
    assert refused(bank, **asked, terms={**terms, "irregular": short}) == (
        422,
        "irregular_rows",
        "terms.irregular",
    )
    paid = [{"due_on": row["due_on"], "instalment": row["instalment"]} for row in found["rows"]]
    implied = simulated(bank, **asked, terms={**terms, "rate": None, "irregular": paid})
    assert abs(float(implied["rate"]["nominal"]) - 18) < 0.01


@pytest.mark.feature("LON-51")
@pytest.mark.parametrize(
    ("frequency", "dates"),
    [
        ({"unit": "days", "every": 14}, ["2026-02-14", "2026-02-28", "2026-03-14"]),
        ({"unit": "months", "every": 1}, ["2026-02-28", "2026-03-31", "2026-04-30"]),
    ],
)
def test_instalments_every_so_many_days_or_months(
    bank: Bank, frequency: dict[str, Any], dates: list[str]
) -> None:
    found = simulated(bank, instalments=3, frequency=frequency, disbursed_on="2026-01-31")
    assert column(found, "due_on") == dates


@pytest.mark.feature("LON-54")
def test_an_exceptional_instalment_agreed_on_later_lowers_the_others(bank: Bank) -> None:
    extra = {"number": 11, "amount": money("1000")}
    event = {"kind": "exceptional", "on": "2026-05-20", "exceptional": extra}
    found = simulated(bank, disbursed_on="2026-01-15", events=[event])
    paid = [float(amount) for amount in column(found, "instalment")]
    assert found["rows"][10]["due_on"] == "2026-12-15"
    assert paid[:4] == [916.80] * 4
    assert paid[4] < 916.80
    assert round(paid[10] - paid[4], 2) == 1000.00
    assert column(found, "balance")[-1] == "0.00"


@pytest.mark.parametrize(
    ("effect", "rows", "instalment", "last"),
    [("lower_instalment", 12, "516.05", "516.03"), ("shorten_term", 9, "916.80", "354.85")],
)
def test_a_prepayment_lowers_the_instalment_or_shortens_the_term(
    bank: Bank, effect: str, rows: int, instalment: str, last: str
) -> None:
    event = {"kind": "payment", "on": "2026-05-15", "amount": money("3000"), "effect": effect}
    found = simulated(bank, disbursed_on="2026-01-15", events=[event])
    assert len(found["rows"]) == rows
    assert column(found, "balance")[3] == "6863.09"
    assert column(found, "instalment")[4] == instalment
    assert column(found, "instalment")[-1] == last
    course = found["course"]
    assert course["movements"][0]["prepaid"] == money("3000.00")
    assert float(course["saved"]["amount"]) > 0


def test_another_rate_changes_the_instalment_or_the_last_one(bank: Bank) -> None:
    change = {"kind": "rate_change", "on": "2026-05-15", "rate": {"percent": "20.4"}}
    found = simulated(bank, disbursed_on="2026-01-15", events=[change])
    assert column(found, "instalment")[4] == "924.80"
    kept = {**change, "changes_instalment": False}
    absorbed = simulated(bank, disbursed_on="2026-01-15", events=[kept])
    assert column(absorbed, "instalment")[4] == "916.80"
    assert float(column(absorbed, "instalment")[-1]) > 916.81


def test_the_principal_in_three_draws(bank: Bank) -> None:
    draws = [
        {"on": "2026-06-01", "amount": money("4000")},
        {"on": "2026-08-16", "amount": money("3000")},
        {"on": "2026-10-01", "amount": money("3000")},
    ]
    found = simulated(bank, draws=draws, terms={"day_count": "actual/365"})
    assert [(row["number"], row["drawn"]) for row in found["rows"] if row["drawn"]] == [
        (3, money("3000.00")),
        (5, money("3000.00")),
    ]
    assert found["disbursement"]["drawn"] == money("4000.00")
    assert found["totals"]["principal"] == money("10000.00")
    assert column(found, "balance")[-1] == "0.00"
    assert found["total_cost"]["by_dates"]


def test_grace_puts_principal_off(bank: Bank) -> None:
    terms = {"formula": "interest_only", "grace": {"principal": 3}}
    found = simulated(bank, terms=terms)
    assert column(found, "instalment")[:3] == ["150.00"] * 3
    assert column(found, "principal")[:3] == ["0.00"] * 3
    assert float(column(found, "instalment")[3]) > 1000
    assert column(found, "balance")[-1] == "0.00"
