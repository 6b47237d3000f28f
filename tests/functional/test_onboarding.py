"""Onboarding: a manifest makes a bank that works; the same one again makes nothing; a changed one, a new version."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chalicelib.kernel.errors import Conflict
from chalicelib.platform.access.people import PEOPLE, PersonState
from chalicelib.platform.parameters.versions import VERSIONS, VersionState
from chalicelib.platform.posting.days import GATES_PER_BRANCH, all_gates
from chalicelib.platform.storage.store import Store
from chalicelib.platform.tenancy import TENANTS, TenantState
from chalicelib.platform.work import UnitOfWork
from chalicelib.workflows.onboarding import command, demonstration
from chalicelib.workflows.onboarding.apply import Applied, FixedForLife, apply, compare
from chalicelib.workflows.onboarding.manifest import read
from chalicelib.workflows.onboarding.plan import Action, Difference
from chalicelib.workflows.onboarding.validation import Manifest, validated
from tests.support.bank import FIRST, FIXTURES, SECOND, Bank
from tests.support.given import a_member, an_account
from tests.support.provision import PASSWORD

S1 = ("deposits.plan", "S1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / FIRST
    shutil.copytree(FIXTURES / FIRST, copied)
    return copied


def manifest_of(folder: Path) -> Manifest:
    return validated(read(folder))


def rewritten(folder: Path, file: str, before: str, after: str) -> Manifest:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return manifest_of(folder)


def everything(bank: Bank, tenant: str = FIRST) -> dict[str, object]:
    """What is stored of the tenant's configuration."""
    work = bank.work(tenant)
    return {
        "tenant": work.find(TENANTS),
        "versions": list(work.all(VERSIONS)),
        "people": list(work.all(PEOPLE)),
        "gates": [all_gates(work, branch) for branch in ("1",)],
    }


@pytest.mark.feature("GEN-06")
def test_a_complete_manifest_makes_a_bank_ready_for_use(api: Bank, folder: Path) -> None:
    """Head office, chart, code tables, an administrator; and applying it again creates nothing."""
    work = api.work()
    tenant = work.get(TENANTS)
    assert tenant.state is TenantState.LIVE
    assert work.config.get("administration.branch", "1", date(2026, 6, 1)).head_office
    assert len(list(work.config.all("accounting.account", date(2026, 6, 1)))) > 40
    assert work.config.find("administration.code_table", "sex", date(2026, 6, 1))
    admin = api().post("/v1/access/sessions", {"tenant": FIRST, "username": "admin", "password": PASSWORD})
    assert admin.expect(201)["user"]["roles"] == ["tenant_admin"]
    assert an_account(api, balance="25.00")["ledger"]["amount"] == "25.00"

    before = everything(api)
    again = apply(manifest_of(FIXTURES / FIRST))
    assert not again.difference
    assert again.staff == ()
    assert everything(api) == before


def test_cooperatives_differ_by_parameters_alone(bank: Bank) -> None:
    on = date(2026, 6, 1)
    amounts = [
        bank.work(code).config.get("deposits.service_charge", "EXT", on).amount for code in (FIRST, SECOND)
    ]
    assert [str(amount) for amount in amounts] == ["1.00", "4000"]


def test_every_branch_opens_with_the_manifest_s_date(bank: Bank) -> None:
    gates = all_gates(bank.work(), "2")
    assert len(gates) == GATES_PER_BRANCH
    assert {(gate.previous_date, gate.business_date, gate.next_date) for gate in gates} == {
        (date(2026, 5, 29), date(2026, 6, 1), date(2026, 6, 2))
    }


def test_the_difference_names_the_one_field_that_changed(bank: Bank, folder: Path) -> None:
    found = compare(rewritten(folder, "deposit_plans.yaml", 'fixed_rate: "2"', 'fixed_rate: "2.5"'))
    (change,) = found.sets
    assert (change.action, change.written.kind, change.written.code) == (Action.CHANGE, *S1)
    assert [(row.field, row.before, row.after) for row in change.changes] == [("fixed_rate", "2", "2.5")]
    assert not any((found.is_new, found.header, found.staff))


def test_writing_a_default_down_changes_nothing(bank: Bank, folder: Path) -> None:
    before = "withholding_applies: true,"
    assert not compare(rewritten(folder, "deposit_plans.yaml", before, f"{before} published: true,"))


