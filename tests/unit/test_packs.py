"""The country packs and the demonstration cooperatives: every set is valid, every reference leads somewhere."""

from datetime import date

import holidays
import pytest
from pydantic import ValidationError

from chalicelib.kernel.calendar import Calendar
from chalicelib.modules.accounting.plans import ROLES
from chalicelib.platform.parameters.kinds import references
from tests.unit.packs import (
    COOPERATIVES,
    COUNTRY,
    DECLARED,
    KINDS,
    PACKS,
    TENANTS,
    ParameterSet,
    by_code,
    files_of,
    read,
    sets_of,
    whole,
)

FOLDERS = [*(f"packs/{pack}" for pack in PACKS), *COOPERATIVES]
CATALOGUE_ACCOUNTS = {"ecuador": 285 + 1, "colombia": 75 + 3}
"""Accounts of the published catalogues, and the groups added from memory so that memorandum entries have parents."""


def every_set() -> list[ParameterSet]:
    return [row for folder in FOLDERS for row in sets_of(folder)]


# -- files and sets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_holds_the_sets_of_one_kind(folder: str) -> None:
    files = files_of(folder)
    contents = [read(file) for file in files]
    kinds = [content["kind"] for content in contents]
    assert files
    assert all(set(content) == {"kind", "sets"} and content["sets"] for content in contents)
    assert len(set(kinds)) == len(kinds), "a kind is spread over two files"
    assert set(kinds) <= set(KINDS)


def test_every_set_has_the_same_parts() -> None:
    allowed = {
        "code",
        "scope",
        "effective_from",
        "effective_to",
        "body",
        "source",
        "confidence",
        "unverified",
    }
    for row in every_set():
        assert set(row.written) <= allowed, row
        assert isinstance(row.code, str), f"{row}: quote the code"
        assert isinstance(row.effective_from, date), row


def test_every_set_loads_through_its_model() -> None:
    refused = []
    for row in every_set():
        try:
            assert KINDS[row.kind].model_validate(row.model.to_body()) == row.model
        except ValidationError as error:
            refused.append(f"{row}: {error}")
    assert refused == []


def test_kinds_are_set_only_where_they_may_be() -> None:
    for row in every_set():
        assert row.scope.split(":")[0] in DECLARED[row.kind].scopes, row
        assert not DECLARED[row.kind].singleton or row.code == "main", row


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_set_is_there_twice(folder: str) -> None:
    keys = [(row.kind, row.code, row.scope, row.effective_from) for row in sets_of(folder)]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_versions_of_a_set_do_not_overlap(folder: str) -> None:
    for row in sets_of(folder):
        later = [
            other.effective_from
            for other in sets_of(folder)
            if (other.kind, other.code, other.scope) == (row.kind, row.code, row.scope)
            and other.effective_from > row.effective_from
        ]
        last = row.written.get("effective_to")
        assert last is None or row.effective_from <= last, row
        assert last is None or not later or last < min(later), row


# -- where facts come from ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
def test_every_fact_of_a_pack_cites_known_sources(pack: str) -> None:
    sources = read(TENANTS / "packs" / pack / "sources.yaml")["sources"]
    assert all(source["what"] for source in sources.values())
    for row in sets_of(f"packs/{pack}"):
        assert row.written["source"], row
        assert set(row.written["source"]) <= set(sources), row


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_not_verified_says_so(pack: str) -> None:
    for row in sets_of(f"packs/{pack}"):
        assert row.written["confidence"] in ("high", "medium", "low", "memory"), row
        doubtful = row.written["confidence"] in ("low", "memory")
        assert row.written.get("unverified", False) is doubtful, row
        assert not set(row.written["source"]) & {"own", "memory"} or doubtful, row


# -- references -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_stands_on_its_own(pack: str) -> None:
    assert lost_references(sets_of(f"packs/{pack}")) == []


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_every_reference_of_a_cooperative_resolves(cooperative: str) -> None:
    assert lost_references(whole(cooperative)) == []


def lost_references(sets: tuple[ParameterSet, ...]) -> list[str]:
    known = {(row.kind, row.code) for row in sets}
    return [
        f"{row}.{field}: {kind} {code}"
        for row in sets
        for field, kind, code in references(KINDS[row.kind], row.body)
        if (kind, code) not in known
    ]


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_coded_fields_hold_values_of_their_tables(cooperative: str) -> None:
    sets = whole(cooperative)
    tables = by_code(sets, "administration.code_table")
    branches = by_code(sets, "administration.branch")
    plans = by_code(sets, "deposits.plan")
    assert all(tables["province"].value(branch.province) for branch in branches.values())
    assert all(tables["accounting_product"].value(plan.accounting_code) for plan in plans.values())
    for role in by_code(sets, "accounting.role_map").values():
        assert all(tables["accounting_product"].value(row.product) for row in role.overrides if row.product)
    for account in by_code(sets, "accounting.account").values():
        assert not account.product or tables["accounting_product"].value(account.product)


