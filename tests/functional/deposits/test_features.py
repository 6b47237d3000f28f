"""Features of savings accounts, shown through the API and real closings with the numbers of the specification."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.functional.deposits.conftest import CloseDays, SetParameter, StandOn
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money

BANDS = [
    {"from_amount": "0", "to_amount": "1000", "rate": "1"},
    {"from_amount": "1000", "to_amount": "5000", "rate": "2"},
    {"from_amount": "5000", "rate": "3"},
]


def a_plan(**changes: Any) -> dict[str, Any]:
    """The body of a savings plan at a fixed 3 % on 365 days."""
    return {
        "names": {"es": "Plan", "en": "Plan"},
        "product_class": "savings",
        "currency": "USD",
        "product_number": 20,
        "accounting_code": "savings",
        "pays_interest": True,
        "fixed_rate": "3",
        "day_count_base": 365,
        "interest_cycle": "QUARTER_END",
        "withholding_applies": False,
        "initial_status": "active",
        **changes,
    }


def earned(bank: Bank, account: dict[str, Any], first: str, last: str) -> list[dict[str, Any]]:
    """Interest of each day."""
    found = bank("officer").get(f"/v1/deposits/accounts/{account['id']}/interest?from={first}&to={last}")
    rows: list[dict[str, Any]] = found.expect(200).json["items"]
    return rows


def first_day(bank: Bank, account: dict[str, Any]) -> Decimal:
    """Interest of the first of June."""
    return Decimal(earned(bank, account, "2026-06-01", "2026-06-01")[0]["interest"])


@pytest.mark.feature("DEP-14", "DEP-15", "DEP-19")
@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, "2.465753"),
        ({"spread": "0.5"}, "2.876712"),
        ({"day_count_base": 360}, "2.500000"),
    ],
)
def test_thirty_days_at_a_fixed_rate(
    bank: Bank, set_parameter: SetParameter, terms: dict[str, Any], expected: str
) -> None:
    set_parameter("deposits.plan", "FIX", a_plan(**terms))
    account = an_account(bank, plan="FIX", balance="1000.00")
    rows = earned(bank, account, "2026-06-01", "2026-06-30")
    assert len(rows) == 30
    assert Decimal(rows[-1]["cumulative"]) == Decimal(expected)


@pytest.mark.feature("DEP-20", "DEP-21", "DEP-22")
def test_flat_tiered_and_banded_price_the_same_balance_by_their_method(
    bank: Bank, set_parameter: SetParameter
) -> None:
    for method in ("tiered", "banded"):
        code = {"names": {"es": method}, "currency": "USD", "method": method, "bands": BANDS}
        set_parameter("deposits.interest_code", f"X_{method}", code)
        terms = {"fixed_rate": None, "interest_code": f"X_{method}", "credit_method": method}
        set_parameter("deposits.plan", f"X_{method}", a_plan(**terms))
    set_parameter("deposits.plan", "FLAT", a_plan())
    one_day = {
        plan: Decimal(
            earned(bank, an_account(bank, plan=plan, balance=balance), "2026-06-01", "2026-06-01")[0][
                "interest"
            ]
        )
        for plan, balance in (("X_tiered", "8000.00"), ("X_banded", "8000.00"))
    }
    assert one_day == {"X_tiered": Decimal("0.657534"), "X_banded": Decimal("0.493151")}
    small, large = (
        first_day(bank, an_account(bank, plan="FLAT", balance=each)) for each in ("500.00", "50000.00")
    )
    assert large == pytest.approx(small * 100, abs=Decimal("0.0001"))


@pytest.mark.feature("DEP-23")
def test_bands_over_a_reference_rate(bank: Bank, set_parameter: SetParameter) -> None:
    spreads = [
        {**row, "rate": None, "spread": spread} for row, spread in zip(BANDS, ("0", "0.5", "1"), strict=True)
    ]
    year = {}
    for method in ("tiered", "banded"):
        code = {
            "names": {"es": method},
            "currency": "USD",
            "rate_type": "variable",
            "reference_rate": "TPC",
            "method": method,
            "bands": spreads,
        }
        set_parameter("deposits.interest_code", f"V_{method}", code)
        terms = {
            "fixed_rate": None,
            "rate_type": "variable",
            "interest_code": f"V_{method}",
            "credit_method": method,
        }
        set_parameter("deposits.plan", f"V_{method}", a_plan(**terms))
        account = an_account(bank, plan=f"V_{method}", balance="8000.00")
        year[method] = Decimal(earned(bank, account, "2026-06-01", "2026-06-01")[0]["interest"]) * 365
    assert round(year["banded"], 2) == Decimal("210.00")
    assert round(year["tiered"], 2) == Decimal("240.00")


@pytest.mark.feature("DEP-16", "DEP-17")
def test_rates_change_on_their_date_and_not_before(bank: Bank, set_parameter: SetParameter) -> None:
    variable = an_account(bank, plan="S4", balance="1000.00")
    by_day = {
        row["day"]: Decimal(row["interest"]) for row in earned(bank, variable, "2026-06-01", "2026-06-20")
    }
    assert by_day["2026-06-14"] == round(Decimal(1000) * Decimal("0.0225") / 365, 6)
    assert by_day["2026-06-15"] == round(Decimal(1000) * Decimal("0.0265") / 365, 6)
    steps = [{"effective_from": "2026-07-01", "value": "2.5"}]
    set_parameter("deposits.plan", "SCH", a_plan(fixed_rate="2", scheduled_rates=steps))
    scheduled = an_account(bank, plan="SCH", balance="1000.00")
    rows = {
        row["day"]: Decimal(row["interest"]) for row in earned(bank, scheduled, "2026-06-01", "2026-07-02")
    }
    assert rows["2026-06-30"] == round(Decimal(20) / 365, 6)
    assert rows["2026-07-01"] == round(Decimal(25) / 365, 6)


@pytest.mark.feature("DEP-18")
def test_one_change_of_an_interest_code_reprices_every_account_that_follows_it(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    terms = {"fixed_rate": None, "interest_code": "SHARED"}
    code = {"names": {"es": "Común"}, "currency": "USD", "bands": [{"from_amount": "0", "rate": "2"}]}
    set_parameter("deposits.interest_code", "SHARED", code)
    for number, plan in enumerate(("F1", "F2")):
        set_parameter("deposits.plan", plan, a_plan(**terms, product_number=21 + number))
    followers = [an_account(bank, plan=plan, balance="1000.00") for plan in ("F1", "F2")]
    apart = an_account(bank, plan="S1", balance="1000.00")
    dearer = {**code, "bands": [{"from_amount": "0", "rate": "4"}]}
    set_parameter("deposits.interest_code", "SHARED", dearer, effective_from="2026-06-02")
    close_days(2)
    for account in followers:
        days = [row["interest"] for row in earned(bank, account, "2026-06-01", "2026-06-02")]
        assert days == ["0.054795", "0.109589"]
        balances = bank("officer").get(f"/v1/deposits/accounts/{account['id']}/balances").expect(200)
        assert balances["accrued_interest"] == "0.164384"
    days = [row["interest"] for row in earned(bank, apart, "2026-06-01", "2026-06-02")]
    assert days == ["0.055556", "0.055556"]


@pytest.mark.feature("DEP-13")
def test_a_current_account_earns_only_where_its_plan_pays(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.plan", "CI", a_plan(product_class="checking", accounting_code="checking"))
    paying = an_account(bank, plan="CI", balance="1000.00")
    silent = an_account(bank, plan="C1", balance="1000.00")
    assert Decimal(earned(bank, paying, "2026-06-01", "2026-06-01")[0]["interest"]) > 0
    assert Decimal(earned(bank, silent, "2026-06-01", "2026-06-01")[0]["interest"]) == 0


@pytest.mark.feature("DEP-06", "DEP-07")
def test_an_account_inherits_its_plan_and_overrides_what_it_may(
    bank: Bank, set_parameter: SetParameter
) -> None:
    member = a_member(bank)
    set_parameter("deposits.fee_table", "OWN", {"names": {"es": "Tabla", "en": "Table"}, "lines": []})
    terms = {
        "interest_code": "TIERED",
        "credit_method": "tiered",
        "fee_table": "OWN",
        "minimum_balance": "20",
        "interest_cycle": "QUARTER_END",
        "fee_cycle": "MONTH_END",
        "statement_cycle": "MONTH_END",
    }
    set_parameter("deposits.plan", "INH", a_plan(**terms, fixed_rate=None))
    plain = an_account(bank, plan="INH", party_id=member["id"])
    found = {row["field"]: row for row in plain["terms"]}
    for field, value in terms.items():
        assert found[field] == {"field": field, "value": value, "source": "plan"}
    asked = {"party_id": member["id"], "branch": "1", "plan": "INH", "overrides": {"minimum_balance": "50"}}
    own = bank("officer").post("/v1/deposits/accounts", asked).expect(201).json
    found = {row["field"]: row for row in own["terms"]}
    assert found["minimum_balance"] == {"field": "minimum_balance", "value": "50", "source": "account"}
    refused = bank("officer").post("/v1/deposits/accounts", {**asked, "overrides": {"currency": "EUR"}})
    assert (refused.status, refused.code, refused["field"]) == (422, "not_overridable", "overrides.currency")


@pytest.mark.feature("DEP-09")
def test_minimum_balance_that_forbids(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.plan", "MIN", a_plan(minimum_balance="20"))
    account = an_account(bank, plan="MIN", balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    refused = bank("teller").post(path, {"amount": money("85.00")})
    assert (refused.status, refused.code) == (422, "below_minimum_balance")
    bank("teller").post(path, {"amount": money("80.00")}).expect(201)


@pytest.mark.feature("DEP-106")
def test_an_account_that_its_holder_leaves_alone_becomes_inactive_and_then_dormant(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays, stand_on: StandOn
) -> None:
    asleep = {"names": {"es": "Dormida"}, "base_class": "dormant", "allow": {"debit": False, "cheque": False}}
    set_parameter("deposits.status_code", "dormant", asleep)
    control = bank.work().config.main("deposits.control", date(2026, 6, 1)).to_body()
    set_parameter("deposits.control", "main", {**control, "inactivity_days": 30, "dormancy_days": 60})
    account = an_account(bank, plan="S2", balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}"
    seen = []
    for day in ("2026-07-01", "2026-07-02", "2026-07-31", "2026-08-03"):
        stand_on(day)
        close_days(1)
        seen.append(bank("officer").get(path).expect(200)["state"])
    assert seen == ["active", "inactive", "inactive", "dormant"]
    assert bank("teller").post(f"{path}/withdrawals", {"amount": money("1.00")}).code == "status_forbids"


def test_an_account_waits_until_it_holds_its_opening_minimum(bank: Bank, set_parameter: SetParameter) -> None:
    set_parameter("deposits.plan", "WAIT", a_plan(opening_minimum="20", initial_status="PEN"))
    account = an_account(bank, plan="WAIT", balance="19.99")
    path = f"/v1/deposits/accounts/{account['id']}"
    assert account["state"] == "pending_funding"
    assert bank("teller").post(f"{path}/withdrawals", {"amount": money("1.00")}).code == "status_forbids"
    bank("teller").post(f"{path}/deposits", {"amount": money("0.01")}).expect(201)
    assert bank("officer").get(path)["state"] == "active"
    bank("teller").post(f"{path}/withdrawals", {"amount": money("1.00")}).expect(201)


@pytest.mark.feature("DEP-02")
def test_each_branch_charges_its_own_amount(bank: Bank, set_parameter: SetParameter) -> None:
    for branch, amount in (("1", "1.50"), ("2", "2.00")):
        body = {"fixed_charge_amounts": [{"charge": "EXT", "amount": amount}]}
        asked = {"code": "main", "scope": f"branch:{branch}", "effective_from": "2026-06-01", "body": body}
        version = (
            bank("admin").post("/v1/platform/parameters/deposits.branch_control", asked).expect(201).json
        )
        bank("admin2").post(
            f"/v1/platform/parameter-versions/{version['id']}/approvals",
            {"decision": "approve", "reason": "ok"},
        ).expect(201)
    for branch, who, amount in (("1", "manager", "1.50"), ("2", "manager2", "2.00")):
        account = an_account(bank, plan="S2", branch=branch, balance="50.00")
        made = bank(who).post(f"/v1/deposits/accounts/{account['id']}/charges", {"charge": "EXT"}).expect(201)
        assert made["amount"] == money(amount)
