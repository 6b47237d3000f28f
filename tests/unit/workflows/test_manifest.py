"""A manifest is refused whole, with everything that is wrong with it: where it stands, and why."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.workflows.onboarding.manifest import InvalidManifest, UnknownManifest, read
from chalicelib.workflows.onboarding.validation import Manifest, validated
from tests.support.bank import FIXTURES, load_routes

Change = Callable[[Path], None]


@pytest.fixture(scope="module", autouse=True)
def _kinds() -> None:
    load_routes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a good manifest."""
    copied = tmp_path / "sisa"
    shutil.copytree(FIXTURES / "sisa", copied)
    return copied


def checked(folder: Path) -> Manifest:
    return validated(read(folder))


def problems(folder: Path) -> set[tuple[str, str]]:
    """(place, code) of everything wrong."""
    with pytest.raises(InvalidManifest) as refused:
        checked(folder)
    return {(problem.field, problem.code) for problem in refused.value.errors}


def rewrite(file: str, before: str, after: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return change


def add(file: str, text: str) -> Change:
    def change(folder: Path) -> None:
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return change


def drop(file: str) -> Change:
    return lambda folder: (folder / file).unlink()


def test_a_good_manifest_is_accepted(folder: Path) -> None:
    manifest = checked(folder)
    assert manifest.header.currency == "USD"
    assert {each.kind for each in manifest.sets} >= {
        "administration.branch",
        "accounting.account",
        "deposits.plan",
    }


@pytest.mark.parametrize("code", ["chakana", "frailejon"])
def test_the_demonstration_tenants_are_accepted(code: str) -> None:
    assert checked(Path("tenants") / code).code == code


def test_a_folder_without_manifest_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownManifest):
        read(tmp_path)


HEADER = "manifest.yaml: "
ONE_SET = "- {{code: {code}, effective_from: {day}, body: {{names: {{es: Otra}}, base_class: active}}}}\n"