# -- chart of accounts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS)
def test_the_chart_is_a_tree_of_code_prefixes(pack: str) -> None:
    chart = by_code(sets_of(f"packs/{pack}"), "accounting.account")
    level_of_length = {1: 1, 2: 2, 4: 3, 6: 4, 8: 5}
    families = {"memo_debit": "memo", "memo_credit": "memo"}
    for code, account in chart.items():
        assert code.isdigit()
        prefixes = [code[:length] for length in range(1, len(code)) if code[:length] in chart]
        assert account.parent == (prefixes[-1] if prefixes else None), code
        assert account.level == level_of_length[len(code)], code
        if account.parent:
            above = chart[account.parent]
            assert families.get(above.account_class, above.account_class) == families.get(
                account.account_class, account.account_class
            ), code


@pytest.mark.parametrize("pack", PACKS)
def test_only_accounts_without_sub_accounts_take_entries(pack: str) -> None:
    chart = by_code(sets_of(f"packs/{pack}"), "accounting.account")
    parents = {account.parent for account in chart.values()}
    assert {code for code, account in chart.items() if account.postable} == set(chart) - parents


@pytest.mark.parametrize("pack", PACKS)
def test_the_entitys_own_accounts_stand_apart(pack: str) -> None:
    rows = [row for row in sets_of(f"packs/{pack}") if row.kind == "accounting.account"]
    own = [row for row in rows if row.model.own]
    assert all(len(row.code) == 8 and row.written["confidence"] == "memory" for row in own)
    catalogue = [row for row in rows if not row.model.own]
    assert all(len(row.code) <= 6 for row in catalogue)
    assert len(catalogue) == CATALOGUE_ACCOUNTS[pack]


@pytest.mark.parametrize("pack", PACKS)
def test_every_role_has_an_account_of_a_fitting_class_that_takes_entries(pack: str) -> None:
    sets = sets_of(f"packs/{pack}")
    chart, roles = by_code(sets, "accounting.account"), by_code(sets, "accounting.role_map")
    assert roles.keys() == ROLES.keys()
    for role, mapped in roles.items():
        for code in (mapped.account, *(row.account for row in mapped.overrides)):
            assert chart[code].postable, f"{role}: {code}"
            assert chart[code].account_class in ROLES[role].classes, f"{role}: {code}"


# -- dates ----------------------------------------------------------------------------------------------------------

# Where the pack and the python library `holidays` differ, and why.
PACK_ONLY = {
    "ecuador": {
        date(2026, 1, 2),  # rest day by Decree 249
        date(2029, 11, 1),  # 2 and 3 November 2029 are Friday and Saturday: Thursday and Friday rest
    },
    "colombia": set(),
}
LIBRARY_ONLY = {
    "ecuador": {
        date(2027, 12, 24),  # the library moves 25 December from Saturday; the law says it stays
        date(2027, 12, 31),  # the same for 1 January 2028
        date(2027, 11, 3),  # 2 and 3 November 2027 are Tuesday and Wednesday: Monday and Tuesday rest
        date(2029, 11, 3),  # see 1 November 2029
    },
    "colombia": set(),
}


@pytest.mark.parametrize("pack", PACKS)
def test_holidays_agree_with_the_library_but_for_the_differences_noted(pack: str) -> None:
    calendar = by_code(sets_of(f"packs/{pack}"), "administration.calendar")["national"]
    ours = {holiday.date for holiday in calendar.holidays}
    library = holidays.country_holidays(COUNTRY[pack], years=range(2025, 2031), language="es")
    theirs = {day for day in library if day.year <= 2030}
    # A transferred holiday is worked on its own date; the library lists that date besides the observed one.
    observed = {(day.year, library[day]) for day in ours & theirs}
    moved = {day for day in theirs - ours if (day.year, f"{library[day]} (observado)") in observed}
    assert ours - theirs == PACK_ONLY[pack]
    assert theirs - ours - moved == LIBRARY_ONLY[pack]


@pytest.mark.parametrize("pack", PACKS)
def test_later_years_of_holidays_are_marked_unverified(pack: str) -> None:
    calendar = by_code(sets_of(f"packs/{pack}"), "administration.calendar")["national"]
    assert {holiday.date.year for holiday in calendar.holidays} == set(range(2025, 2031))
    assert all(holiday.unverified == (holiday.date.year >= 2028) for holiday in calendar.holidays)


@pytest.mark.parametrize("cooperative", COOPERATIVES)
def test_calendars_and_cycles_can_be_computed_with(cooperative: str) -> None:
    calendars = by_code(whole(cooperative), "administration.calendar")
    for plan in calendars.values():
        base = calendars[plan.extends] if plan.extends else None
        assert base is None or base.extends is None, "one level of extension"
        assert plan.calendar(base).next(date(2026, 1, 1)).year == 2026
    national: Calendar = calendars["national"].calendar()
    for code, cycle in by_code(whole(cooperative), "administration.cycle").items():
        assert cycle.recurrence().dates(date(2026, 1, 1), date(2026, 12, 31), national), code
