"""Parameters as YAML: what is exported comes in again, errors come all at once, nothing is half done."""

import textwrap

import pytest

from tests.support.api import Reply
from tests.support.bank import FIRST, SECOND, Bank

EXPORT, IMPORT = "/v1/platform/parameter-export", "/v1/platform/parameter-import"
SETS = "/v1/platform/parameters"


def imported(api: Bank, text: str, dry_run: bool = True, tenant: str = FIRST) -> Reply:
    written = textwrap.dedent(text)
    return api("admin", tenant).post(IMPORT, {"yaml": written, "dry_run": dry_run})


CHARGES = """
    kind: deposits.service_charge
    sets:
    - code: CRT
      effective_from: 2026-06-01
      body: {names: {es: Certificación, en: Certificate}, currency: USD, amount: 2.50, taxable: true}
    - code: NEW
      effective_from: 2020-01-01
      body: {names: {es: Nuevo}, currency: USD, amount: 1.10}
"""


def test_what_was_exported_changes_nothing_when_it_comes_in(api: Bank) -> None:
    exported = api("admin").get(EXPORT).expect(200).json
    assert exported["sets"] > 50
    again = api("admin").post(IMPORT, {"yaml": exported["yaml"]}).expect(201).json
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, exported["sets"])


def test_an_export_holds_the_kinds_that_were_asked_for(api: Bank) -> None:
    text = api("admin").get(f"{EXPORT}?kinds=deposits.service_charge")["yaml"]
    assert text.startswith("kind: deposits.service_charge\nsets:\n- code: ")
    assert "deposits.plan" not in text


def test_a_dry_run_says_what_would_change_and_changes_nothing(api: Bank) -> None:
    plan = imported(api, CHARGES).expect(201).json
    assert (plan["dry_run"], plan["created"], plan["changed"]) == (True, 1, 1)
    changed, created = plan["items"]
    assert (changed["action"], changed["code"]) == ("change", "CRT")
    assert changed["changes"] == [{"field": "amount", "label": "Monto", "before": "2.00", "after": "2.50"}]
    assert (created["action"], created["effective_from"]) == ("create", "2026-06-01")
    assert api("admin").get(f"{SETS}/deposits.service_charge/NEW/versions").status == 404


def test_an_import_proposes_and_another_person_approves(api: Bank) -> None:
    rows = imported(api, CHARGES, dry_run=False).expect(201)["items"]
    assert api("admin").get(f"{SETS}/deposits.service_charge/CRT")["body"]["amount"] == "2.00"
    for row in rows:
        path = f"/v1/platform/parameter-versions/{row['version_id']}/approvals"
        assert api("admin").post(path, {"decision": "approve"}).code == "self_approval"
        api("admin2").post(path, {"decision": "approve"}).expect(201)
    assert api("admin").get(f"{SETS}/deposits.service_charge/CRT")["body"]["amount"] == "2.50"
    again = imported(api, CHARGES, dry_run=False).expect(201).json
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_an_import_larger_than_a_transaction_goes_through_and_can_be_repeated(api: Bank) -> None:
    sets = "\n".join(
        f"- {{code: X{n}, effective_from: 2026-06-01, body: {{names: {{es: Cargo}}, currency: USD, amount: '1'}}}}"
        for n in range(200)
    )
    text = f"kind: deposits.service_charge\nsets:\n{sets}\n"
    assert imported(api, text, dry_run=False).expect(201)["created"] == 200
    assert imported(api, text, dry_run=False).expect(201)["unchanged"] == 200
    trail = api("auditor").get("/v1/platform/audit-events?operation=platform.import_parameters").json
    assert len(trail["items"]) == 3