def test_a_changed_set_becomes_a_version_from_the_business_date(bank: Bank, folder: Path) -> None:
    manifest = rewritten(folder, "deposit_plans.yaml", 'fixed_rate: "2"', 'fixed_rate: "2.5"')
    apply(manifest)
    history = bank.work().config.history(*S1)
    assert [(since, str(plan.fixed_rate)) for since, plan in history] == [
        (date(2025, 1, 1), "2"),
        (date(2026, 6, 1), "2.5"),
    ]
    assert not compare(manifest), "the second time nothing is left to do"


def test_a_version_of_the_future_is_added_and_corrected(bank: Bank, folder: Path) -> None:
    later = """- code: TPC
  effective_from: 2026-09-01
  body: {names: {es: Tasa pasiva, en: Deposit rate}, history: [{date: 2026-09-01, rate: "3"}]}
"""
    path = folder / "reference_rates.yaml"
    path.write_text(path.read_text(encoding="utf-8") + later, encoding="utf-8")
    apply(manifest_of(folder))
    assert not compare(manifest_of(folder))
    corrected = rewritten(folder, "reference_rates.yaml", '"3"', '"3.1"')
    apply(corrected)
    assert not compare(corrected)
    rates = bank.work().config.get("deposits.reference_rate", "TPC", date(2026, 9, 2))
    assert str(rates.rate_on(date(2026, 9, 2))) == "3.1"


def test_a_set_that_is_gone_is_retired(bank: Bank, folder: Path) -> None:
    path = folder / "hold_codes.yaml"
    path.write_text(
        "".join(line for line in path.open(encoding="utf-8") if "code: DEB" not in line), encoding="utf-8"
    )
    manifest = manifest_of(folder)
    assert [(change.action, change.written.code) for change in compare(manifest).sets] == [
        (Action.RETIRE, "DEB")
    ]
    apply(manifest)
    config = bank.work().config
    assert config.find("deposits.hold_code", "DEB", date(2026, 5, 31))
    assert not config.find("deposits.hold_code", "DEB", date(2026, 6, 1))
    assert not compare(manifest)
    assert compare(manifest_of(FIXTURES / FIRST)).sets[0].action is Action.ADD, "it may come back"


def test_what_people_changed_stays(bank: Bank) -> None:
    """A plan changed in the console is the console's; the same manifest does not undo it."""
    work = bank.work()
    kept = next(version for version in work.all(VERSIONS, prefix="deposits.plan#S1#"))
    body = {**kept.body, "fixed_rate": "1.75"}
    work.put(
        VERSIONS,
        replace(kept, number=2, body=body, maker="usr_x", effective_from=date(2026, 6, 1), version=0),
    )
    tenant = work.get(TENANTS)
    work.put(TENANTS, replace(tenant, config_version=tenant.config_version + 1))
    work.commit()
    assert not apply(manifest_of(FIXTURES / FIRST)).difference
    assert str(bank.work().config.get(*S1, date(2026, 6, 1)).fixed_rate) == "1.75"


def test_new_staff_get_a_temporary_password(api: Bank, folder: Path) -> None:
    line = '- {username: newcomer, role: teller, name: Inti Conejo, branch: "2"}\n'
    path = folder / "manifest.yaml"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    applied = apply(manifest_of(folder))
    (made,) = applied.staff
    assert (made.username, made.role) == ("newcomer", "teller")
    credentials = {"tenant": FIRST, "username": "newcomer", "password": made.password}
    session = api().post("/v1/access/sessions", credentials).expect(201)
    assert session["must_change_password"] is True


def test_header_changes_reach_the_tenant(bank: Bank, folder: Path) -> None:
    manifest = rewritten(folder, "manifest.yaml", "trade_name: Cooperativa Sisa", "trade_name: Sisa Coop")
    assert [change.field for change in compare(manifest).header] == ["trade_name"]
    apply(manifest)
    assert bank.work().get(TENANTS).trade_name == "Sisa Coop"
    assert not compare(manifest)


@pytest.mark.parametrize(
    ("before", "after"), [("currency: USD", "currency: EUR"), ("country: EC", "country: PE")]
)
def test_money_and_country_are_for_life(bank: Bank, folder: Path, before: str, after: str) -> None:
    manifest = rewritten(folder, "manifest.yaml", before, after)
    kept = everything(bank)
    with pytest.raises(FixedForLife) as refused:
        apply(manifest)
    assert isinstance(refused.value, Conflict)
    assert everything(bank) == kept


