"""Accounts beyond their attributes are found, whichever side they grow on."""

from decimal import Decimal

from chalicelib.kernel.money import Money
from chalicelib.modules.accounting.domain.breaches import Breach, balance_breaches, leg_breach
from chalicelib.modules.accounting.domain.sheet import Row
from tests.unit.accounting.builders import a_chart, a_leg, an_account

CHART = a_chart(
    "110105",
    a210135=an_account(
        "210135",
        minimum_balance="10.00",
        maximum_balance="100.00",
        minimum_transaction="1.00",
        maximum_transaction="50.00",
    ),
)


def kinds(closing: int, code: str = "210135") -> list[str]:
    return [breach.kind for breach in balance_breaches({code: Row(closing, 0, 0)}, CHART, "USD")]


def test_a_balance_on_the_wrong_side() -> None:
    assert kinds(1) == ["abnormal_side", "minimum_balance"]
    assert kinds(-1, "110105") == ["abnormal_side"]


def test_balances_are_held_against_their_limits_on_the_normal_side() -> None:
    assert kinds(-5_000) == []
    assert kinds(-999) == ["minimum_balance"]
    assert kinds(-10_001) == ["maximum_balance"]


def test_movements_outside_their_limits() -> None:
    assert leg_breach(a_leg("210135", -5_000), CHART) is None
    assert leg_breach(a_leg("210135", 5_001), CHART) == Breach(
        "210135", "maximum_transaction", Money(5_001, "USD"), Decimal("50.00")
    )
    small = leg_breach(a_leg("210135", 99), CHART)
    assert small is not None
    assert small.kind == "minimum_transaction"


def test_accounts_outside_the_chart_have_no_limits() -> None:
    assert list(balance_breaches({"999999": Row(-1, 0, 0)}, CHART, "USD")) == []
    assert leg_breach(a_leg("999999", 1), CHART) is None
