"""Numbers, amounts and dates as people of a place write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.money import Money
from chalicelib.platform import clock, formats
from chalicelib.platform.context import TenantContext

ECUADOR = TenantContext("t", "EC", "USD", "es", ("es", "en"), "es-EC", "America/Guayaquil")


@pytest.mark.parametrize(
    ("written", "locale", "shown"),
    [
        ("12345.50", "es-EC", "12.345,50"),
        ("12345.50", "es_EC", "12.345,50"),
        ("12345.50", "en-US", "12,345.50"),
        ("-12345.50", "en", "-12,345.50"),
        ("0.05", "es-CO", "0,05"),
        ("999", "es-EC", "999"),
        ("1000", "es-EC", "1.000"),
        ("100000", "es-EC", "100.000"),
        ("123456789012345678901234.123456", "en-US", "123,456,789,012,345,678,901,234.123456"),
        ("1.5", "no-such-place", "1,5"),
    ],
)
def test_digits_are_grouped_by_the_marks_of_the_place(written: str, locale: str, shown: str) -> None:
    assert formats.number(written, locale) == shown


@given(st.integers(-(10**26), 10**26), st.sampled_from(["es-EC", "en-US", "es-CO", "qu-EC", "en-GB"]))
def test_no_digit_is_lost_or_changed(minor: int, locale: str) -> None:
    shown = formats.amount(Money(minor, "USD"), locale)
    assert "".join(c for c in shown if c.isdigit()) == "".join(
        c for c in Money(minor, "USD").text if c.isdigit()
    )
    assert shown.startswith("-") is (minor < 0)


def test_amounts_have_the_decimals_of_their_currency() -> None:
    assert formats.amount_with_currency(Money(1234567, "COP"), "es-CO") == "1.234.567 COP"
    assert formats.amount_with_currency(Money(1234567, "BHD"), "en") == "1,234.567 BHD"


def test_dates_and_instants_are_of_the_place() -> None:
    assert formats.day(date(2026, 3, 2), "es-EC") == "2 mar 2026"
    late = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
    assert formats.instant(late, "es-EC", "America/Guayaquil").startswith("2 mar 2026")
    assert formats.percent(Decimal("3.50"), "es-EC") == "3,50 %"


@pytest.mark.parametrize(
    ("language", "locale"), [("es", "es-EC"), ("es-CO", "es-EC"), ("en", "en"), ("en-GB", "en-GB")]
)
def test_the_tenants_locale_serves_its_own_language(language: str, locale: str) -> None:
    assert formats.locale_for(ECUADOR, language) == locale


def test_an_unknown_time_zone_is_utc() -> None:
    assert str(clock.zone("Nowhere/At_all")) == "UTC"
    assert str(clock.zone("../../etc/passwd")) == "UTC"