WRONG: dict[str, tuple[Change, str, str]] = {
    "text that is no YAML": (add("cycles.yaml", "  ]"), "cycles.yaml:6", "malformed_yaml"),
    "a key said twice": (add("manifest.yaml", "country: CO\n"), "manifest.yaml:32", "key_repeated"),
    "a file without kind": (rewrite("cycles.yaml", "kind:", "type:"), "cycles.yaml", "malformed_file"),
    "unknown kind": (
        rewrite("cycles.yaml", "administration.cycle", "administration.cicle"),
        "cycles.yaml: administration.cicle",
        "unknown_parameter_kind",
    ),
    "a code that is a number": (
        rewrite("chart.yaml", 'code: "1101"', "code: 1101"),
        "chart.yaml: accounting.account/2/code",
        "code_not_text",
    ),
    "an unknown field beside the body": (
        rewrite("institution.yaml", "  body:", "  until: 2030-01-01\n  body:"),
        "institution.yaml: administration.institution/main/until",
        "unknown_field",
    ),
    "no date": (
        rewrite("branches.yaml", "effective_from: 2025-01-01\n  body: {name: Cot", "body: {name: Cot"),
        "branches.yaml: administration.branch/2/effective_from",
        "wrong_format",
    ),
    "an end before the beginning": (
        rewrite("institution.yaml", "  body:", "  effective_to: 2024-01-01\n  body:"),
        "institution.yaml: administration.institution/main/effective_to",
        "dates_out_of_order",
    ),
    "a field of the wrong type": (
        rewrite("chart.yaml", 'level: 3, parent: "11"', 'level: three, parent: "11"'),
        "chart.yaml: accounting.account/1101/level",
        "wrong_type",
    ),
    "a field that the kind has not": (
        rewrite("branches.yaml", "name: Cotacachi", "name: Cotacachi, colour: red"),
        "branches.yaml: administration.branch/2/colour",
        "unknown_field",
    ),
    "a number with decimals that is no text": (
        rewrite("deposit_plans.yaml", 'fixed_rate: "2"', "fixed_rate: 2.5"),
        "deposit_plans.yaml: deposits.plan/S1/",
        "float_refused",
    ),
    "the same set twice": (
        add("status_codes.yaml", ONE_SET.format(code="active", day="2025-01-01")),
        "status_codes.yaml: deposits.status_code/active",
        "set_repeated",
    ),
    "a singleton of another name": (
        rewrite("institution.yaml", "code: main", "code: other"),
        "institution.yaml: administration.institution/other/code",
        "code_not_main",
    ),
    "a scope that the kind has not": (
        rewrite("institution.yaml", "code: main", 'code: main\n  scope: "branch:2"'),
        "institution.yaml: administration.institution/main/scope",
        "scope_not_allowed",
    ),
    "a scope of no branch": (
        add(
            "accounting_control.yaml",
            '- {code: main, scope: "branch:9", effective_from: 2025-01-01, body: {}}\n',
        ),
        "accounting_control.yaml: accounting.control/main/scope",
        "unknown_reference",
    ),
    "a branch code out of range": (
        rewrite("branches.yaml", 'code: "2"', 'code: "02"'),
        "branches.yaml: administration.branch/02/code",
        "branch_code_range",
    ),
    "a source that is cited and not listed": (
        rewrite("institution.yaml", "  body:", "  source: [E9]\n  body:"),
        "institution.yaml: administration.institution/main/source",
        "unknown_source",
    ),
    "a reference to nothing": (
        rewrite("deposit_plans.yaml", "interest_code: TIERED", "interest_code: TIRED"),
        "deposit_plans.yaml: deposits.plan/S2/interest_code",
        "unknown_reference",
    ),
    "a nested reference to nothing": (
        rewrite(
            "role_map.yaml",
            '{product: checking, account: "210110"}',
            '{product: checking, account: "210111"}',
        ),
        "role_map.yaml: accounting.role_map/member_deposits/overrides.0.account",
        "unknown_reference",
    ),
    "an account above itself": (
        rewrite(
            "chart.yaml",
            'level: 2, parent: "1"}}\n- {code: "1101"',
            'level: 2, parent: "1101"}}\n- {code: "1101"',
        ),
        "chart.yaml: accounting.account/11/parent",
        "reference_cycle",
    ),
    "a branch that is its own parent": (
        rewrite("branches.yaml", 'parent: "1"', 'parent: "2"'),
        "branches.yaml: administration.branch/2/parent",
        "reference_cycle",
    ),
    "no head office": (
        rewrite("branches.yaml", "head_office: true, ", ""),
        "administration.branch",
        "head_office_missing",
    ),
    "two head offices": (
        rewrite("branches.yaml", 'parent: "1"', "head_office: true, calendar: national"),
        "branches.yaml: administration.branch/2/head_office",
        "head_office_repeated",
    ),
    "a role without ledger account": (
        rewrite("role_map.yaml", "code: interbranch_due_to,", "code: branch_balancing,"),
        "accounting.role_map/interbranch_due_to",
        "role_without_account",
    ),
    "a role on an account that takes no entries": (
        rewrite("role_map.yaml", 'account: "110105"', 'account: "1101"'),
        "role_map.yaml: accounting.role_map/cash_on_hand/account",
        "account_not_postable",
    ),
    "an unknown pack": (
        rewrite("manifest.yaml", "country: EC", "country: EC\npack: atlantis"),
        HEADER + "pack",
        "unknown_pack",
    ),
    "a logo that is not there": (
        rewrite("manifest.yaml", "branding:", "branding:\n  logo: logo.svg"),
        HEADER + "branding.logo",
        "unknown_file",
    ),
    "a header without tax id": (
        rewrite("manifest.yaml", 'tax_id: "1799999990001"\n', ""),
        HEADER + "tax_id",
        "required",
    ),
    "an unknown field of the header": (
        add("manifest.yaml", "motto: ayni\n"),
        HEADER + "motto",
        "unknown_field",
    ),
    "another code than the folder's": (
        rewrite("manifest.yaml", "code: sisa", "code: inti"),
        HEADER + "code",
        "tenant_code_is_not_folder",
    ),
    "the platform's own code": (
        rewrite("manifest.yaml", "code: sisa", "code: platform"),
        HEADER + "code",
        "malformed_tenant_code",
    ),
    "an unknown currency": (
        rewrite("manifest.yaml", "currency: USD", "currency: ABC"),
        HEADER + "currency",
        "unknown_currency",
    ),
    "a default language that is not offered": (
        rewrite("manifest.yaml", "default_language: es", "default_language: qu"),
        HEADER + "default_language",
        "unknown_language",
    ),
    "an unknown time zone": (
        rewrite("manifest.yaml", "America/Guayaquil", "America/Macondo"),
        HEADER + "time_zone",
        "unknown_time_zone",
    ),
    "an unknown module": (
        rewrite("manifest.yaml", "modules: [administration", "modules: [astrology, administration"),
        HEADER + "modules",
        "unknown_module",
    ),
    "a first date on a Sunday": (
        rewrite("manifest.yaml", "2026-06-01", "2026-05-31"),
        HEADER + "first_business_date",
        "first_date_not_worked",
    ),
    "two people of one user name": (
        rewrite("manifest.yaml", "username: teller2", "username: TELLER"),
        HEADER + "staff",
        "username_repeated",
    ),
    "somebody of an unknown role": (
        rewrite("manifest.yaml", "role: auditor", "role: astronaut"),
        HEADER + "staff/auditor/role",
        "unknown_reference",
    ),
    "somebody at an unknown branch": (
        rewrite(
            "manifest.yaml", 'name: Hernán Jaramillo, branch: "1"', 'name: Hernán Jaramillo, branch: "7"'
        ),
        HEADER + "staff/auditor/branch",
        "unknown_reference",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_place(folder: Path, name: str) -> None:
    change, place, code = WRONG[name]
    change(folder)
    found = problems(folder)
    assert (place, code) in found, found


def test_every_error_is_named_at_once(folder: Path) -> None:
    names = [
        "a reference to nothing",
        "no head office",
        "an unknown currency",
        "a role without ledger account",
    ]
    for name in names:
        WRONG[name][0](folder)
    assert {WRONG[name][1:] for name in names} <= problems(folder)


def test_a_cycle_names_its_path(folder: Path) -> None:
    rewrite("branches.yaml", "head_office: true, ", 'parent: "2", head_office: true, ')(folder)
    with pytest.raises(InvalidManifest) as refused:
        checked(folder)
    (cycle,) = [problem for problem in refused.value.errors if problem.code == "reference_cycle"]
    assert cycle.params == {"path": "1 → 2 → 1"}


def test_periods_end_and_may_not_overlap(folder: Path) -> None:
    file = folder / "reference_rates.yaml"
    first = file.read_text(encoding="utf-8")
    file.write_text(first.replace("  body:", "  effective_to: 2026-12-31\n  body:"), encoding="utf-8")
    ended = [each for each in checked(folder).sets if each.kind == "deposits.reference_rate"]
    assert [(each.effective_from.isoformat(), each.retired) for each in ended] == [
        ("2025-01-01", False),
        ("2027-01-01", True),
    ]
    second = first.split("sets:\n")[1].replace("2025-01-01\n", "2026-06-01\n")
    file.write_text(file.read_text(encoding="utf-8") + second, encoding="utf-8")
    assert ("reference_rates.yaml: deposits.reference_rate/TPC/effective_to", "periods_overlap") in problems(
        folder
    )


def test_a_set_of_the_tenant_takes_the_place_of_the_pack_s(folder: Path) -> None:
    pack = folder.parent / "packs" / "andes"
    pack.mkdir(parents=True)
    shutil.copy(folder / "cycles.yaml", pack / "cycles.yaml")
    (folder / "cycles.yaml").write_text(
        "kind: administration.cycle\nsets:\n"
        "- {code: DAILY, effective_from: 2025-01-01, body: {names: {es: Cada día}, unit: daily}}\n",
        encoding="utf-8",
    )
    rewrite("manifest.yaml", "country: EC", "country: EC\npack: andes")(folder)
    cycles = {each.code: each for each in checked(folder).sets if each.kind == "administration.cycle"}
    assert sorted(cycles) == ["DAILY", "MONTH_END", "QUARTER_END"]
    assert cycles["DAILY"].body["names"] == {"es": "Cada día"}
    assert (cycles["DAILY"].origin, cycles["MONTH_END"].origin) == ("", "packs/andes")
