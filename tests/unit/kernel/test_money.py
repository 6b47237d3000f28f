"""Money: exact, of one currency, and never created or lost by a split."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.currency import CURRENCIES
from chalicelib.kernel.money import (
    AmountTooLarge,
    CurrencyMismatch,
    ExcessDecimals,
    InvalidAmount,
    InvalidWeights,
    Money,
    UnknownCurrency,
    currency,
)
from chalicelib.kernel.rounding import DOWN, HALF_EVEN, Rounding, RoundingMode

minor_units = st.integers(-(10**26), 10**26)
weights = st.lists(st.integers(0, 10**6) | st.decimals(0, 1000, places=3), min_size=1, max_size=12)


def usd(text: str) -> Money:
    return Money.of(text, "USD")


@pytest.mark.parametrize(
    ("text", "code", "minor"),
    [
        ("12.34", "USD", 1234),
        ("12.3", "USD", 1230),
        ("12", "USD", 1200),
        ("-0.05", "USD", -5),
        ("-0", "USD", 0),
        ("007", "USD", 700),
        ("1234", "COP", 1234),
        ("1.234", "BHD", 1234),
        ("999999999999999999.99", "USD", 99999999999999999999),
        ("9" * 24 + ".99", "USD", 10**26 - 1),
        (5, "USD", 500),
        (Decimal("2.50"), "USD", 250),
        (Decimal("1000.00"), "COP", 1000),
        (Decimal("1E+2"), "USD", 10000),
    ],
)
def test_amount_is_read_exactly(text, code, minor):
    assert Money.of(text, code) == Money(minor, code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1,50",
        "1.",
        ".5",
        "+1",
        "1e3",
        "١٢",
        "0x10",
        "NaN",
        "Infinity",
        "1 000",
        "1\n",
        "--1",
        "9" * 5000,
    ],
)
def test_text_that_is_not_a_plain_decimal_is_refused(text):
    with pytest.raises(InvalidAmount):
        Money.of(text, "USD")


@pytest.mark.parametrize("value", [1.5, True, None, Decimal("NaN"), Decimal("1E+999999"), 10**200, b"1", [1]])
def test_floats_and_other_types_are_refused(value):
    with pytest.raises(InvalidAmount):
        Money.of(value, "USD")


@pytest.mark.parametrize(
    ("text", "code"), [("1.001", "USD"), ("1.000", "USD"), ("1.0", "COP"), ("1.2345", "BHD")]
)
def test_decimals_beyond_the_currency_are_refused_even_zeros(text, code):
    with pytest.raises(ExcessDecimals):
        Money.of(text, code)


def test_amount_beyond_24_integer_digits_is_refused():
    with pytest.raises(AmountTooLarge):
        Money.of("1" + "0" * 24, "USD")


@pytest.mark.parametrize("code", ["", "usd", "XXX", "US", None])
def test_unknown_currency_is_refused(code):
    with pytest.raises(UnknownCurrency):
        Money.of("1", code)


def test_decimals_follow_iso_4217_and_colombian_practice():
    assert {code: currency(code).decimals for code in ("USD", "COP", "CLP", "BHD", "CLF", "EUR", "JPY")} == {
        "USD": 2, "COP": 0, "CLP": 0, "BHD": 3, "CLF": 4, "EUR": 2, "JPY": 0,
    }  # fmt: skip
    assert len(CURRENCIES) > 150


@given(minor_units, st.sampled_from(["USD", "COP", "BHD", "CLF"]))
def test_text_and_decimal_read_back_to_the_same_money(minor, code):
    money = Money(minor, code)
    assert (
        Money(int(money.decimal.scaleb(currency(code).decimals)) if abs(minor) < 10**20 else minor, code)
        == money
    )
    if abs(minor) < 10**24:
        assert Money.of(money.text, code) == money
        assert Money.of(money.decimal, code) == money


def test_api_form_is_text_with_all_decimals():
    assert usd("1234.5").to_api() == {"amount": "1234.50", "currency": "USD"}
    assert Money(-5, "USD").text == "-0.05"
    assert Money(1234, "COP").text == "1234"
    assert Money.zero("USD").text == "0.00"


@given(minor_units, minor_units)
def test_addition_and_subtraction_undo_each_other(a, b):
    left, right = Money(a, "USD"), Money(b, "USD")
    assert left + right - right == left
    assert left - right == -(right - left)
    assert abs(left).minor == abs(a)
    assert bool(left) == (a != 0)
    assert (left < right, left <= right, left > right, left >= right) == (a < b, a <= b, a > b, a >= b)


@pytest.mark.parametrize(
    "operation",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a >= b,
        lambda a, b: Money.total([a, b], a.currency),
    ],
)
def test_currencies_never_mix(operation):
    with pytest.raises(CurrencyMismatch):
        operation(usd("1"), Money.of("1", "EUR"))


def test_same_number_of_another_currency_is_not_equal():
    assert Money(1, "USD") != Money(1, "EUR")
    assert Money(0, "USD") != 0
    assert len({Money(1, "USD"), Money(1, "USD"), Money(1, "EUR")}) == 2


def test_money_does_not_add_to_a_number():
    with pytest.raises(TypeError):
        usd("1") + 1  # type: ignore[operator]


def test_money_is_immutable_and_travels():
    money = usd("1.00")
    with pytest.raises(AttributeError):
        money.minor = 5
    with pytest.raises(AttributeError):
        del money.currency
    assert pickle.loads(pickle.dumps(money)) == money


def test_total_of_nothing_is_zero_of_the_currency():
    assert Money.total([], "COP") == Money(0, "COP")
    assert Money.total([usd("1.10"), usd("2.20")], "USD") == usd("3.30")


@given(minor_units, weights)
def test_split_sums_to_the_whole_and_each_part_is_within_one_unit_of_its_share(minor, by):
    if not any(by):
        with pytest.raises(InvalidWeights):
            Money(minor, "USD").split(by)
        return
    parts = Money(minor, "USD").split(by)
    assert sum(part.minor for part in parts) == minor
    total = sum(map(Fraction, by))
    for part, weight in zip(parts, by, strict=True):
        assert abs(part.minor - minor * Fraction(weight) / total) < 1


def test_split_gives_what_is_left_to_the_largest_remainders_first_of_ties():
    assert [part.text for part in usd("10.00").split([1, 1, 1])] == ["3.34", "3.33", "3.33"]
    assert [part.text for part in usd("0.05").split([Decimal("0.1"), Decimal("0.9")])] == ["0.01", "0.04"]
    assert [part.text for part in usd("-10.00").split([1, 1, 1])] == ["-3.34", "-3.33", "-3.33"]
    assert [part.text for part in usd("1.00").split([0, 1])] == ["0.00", "1.00"]


@pytest.mark.parametrize("by", [[], [0, 0], [1, -1]])
def test_split_refuses_weights_that_share_nothing(by):
    with pytest.raises(InvalidWeights):
        usd("1").split(by)


def test_product_is_rounded_once_by_the_policy():
    assert usd("0.50").times(Decimal("0.05")) == usd("0.03")
    assert usd("0.50").times(Decimal("0.05"), HALF_EVEN) == usd("0.02")
    assert usd("0.50").times(Fraction(1, 3), DOWN) == usd("0.16")
    assert Money(1001, "COP").times(1, Rounding(RoundingMode.UP, Decimal(50))) == Money(1050, "COP")
    assert usd("100.00").percent(2) == usd("2.00")
    assert usd("-100.01").percent(Decimal("0.5")) == usd("-0.50")
