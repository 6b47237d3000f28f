"""Branches, calendars and cycles: what may be published, and what follows from it."""

from typing import Any

import pytest

from tests.functional.parties.people import have, publish
from tests.support.api import Reply
from tests.support.bank import Bank

BRANCHES = "/v1/administration/branches"
BRANCH = "/v1/platform/parameters/administration.branch"


def proposed(bank: Bank, code: str, **body: Any) -> Reply:
    """The answer to proposing a branch."""
    asked = {"code": code, "effective_from": "2026-06-01", "body": {"name": "Nueva", **body}}
    return bank("admin").post(BRANCH, asked)


@pytest.mark.feature("GEN-55")
def test_branch_codes_run_from_1_to_99999(bank: Bank) -> None:
    for code in ("100000", "0", "007"):
        refused = proposed(bank, code).expect(422)
        assert refused.code == "branch_code_range"
    publish(bank, "administration.branch", "99999", {"name": "La última"})
    codes = [row["code"] for row in bank("teller").get(BRANCHES)["items"]]
    assert codes == ["1", "2", "99999"]


@pytest.mark.feature("ADM-01")
def test_there_is_one_head_office(bank: Bank) -> None:
    second = proposed(bank, "3", head_office=True, calendar="national").expect(422)
    assert (second.code, second["field"]) == ("head_office_repeated", "head_office")
    same = {"name": "Matriz", "head_office": True, "calendar": "national", "phones": ["+593 6 292 0100"]}
    publish(bank, "administration.branch", "1", same)
    shown = bank("teller").get(f"{BRANCHES}/1")
    assert (shown["head_office"], shown["phones"]) == (True, ["+593 6 292 0100"])


def test_a_second_head_office_is_refused_at_approval_too(bank: Bank) -> None:
    first = proposed(bank, "3", head_office=False).expect(201)
    bank("admin").post(
        BRANCH,
        {"code": "1", "effective_from": "2026-06-01", "body": {"name": "Matriz", "head_office": False}},
    ).expect(201)
    assert first["state"] == "pending_approval"
    waiting = bank("admin").get(f"{BRANCH}/1/versions")["items"][0]
    approve = f"/v1/platform/parameter-versions/{waiting['id']}/approvals"
    bank("admin2").post(approve, {"decision": "approve"}).expect(201)
    head = {"head_office": True, "calendar": "national"}
    versions = [proposed(bank, code, **head).expect(201)["id"] for code in ("3", "4")]
    paths = [f"/v1/platform/parameter-versions/{version}/approvals" for version in versions]
    bank("admin2").post(paths[0], {"decision": "approve"}).expect(201)
    assert bank("admin2").post(paths[1], {"decision": "approve"}).expect(422).code == "head_office_repeated"


@pytest.mark.feature("ADM-03")
def test_what_a_branch_leaves_blank_comes_from_the_head_office(bank: Bank) -> None:
    shown = bank("teller2").get(f"{BRANCHES}/2")
    assert (shown["language"], shown["calendar"], shown["time_zone"]) == (
        "es",
        "national",
        "America/Guayaquil",
    )
    publish(bank, "administration.branch", "2", {"name": "Cotacachi", "parent": "1", "language": "en"})
    assert bank("teller2").get(f"{BRANCHES}/2")["language"] == "en"


def test_opening_gives_a_new_branch_its_business_date_once(bank: Bank) -> None:
    publish(bank, "administration.branch", "3", {"name": "Cayambe", "parent": "1"})
    assert bank("admin").get(f"{BRANCHES}/3")["state"] == "not_opened"
    path = f"{BRANCHES}/3/openings"
    weekend = bank("admin").post(path, {"first_business_date": "2026-06-06"}).expect(422)
    assert weekend.code == "not_business_day"
    past = bank("admin").post(path, {"first_business_date": "2026-05-29"}).expect(422)
    assert past.code == "effective_in_the_past"
    opened = bank("admin").post(path, {"first_business_date": "2026-06-01"}).expect(201)
    assert (opened["previous_date"], opened["next_date"]) == ("2026-05-29", "2026-06-02")
    shown = bank("teller").get(f"{BRANCHES}/3")
    assert (shown["state"], shown["business_date"]) == ("open", "2026-06-01")
    again = bank("admin").post(path, {"first_business_date": "2026-06-02"}).expect(409)
    assert again.code == "branch_already_open"
    assert bank("teller").post(path, {"first_business_date": "2026-06-01"}).expect(403)
    unknown = bank("admin").post(f"{BRANCHES}/88/openings", {"first_business_date": "2026-06-01"})
    assert unknown.expect(404).code == "unknown_branch_code"


def calendar(bank: Bank, code: str, **body: Any) -> None:
    publish(bank, "administration.calendar", code, {"names": {"es": code}, **body})


def next_day(bank: Bank, code: str, after: str) -> str:
    return bank("teller").get(f"/v1/administration/calendars/{code}/next?after={after}")["date"]