def test_every_error_is_named_with_its_place_and_nothing_is_written(api: Bank) -> None:
    answer = imported(
        api,
        """
        kind: deposits.service_charge
        sets:
        - code: OK
          effective_from: 2026-06-01
          body: {names: {es: Bien}, currency: USD, amount: 1}
        - code: A
          effective_from: mañana
          body: {}
        - code: B
          effective_from: 2026-06-01
          body: {names: {es: Mal}, currency: USD, amount: -1, colour: red}
        - code: B
          effective_from: 2026-06-01
          scope: branch:1
          body: {names: {es: Mal}, currency: USD, amount: 1, income_role: nothing}
        ---
        kind: deposits.nothing
        sets: []
        ---
        - not a document
        """,
        dry_run=False,
    )
    assert (answer.status, answer.code) == (422, "import_rejected")
    found = {(row["field"], row["code"]) for row in answer["errors"]}
    assert found == {
        ("0.sets.1.effective_from", "wrong_format"),
        ("0.sets.2.body.amount", "out_of_range"),
        ("0.sets.2.body.colour", "unknown_field"),
        ("0.sets.3.scope", "scope_not_allowed"),
        ("0.sets.3.body.income_role", "unknown_reference"),
        ("1.kind", "unknown_parameter_kind"),
        ("2", "malformed_document"),
    }
    assert all(not row["message"].startswith("errors.") for row in answer["errors"])
    assert api("admin").get(f"{SETS}/deposits.service_charge/OK/versions").status == 404


def test_a_set_may_refer_to_one_that_comes_with_it(api: Bank) -> None:
    text = """
        kind: deposits.fee_table
        sets:
        - code: TT
          effective_from: 2026-06-01
          body: {names: {es: Tabla}, lines: [{charge: NEW, trigger: cycle}]}
        ---
        kind: deposits.service_charge
        sets:
        - code: NEW
          effective_from: 2026-06-01
          body: {names: {es: Nuevo}, currency: USD, amount: 1}
    """
    assert imported(api, text).expect(201)["created"] == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind: [", "malformed_yaml"),
        ("a: &x [1]\nb: *x", "malformed_yaml"),
        ("!!python/object/apply:os.system ['true']", "malformed_yaml"),
        ("[" * 5000, "malformed_yaml"),
        ("\x00", "invisible_characters"),
        ("just a text", "import_rejected"),
    ],
)
def test_what_is_no_parameter_file_is_refused(api: Bank, text: str, code: str) -> None:
    answer = api("admin").post(IMPORT, {"yaml": text})
    assert (answer.status, answer.code) == (422, code)


def test_one_set_twice_is_refused(api: Bank) -> None:
    row = "- {code: X, effective_from: 2026-06-01, body: {names: {es: X}, currency: USD, amount: 1}}\n"
    answer = imported(api, f"kind: deposits.service_charge\nsets:\n{row}{row}")
    assert [(row["field"], row["code"]) for row in answer["errors"]] == [("0.sets.1.code", "set_repeated")]


def test_numbers_and_dates_are_read_as_they_are_written(api: Bank) -> None:
    text = """
        kind: deposits.service_charge
        sets:
        - code: X
          effective_from: 2026-06-01
          body: {names: {es: X}, currency: USD, amount: 1.10, valid_from: 2026-06-01}
    """
    imported(api, text, dry_run=False).expect(201)
    version = api("admin").get(f"{SETS}/deposits.service_charge/X/versions")["items"][0]
    assert (version["body"]["amount"], version["body"]["valid_from"]) == ("1.10", "2026-06-01")


def test_only_who_may_imports(api: Bank) -> None:
    assert api("teller").post(IMPORT, {"yaml": "kind: x"}).status == 403
    assert api("accountant").post(IMPORT, {"yaml": "kind: x"}).status == 403


def test_one_cooperative_exports_nothing_of_another(api: Bank) -> None:
    ours, theirs = (api("admin", tenant).get(EXPORT)["yaml"] for tenant in (FIRST, SECOND))
    assert "Cotacachi" in ours
    assert "Cotacachi" not in theirs
