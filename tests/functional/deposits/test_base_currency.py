"""Accounts in a foreign currency, shown in the base currency beside their own."""

from typing import Any

import pytest

from chalicelib.platform.today import calendar_day
from tests.functional.accounting import books
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money

PATH = "/v1/deposits/accounts"


def an_account_in_euros(bank: Bank, set_parameter: SetParameter, party_id: str = "") -> dict[str, Any]:
    """36,500.00 EUR at 10 % on 365 days: 10.00 EUR a day."""
    set_parameter("deposits.plan", "EURO", a_plan(currency="EUR", fixed_rate="10"))
    account = an_account(bank, plan="EURO", party_id=party_id)
    asked = {"amount": money("36500.00", "EUR")}
    bank("teller").post(f"{PATH}/{account['id']}/deposits", asked).expect(201)
    return account


def quote_official(bank: Bank, value: str) -> None:
    """An official rate of the euro from today on."""
    instant = f"{calendar_day(bank.work()).isoformat()}T00:00:00Z"
    body = {"currency": "EUR", "rate_type": "official", "value": value, "valid_from": instant}
    books.set_parameter(bank, "platform.exchange_rate", "EUR.official", body)


@pytest.mark.feature("GEN-24")
def test_interest_in_euros_is_shown_in_dollars_at_the_official_rate(
    bank: Bank, set_parameter: SetParameter, close_days: CloseDays
) -> None:
    account = an_account_in_euros(bank, set_parameter)
    quote_official(bank, "1.0925")
    close_days(1)
    shown = bank("officer").get(f"{PATH}/{account['id']}/balances").expect(200)
    assert (shown["accrued_interest"], shown["ledger"]) == ("10.000000", money("36500.00", "EUR"))
    assert shown["in_base"]["accrued_interest"] == money("10.93")
    assert shown["in_base"]["ledger"] == money("39876.25")
    days = bank("officer").get(f"{PATH}/{account['id']}/interest?from=2026-06-01&to=2026-06-01").expect(200)
    (day,) = days["items"]
    assert (day["interest"], day["interest_in_base"]) == ("10.000000", money("10.93"))
    whole = bank("officer").get(f"{PATH}/{account['id']}").expect(200)
    assert whole["in_base"]["accrued_interest"] == money("10.93")


@pytest.mark.feature("GEN-22")
def test_a_members_position_shows_dollars_and_euros_and_one_total_in_dollars(
    bank: Bank, set_parameter: SetParameter
) -> None:
    member = a_member(bank)["id"]
    an_account_in_euros(bank, set_parameter, member)
    an_account(bank, party_id=member, balance="123.75")
    portal = bank.member(member)
    assert portal.get("/v1/member_portal/position").expect(200)["base_total"] == {}, "no rate of the euro yet"
    quote_official(bank, "1.0925")
    position = portal.get("/v1/member_portal/position").expect(200)
    ledgers = {row["currency"]: row["ledger"] for row in position["totals"]}
    assert ledgers == {"EUR": money("36500.00", "EUR"), "USD": money("123.75")}
    assert position["base_total"]["ledger"] == money("40000.00")


def test_nothing_is_shown_beside_an_account_in_the_base_currency_or_without_an_official_rate(
    bank: Bank, set_parameter: SetParameter
) -> None:
    for account in (an_account_in_euros(bank, set_parameter), an_account(bank, balance="10.00")):
        assert bank("officer").get(f"{PATH}/{account['id']}/balances").expect(200)["in_base"] == {}


@pytest.mark.feature("DEP-12")
def test_accounts_of_one_member_keep_their_own_currencies_and_decimals(
    bank: Bank, set_parameter: SetParameter
) -> None:
    """Dollars, euros and yen; no posting mixes them, and what is refused moves nothing."""
    member = a_member(bank)["id"]
    dollars = an_account(bank, party_id=member, balance="123.75")
    for code, currency in (("EURO", "EUR"), ("YEN", "JPY")):
        set_parameter("deposits.plan", code, a_plan(currency=currency))
    euros, yen = (an_account(bank, plan=code, party_id=member) for code in ("EURO", "YEN"))
    teller = bank("teller")
    for account, amount in ((euros, money("80.40", "EUR")), (yen, money("12500", "JPY"))):
        teller.post(f"{PATH}/{account['id']}/deposits", {"amount": amount}).expect(201)
    shown = {
        row["id"]: row["ledger"] for row in bank.member(member).get("/v1/member_portal/position")["accounts"]
    }
    assert shown == {
        dollars["id"]: money("123.75"),
        euros["id"]: money("80.40", "EUR"),
        yen["id"]: money("12500", "JPY"),
    }
    mixed = teller.post(f"{PATH}/{euros['id']}/deposits", {"amount": money("1.00")})
    assert (mixed.status, mixed.code) == (422, "currency_mismatch")
    parts = teller.post(f"{PATH}/{yen['id']}/deposits", {"amount": {"amount": "1.5", "currency": "JPY"}})
    assert (parts.status, parts.code) == (422, "excess_decimals")
    across = {"from_account": dollars["id"], "to_account": euros["id"], "amount": money("1.00")}
    refused = teller.post("/v1/deposits/transfers", across)
    assert (refused.status, refused.code) == (422, "currency_mismatch")
    for account, amount in ((dollars, "123.75"), (euros, "80.40")):
        assert bank("officer").get(f"{PATH}/{account['id']}/balances")["ledger"]["amount"] == amount