@pytest.mark.feature("ADM-15")
def test_the_years_processing_days_follow_from_the_week(bank: Bank) -> None:
    calendar(bank, "plain")
    assert next_day(bank, "plain", "2026-01-02") == "2026-01-05"
    year = "/v1/administration/calendars/plain/processing-days?from=2026-01-01&to=2026-12-31"
    days = bank("teller").get(year)
    assert (days["count"], days["items"][0]) == (261, "2026-01-01")


@pytest.mark.feature("ADM-16", "ADM-17")
def test_holidays_are_left_out_and_weekends_are_a_choice(bank: Bank) -> None:
    holiday = {"date": "2026-05-01", "names": {"es": "Día del Trabajo"}}
    calendar(bank, "five", holidays=[holiday])
    calendar(bank, "seven", holidays=[holiday], weekend_days=[])
    assert next_day(bank, "five", "2026-04-30") == "2026-05-04"
    assert next_day(bank, "seven", "2026-04-30") == "2026-05-02"


@pytest.mark.feature("ADM-18")
def test_any_number_of_calendars_can_be_chosen_from(bank: Bank) -> None:
    names = [f"cal{number:02d}" for number in range(50)]
    have(bank, "administration.calendar", {name: {"names": {"es": name}} for name in names})
    codes = {row["code"] for row in bank("teller").get("/v1/administration/calendars")["items"]}
    assert codes == {"national", *names}
    publish(bank, "administration.branch", "2", {"name": "Cotacachi", "parent": "1", "calendar": "cal37"})
    assert bank("teller").get(f"{BRANCHES}/2")["calendar"] == "cal37"
    schema = bank("admin").get("/v1/platform/parameter-kinds/administration.branch/schema").json
    offered = {value["value"] for value in schema["properties"]["calendar"]["values"]}
    assert offered == codes


def dates(bank: Bank, code: str, first: str, last: str, branch: str = "") -> list[str]:
    path = f"/v1/administration/cycles/{code}/dates?from={first}&to={last}&branch={branch}"
    return bank("teller").get(path).expect(200)["items"]


def cycle(bank: Bank, code: str, **body: Any) -> None:
    publish(bank, "administration.cycle", code, {"names": {"es": code}, **body})


@pytest.mark.feature("ADM-23")
def test_cycles_of_every_unit(bank: Bank) -> None:
    anchor = "2026-01-31"
    units = {
        "daily": 366,
        "weekly": 53,
        "fortnightly": 27,
        "monthly": 13,
        "quarterly": 5,
        "half_yearly": 3,
        "yearly": 2,
    }
    rules = {unit.upper(): {"names": {"es": unit}, "unit": unit, "anchor": anchor} for unit in units}
    have(bank, "administration.cycle", rules)
    for unit, count in units.items():
        found = dates(bank, unit.upper(), anchor, "2027-01-31")
        assert len(found) == count, unit
    assert dates(bank, "QUARTERLY", anchor, "2026-12-31") == [
        "2026-01-31",
        "2026-04-30",
        "2026-07-31",
        "2026-10-31",
    ]


@pytest.mark.feature("ADM-24", "ADM-25")
def test_cycles_on_a_weekday_and_on_a_day_of_the_month(bank: Bank) -> None:
    cycle(bank, "FRIDAYS", unit="weekly", weekday=5)
    assert dates(bank, "FRIDAYS", "2026-05-01", "2026-05-15") == ["2026-05-01", "2026-05-08", "2026-05-15"]
    cycle(bank, "DAY31", unit="monthly", day_of_month=31)
    assert dates(bank, "DAY31", "2026-04-01", "2026-06-30") == ["2026-04-30", "2026-05-31", "2026-06-30"]


@pytest.mark.feature("ADM-26")
@pytest.mark.parametrize(
    ("shift", "moved"), [("previous", "2026-05-29"), ("next", "2026-06-01"), ("same_month", "2026-05-29")]
)
def test_cycle_dates_move_with_the_calendar(bank: Bank, shift: str, moved: str) -> None:
    cycle(bank, "MOVED", unit="monthly", day_of_month="last", shift=shift, calendar="national")
    assert moved in dates(bank, "MOVED", "2026-05-15", "2026-06-15")
    assert moved in dates(bank, "MOVED", "2026-05-15", "2026-06-15", branch="2")


def test_periods_are_bounded(bank: Bank) -> None:
    path = "/v1/administration/cycles/DAILY/dates?from={}&to={}"
    assert bank("teller").get(path.format("2026-06-02", "2026-06-01")).expect(422).code == "period_too_long"
    assert bank("teller").get(path.format("1990-01-01", "2026-06-01")).expect(422).code == "period_too_long"
    unknown = bank("teller").get("/v1/administration/cycles/NONE/dates?from=2026-06-01&to=2026-06-02")
    assert unknown.expect(404).code == "unknown_cycle"
