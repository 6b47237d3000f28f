"""Simulations of a demonstration cooperative's products with its country's figures, in memory."""

from datetime import date
from decimal import Decimal

import pytest

from chalicelib.kernel.money import Money
from chalicelib.kernel.withholding import Exemption
from chalicelib.modules.term_deposits.domain.quotation import Quotation
from chalicelib.modules.term_deposits.service import products
from chalicelib.modules.term_deposits.service.simulation import Wish, simulate
from tests.support.small_bank import SmallBank, a_bank


@pytest.fixture(scope="module")
def bank() -> SmallBank:
    return a_bank()


def quoted(bank: SmallBank, product: str, days: int, opened_on: date | None = None) -> Quotation:
    wish = Wish(product, Money.of("6000", "USD"), term_days=days, opening_date=opened_on)
    return simulate(bank.work(), wish).quotation


def test_short_term_pays_the_withholding_in_force(bank: SmallBank) -> None:
    found = quoted(bank, "PF", 120, date(2026, 6, 1))
    assert (found.deposit.rate.percent, found.tax.percent) == (Decimal("6.25"), Decimal(3))
    assert (found.totals.interest.text, found.totals.withheld.text) == ("125.00", "3.75")


def test_term_of_180_days_is_exempt_by_the_countrys_figure(bank: SmallBank) -> None:
    found = quoted(bank, "PF", 180)
    assert (found.tax.exempt_days, found.exemption) == (180, Exemption.TERM)
    assert not found.totals.withheld
    assert found.totals.net == found.totals.interest


def test_maturity_waits_for_the_countrys_next_business_day_and_earns_until_then(bank: SmallBank) -> None:
    found = quoted(bank, "PF", 91, date(2026, 6, 5))
    assert (found.deposit.matures_on, found.deposit.paid_on) == (date(2026, 9, 4), date(2026, 9, 4))
    moved = quoted(bank, "PF", 92, date(2026, 6, 5))
    assert (moved.deposit.matures_on, moved.deposit.paid_on) == (date(2026, 9, 5), date(2026, 9, 7))
    assert moved.days == 94


def test_every_product_on_offer_can_be_simulated_at_the_ends_of_its_term(bank: SmallBank) -> None:
    offered = products.published(bank.work())
    assert [product.code for product in offered] == ["PC", "PF"]
    for product in offered:
        for days in (product.plan.minimum_days, product.plan.maximum_days):
            found = quoted(bank, product.code, days)
            assert found.totals.received == found.deposit.principal + found.totals.net