class Died(Exception):
    """The process ended here."""


def _until(calls: int) -> Iterator[None]:
    yield from (None for _ in range(calls))
    raise Died


def test_an_onboarding_that_died_is_finished_by_the_same_command(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tercera"
    shutil.copytree(FIXTURES / FIRST, folder)
    manifest = rewritten(folder, "manifest.yaml", "code: sisa", "code: tercera")
    transact = Store.transact
    for calls in range(1, 30, 4):
        steps = _until(calls)

        def dying(store: Store, writes: list[dict[str, object]], steps: Iterator[None] = steps) -> None:
            next(steps)
            transact(store, writes)

        monkeypatch.setattr(Store, "transact", dying)
        try:
            finished: Applied | None = apply(manifest, password_of=lambda member: PASSWORD)
        except Died:
            finished = None
        monkeypatch.setattr(Store, "transact", transact)
        if finished:
            break
    assert finished is not None
    _assert_same_bank(bank.work("tercera"), bank.work(FIRST), compare(manifest))


def _assert_same_bank(one: UnitOfWork, other: UnitOfWork, left: Difference) -> None:
    def essence(work: UnitOfWork) -> set[tuple[str, str, str, int]]:
        rows = (version for version in work.all(VERSIONS) if version.state is VersionState.APPROVED)
        return {(row.kind, row.code, row.scope, row.number) for row in rows}

    assert not left
    assert essence(one) == essence(other)
    assert one.get(TENANTS).state is TenantState.LIVE
    assert {person.username for person in one.all(PEOPLE)} == {
        person.username for person in other.all(PEOPLE)
    }
    assert all(person.state is PersonState.ACTIVE for person in one.all(PEOPLE))
    assert len(all_gates(one, "2")) == GATES_PER_BRANCH


def test_members_can_be_registered_in_both_countries(api: Bank) -> None:
    assert [a_member(api, tenant=code)["document_type"] for code in (FIRST, SECOND)] == ["C", "CC"]


# -- the command -------------------------------------------------------------------------------------------------


def test_the_command_says_when_there_is_nothing_to_change(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([FIRST], FIXTURES) == 0
    assert capsys.readouterr().out == "= sisa: nothing to change\n"


def test_the_command_shows_a_difference_and_changes_nothing(
    bank: Bank, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(folder, "deposit_plans.yaml", 'fixed_rate: "2"', 'fixed_rate: "2.5"')
    before = everything(bank)
    assert command.main([FIRST, "--diff"], folder.parent) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ sisa (Cooperativa Sisa)",
        "  ~ deposits.plan/S1 from 2026-06-01",
        "      fixed_rate: '2' → '2.5'",
    ]
    assert command.main([FIRST], folder.parent) == 2, "nobody agreed to it"
    assert everything(bank) == before


def test_the_command_names_every_error_and_changes_nothing(
    bank: Bank, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, before, after in (
        ("deposit_plans.yaml", "interest_code: TIERED", "interest_code: TIRED"),
        ("branches.yaml", 'parent: "1"', 'parent: "2"'),
    ):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    before = everything(bank)
    assert command.main([FIRST, "--yes"], folder.parent) == 1
    said = capsys.readouterr().out
    assert "deposit_plans.yaml: deposits.plan/S2/interest_code: unknown_reference" in said
    assert "Las referencias forman un círculo: 2 → 2." in said
    assert everything(bank) == before


def test_a_demonstration_has_known_passwords(
    api: Bank, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = tmp_path / "demo.json"
    monkeypatch.setenv(demonstration.FILE_VARIABLE, str(users))
    line = '- {username: newcomer, role: teller, name: Inti Conejo, branch: "2"}\n'
    (folder / "manifest.yaml").open("a", encoding="utf-8").write(line)
    assert command.main([FIRST], folder.parent) == 0
    (tenant,) = json.loads(users.read_text(encoding="utf-8"))["tenants"]
    known = next(each for each in tenant["staff"] if each["username"] == "newcomer")
    assert (tenant["code"], known["role"]) == (FIRST, "teller")
    credentials = {"tenant": FIRST, "username": "newcomer", "password": known["password"]}
    assert api().post("/v1/access/sessions", credentials).expect(201)["must_change_password"] is False
