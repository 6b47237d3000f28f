"""Accounting months: closed when they are over, reopened only by two people."""

from datetime import date

import pytest

from chalicelib.modules.accounting import errors
from chalicelib.modules.accounting.domain.period import (
    Period,
    PeriodState,
    closed,
    last_day,
    month_of,
    reopening_asked,
    reopening_decided,
)
from tests.unit.accounting.builders import ANA, LUIS

MAY = Period("1", "2026-05")
OVER = {
    "last_closed": date(2026, 5, 29),
    "business_date": date(2026, 6, 1),
    "by": ANA,
    "reason": "fin de mes",
}


def test_months_and_their_last_days() -> None:
    assert month_of(date(2026, 2, 3)) == "2026-02"
    assert last_day("2024-02") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "circumstances",
    [
        {**OVER, "business_date": date(2026, 5, 29)},
        {**OVER, "last_closed": None},
        {**OVER, "last_closed": date(2026, 4, 30)},
    ],
)
def test_a_month_that_is_not_over_cannot_be_closed(circumstances: dict) -> None:
    with pytest.raises(errors.PeriodNotOver):
        closed(MAY, True, **circumstances)


def test_a_month_closes_softly_then_for_good() -> None:
    soft = closed(MAY, False, **OVER)
    assert soft.state is PeriodState.SOFT_CLOSED
    with pytest.raises(errors.PeriodStateForbids):
        closed(soft, False, **OVER)
    final = closed(soft, True, **OVER)
    assert final.state is PeriodState.CLOSED
    with pytest.raises(errors.PeriodStateForbids):
        closed(final, False, **OVER)


def test_reopening_takes_two_people() -> None:
    final = closed(MAY, True, **OVER)
    asked = reopening_asked(final, ANA, "factura olvidada")
    with pytest.raises(errors.PeriodStateForbids):
        reopening_asked(asked, LUIS, "también")
    with pytest.raises(errors.AuthorCannotAuthorise):
        reopening_decided(asked, True, ANA, "")
    opened = reopening_decided(asked, True, LUIS, "conforme")
    assert (opened.state, opened.changed, opened.reason) == (
        PeriodState.OPEN,
        LUIS,
        "factura olvidada / conforme",
    )
    refused = reopening_decided(asked, False, LUIS, "")
    assert (refused.state, refused.asked) == (PeriodState.CLOSED, None)


def test_an_open_month_needs_no_reopening() -> None:
    with pytest.raises(errors.PeriodStateForbids):
        reopening_asked(MAY, ANA, "x")
    with pytest.raises(errors.PeriodStateForbids):
        reopening_decided(MAY, True, LUIS, "")
