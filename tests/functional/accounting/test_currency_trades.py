"""Foreign currency bought and sold in cash, at the rate of the instant, with the entry to show for it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.modules.accounting.service import trades
from chalicelib.platform.today import calendar_day
from tests.functional.accounting.books import set_parameter
from tests.support.api import Reply
from tests.support.bank import Bank
from tests.support.given import a_member, money

TRADES = "/v1/accounting/currency-trades"
POSITION = {
    "names": {"es": "Posición en moneda extranjera"},
    "account_class": "asset",
    "normal_side": "debit",
    "level": 4,
    "parent": "1101",
    "postable": True,
}
Rate = Callable[..., None]


@pytest.fixture
def member(bank: Bank) -> str:
    """Somebody at a counter that may exchange currency."""
    set_parameter(bank, "accounting.account", "110190", POSITION)
    set_parameter(bank, "accounting.role_map", "fx_position", {"account": "110190"})
    grant = {"permission": "accounting.trade_currency", "subject_kind": "group", "subject": "teller"}
    set_parameter(bank, "administration.function_grant", "accounting.trade_currency", grant)
    return str(a_member(bank, given_1="Nina", surname_1="Guamán")["id"])


@pytest.fixture
def day(bank: Bank) -> datetime:
    """Midnight, Greenwich, of a day to come."""
    later = calendar_day(bank.work()) + timedelta(days=2)
    return datetime.fromisoformat(f"{later}T00:00:00+00:00")


@pytest.fixture
def rate(bank: Bank, day: datetime) -> Rate:
    """``rate("EUR", "buy", "1.0800", 10)``: from ten o'clock of the day on."""

    def made(code: str, rate_type: str, value: str, hour: int = 0) -> None:
        body = {
            "currency": code,
            "rate_type": rate_type,
            "value": value,
            "valid_from": (day + timedelta(hours=hour)).isoformat(),
        }
        set_parameter(bank, "platform.exchange_rate", f"{code}.{rate_type}", body)

    return made


@pytest.fixture
def noon(day: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let it be twelve o'clock of the day at the counter."""
    twelve = SimpleNamespace(now=lambda: day + timedelta(hours=12))
    return lambda: monkeypatch.setattr(trades, "clock", twelve)


def traded(bank: Bank, party_id: str, amount: dict[str, str], other: str, **also: str) -> Reply:
    return bank("teller").post(
        TRADES, {"party_id": party_id, "amount": amount, "other_currency": other, **also}
    )


def legs(bank: Bank, entry_id: str) -> list[tuple[str, str, str, str]]:
    """(side, role, amount, currency) of an entry, as the accountant reads it."""
    entry = bank("accountant").get(f"/v1/accounting/entries/{entry_id}").expect(200)
    return [(leg["side"], leg["role"], *leg["amount"].values()) for leg in entry["legs"]]


@pytest.mark.feature("GEN-21")
def test_a_purchase_at_noon_uses_the_rate_of_ten_and_its_entry_quotes_it(
    bank: Bank, member: str, rate: Rate, noon: Callable[[], None], day: datetime
) -> None:
    rate("EUR", "buy", "1.0850", 15)
    rate("EUR", "buy", "1.0800", 10)
    noon()
    receipt = traded(bank, member, money("250.00", "EUR"), "USD").expect(201).json
    assert (receipt["code"], receipt["holder"]) == ("currency_purchase", "Nina Guamán")
    assert (receipt["paid"], receipt["received"]) == (money("250.00", "EUR"), money("270.00"))
    quoted = {"currency": "EUR", "rate_type": "buy", "value": "1.0800"}
    entry = bank("accountant").get(f"/v1/accounting/entries/{receipt['entry_id']}").expect(200).json
    for shown in (receipt["rates"], entry["rates"]):
        (used,) = shown
        assert {name: used[name] for name in quoted} == quoted
        assert datetime.fromisoformat(used["valid_from"]) == day + timedelta(hours=10)
    assert legs(bank, receipt["entry_id"]) == [
        ("debit", "cash_on_hand", "250.00", "EUR"),
        ("credit", "fx_position", "250.00", "EUR"),
        ("debit", "fx_position", "270.00", "USD"),
        ("credit", "cash_on_hand", "270.00", "USD"),
    ]
    assert entry["source"]["path"] == f"/parties/parties/{member}"


def test_a_sale_of_a_wanted_amount_asks_for_its_price_at_the_sell_rate(
    bank: Bank, member: str, rate: Rate, noon: Callable[[], None]
) -> None:
    rate("EUR", "buy", "1.0800")
    rate("EUR", "sell", "1.1000")
    noon()
    receipt = traded(bank, member, money("100.00", "EUR"), "USD", fixed="received").expect(201).json
    assert (receipt["code"], receipt["paid"], receipt["received"]) == (
        "currency_sale",
        money("110.00"),
        money("100.00", "EUR"),
    )
    for code in ("USD", "EUR"):
        found = bank("accountant").get(f"/v1/accounting/trial-balance?currency={code}").expect(200)
        assert found["totals"]["difference"] == money("0.00", code)


@pytest.mark.feature("GEN-25")
@pytest.mark.parametrize(
    ("code", "sell", "paid", "posted"),
    [("COP", "1", "1234.50", "1235"), ("BHD", "10000", "12345.00", "1.235")],
)
def test_a_computed_amount_is_posted_with_the_decimals_of_its_currency(
    bank: Bank,
    member: str,
    rate: Rate,
    noon: Callable[[], None],
    code: str,
    sell: str,
    paid: str,
    posted: str,
) -> None:
    """1,234.5 pesos are 1,235; 1.2345 dinars are 1.235."""
    rate(code, "sell", sell)
    noon()
    receipt = traded(bank, member, money(paid), code).expect(201).json
    assert receipt["received"] == {"amount": posted, "currency": code}
    assert ("credit", "cash_on_hand", posted, code) in legs(bank, receipt["entry_id"])


def test_two_foreign_currencies_are_exchanged_through_the_base(
    bank: Bank, member: str, rate: Rate, noon: Callable[[], None]
) -> None:
    rate("EUR", "buy", "1.0800")
    rate("COP", "sell", "0.000255")
    noon()
    receipt = traded(bank, member, money("250.00", "EUR"), "COP").expect(201).json
    assert (receipt["code"], receipt["received"]) == ("currency_exchange", money("1058824", "COP"))
    assert receipt["base_value"] == money("270.00")
    assert [used["currency"] for used in receipt["rates"]] == ["EUR", "COP"]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"amount": {"amount": "1234.5", "currency": "COP"}}, "excess_decimals", "amount"),
        ({"amount": {"amount": "1.2345", "currency": "BHD"}}, "excess_decimals", "amount"),
        ({"amount": {"amount": "1", "currency": "COP"}}, "trade_too_small", "amount"),
        ({"other_currency": "COP"}, "same_currency", "other_currency"),
        ({"other_currency": "ZZZ"}, "unknown_currency", "currency"),
        ({"other_currency": "GBP"}, "no_exchange_rate", "to"),
        ({"party_id": "pty_0"}, "unknown_customer", "party_id"),
    ],
)
def test_a_wrong_trade_says_what_is_wrong(
    bank: Bank,
    member: str,
    rate: Rate,
    noon: Callable[[], None],
    changed: dict[str, Any],
    code: str,
    field: str,
) -> None:
    rate("COP", "buy", "0.00025")
    noon()
    asked = {"party_id": member, "amount": money("50000", "COP"), "other_currency": "USD", **changed}
    answer = bank("teller").post(TRADES, asked)
    assert (answer.status, answer.code, answer["field"]) == (422, code, field)
