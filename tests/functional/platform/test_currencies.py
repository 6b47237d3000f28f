"""Exchange rates by type and instant, and conversions through the base currency."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.api import Reply
from tests.support.bank import Bank
from tests.support.given import money

RATES, CONVERT = "/v1/platform/exchange-rates", "/v1/platform/conversions"


@pytest.fixture
def tomorrow(today: str) -> str:
    return (date.fromisoformat(today) + timedelta(days=2)).isoformat()


@pytest.fixture
def rate(api: Bank, tomorrow: str, grant: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """``rate("EUR", "buy", "1.0800", "10:00")``: proposed by the accountant, approved by an administrator."""
    grant("platform.set_exchange_rates", "group", "accountant")

    def made(currency: str, rate_type: str, value: str, at: str = "00:00") -> None:
        asked = {
            "currency": currency,
            "rate_type": rate_type,
            "value": value,
            "valid_from": f"{tomorrow}T{at}:00Z",
            "source": "Banco Central",
        }
        version = api("accountant").post(RATES, asked).expect(201).json
        assert version["state"] == "pending_approval"
        path = f"/v1/platform/parameter-versions/{version['id']}/approvals"
        api("admin").post(path, {"decision": "approve"}).expect(201)

    return made


def converted(api: Bank, amount: dict[str, str], to: str, at: str, **also: str) -> Reply:
    return api("teller").post(CONVERT, {"amount": amount, "to": to, "at": at, **also})


@pytest.mark.feature("GEN-23")
def test_a_conversion_buys_one_currency_and_sells_the_other_through_the_base(
    api: Bank, rate: Callable[..., None], tomorrow: str
) -> None:
    rate("EUR", "buy", "1.0800")
    rate("COP", "sell", "0.000255")
    at = f"{tomorrow}T12:00:00Z"
    into_base = converted(api, money("250.00", "EUR"), "USD", at).expect(200).json
    assert into_base["result"] == money("270.00")
    crossed = converted(api, money("250.00", "EUR"), "COP", at).expect(200).json
    assert (crossed["result"], crossed["base_value"]) == (money("1058824", "COP"), money("270.00"))
    assert [(used["currency"], used["rate_type"], used["value"]) for used in crossed["rates"]] == [
        ("EUR", "buy", "1.0800"),
        ("COP", "sell", "0.000255"),
    ]


def test_the_rate_of_the_instant_is_used_and_quoted(
    api: Bank, rate: Callable[..., None], tomorrow: str
) -> None:
    rate("EUR", "official", "1.0900", "15:00")
    rate("EUR", "official", "1.0800", "10:00")
    for hour, value in (("12:00", "1.0800"), ("15:00", "1.0900")):
        found = converted(
            api, money("100.00", "EUR"), "USD", f"{tomorrow}T{hour}:00Z", rate_type="official"
        ).json
        assert [used["value"] for used in found["rates"]] == [value]
    early = converted(api, money("100.00", "EUR"), "USD", f"{tomorrow}T09:59:59Z", rate_type="official")
    assert (early.status, early.code, early["field"]) == (422, "no_exchange_rate", "amount.currency")
    shown = api("teller").get(f"{RATES}?currency=EUR&at={tomorrow}T12:00:00Z")["items"]
    assert [(row["rate_type"], row["value"], row["source"]) for row in shown] == [
        ("official", "1.0800", "Banco Central")
    ]


def test_the_official_value_is_rounded_half_up_once(
    api: Bank, rate: Callable[..., None], tomorrow: str
) -> None:
    rate("EUR", "official", "1.0925")
    found = converted(api, money("10.00", "EUR"), "USD", f"{tomorrow}T12:00:00Z", rate_type="official").json
    assert found["base_value"] == money("10.93")


def test_results_have_the_decimals_of_their_currency(
    api: Bank, rate: Callable[..., None], tomorrow: str
) -> None:
    rate("BHD", "sell", "1")
    rate("COP", "sell", "1")
    at = f"{tomorrow}T12:00:00Z"
    assert converted(api, money("1234.50"), "COP", at)["result"] == money("1235", "COP")
    assert converted(api, money("1234.50"), "BHD", at)["result"] == money("1234.500", "BHD")


def test_very_large_amounts_are_converted_exactly(
    api: Bank, rate: Callable[..., None], tomorrow: str
) -> None:
    rate("EUR", "buy", "1")
    huge = "999999999999999999.99"
    assert converted(api, money(huge, "EUR"), "USD", f"{tomorrow}T12:00:00Z")["result"] == money(huge)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"value": "0"}, "malformed_exchange_rate", "value"),
        ({"value": "-1"}, "malformed_exchange_rate", "value"),
        ({"value": 1.08}, "malformed_exchange_rate", "value"),
        ({"value": "1.0000000000001"}, "malformed_exchange_rate", "value"),
        ({"currency": "XXX"}, "unknown_currency", "currency"),
        ({"currency": "USD"}, "base_currency_has_no_rate", "currency"),
        ({"rate_type": "other"}, "not_allowed", "rate_type"),
        ({"valid_from": "2020-01-01T00:00:00Z"}, "effective_in_the_past", "valid_from"),
        ({"valid_from": "9999-12-31T23:59:59-12:00"}, "instant_out_of_range", "valid_from"),
    ],
)
def test_a_wrong_rate_says_what_is_wrong(
    api: Bank, grant: Callable[..., dict[str, Any]], changed: dict[str, Any], code: str, field: str
) -> None:
    grant("platform.set_exchange_rates", "everyone")
    asked = {"currency": "EUR", "rate_type": "buy", "value": "1.08", **changed}
    answer = api("accountant").post(RATES, asked)
    assert (answer.status, answer.code, answer["field"]) == (422, code, field)


@pytest.mark.parametrize(
    ("amount", "to", "code"),
    [
        (money("0"), "EUR", "amount_not_positive"),
        ({"amount": "1.234", "currency": "USD"}, "EUR", "excess_decimals"),
        ({"amount": "1,5", "currency": "USD"}, "EUR", "invalid_amount"),
        (money("1"), "eur", "wrong_format"),
        (money("1"), "ZZZ", "unknown_currency"),
        (money("1"), "EUR", "no_exchange_rate"),
    ],
)
def test_a_wrong_conversion_says_what_is_wrong(api: Bank, amount: dict[str, str], to: str, code: str) -> None:
    answer = api("teller").post(CONVERT, {"amount": amount, "to": to})
    assert (answer.status, answer.code) == (422, code)


def test_currencies_are_named_in_the_callers_language(api: Bank) -> None:
    client = api("teller")
    client.language = "en"
    assert client.get("/v1/platform/currencies")["items"] == [
        {
            "code": "USD",
            "name": "US Dollar",
            "symbol": "",
            "decimals": 2,
            "accrual_decimals": 8,
            "base": True,
        }
    ]
