"""The catalogue: the tenant's own words, every language at once, fallbacks, gaps, help."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform import texts
from chalicelib.platform.tenancy import TENANTS
from tests.functional.platform.conftest import Change
from tests.support.api import Client
from tests.support.bank import Bank

PEOPLE = {"admin": "es", "admin2": "en", "auditor": "qu"}


class _Quechua(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{key} runasimipi"


QUECHUA = _Quechua()


def speaking(api: Bank, who: str, language: str) -> Client:
    client = api(who)
    client.put("/v1/platform/me/language", {"language": language}).expect(204)
    client.language = ""
    return client


def with_languages(api: Bank, *languages: str) -> None:
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), languages=languages))
    work.commit()


def labels(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {entry["code"]: entry["label"] for entry in entries} | {
        code: label for entry in entries for code, label in labels(entry["children"]).items()
    }


def imported(api: Bank, written: dict[str, dict[str, str]], today: str) -> None:
    """Own words by key and language, as a file brings them."""
    sets = "\n".join(
        f"- code: {key}\n  effective_from: {today}\n  body: {{texts: {{{rows}}}}}"
        for key, words in written.items()
        for rows in [", ".join(f'{language}: "{text}"' for language, text in words.items())]
    )
    yaml = f"kind: platform.translation\nsets:\n{sets}\n"
    api("admin").post("/v1/platform/parameter-import", {"yaml": yaml, "dry_run": False}).expect(201)


@pytest.mark.feature("GEN-12")
def test_three_people_read_every_label_in_three_languages_at_the_same_time(api: Bank, today: str) -> None:
    with_languages(api, "es", "en", "qu")
    keys = [key for key in texts.catalogue("es") if key.startswith(("menu.", "kinds."))]
    imported(api, {key: {"qu": f"{key} runasimipi"} for key in keys}, today)
    people = {language: speaking(api, who, language) for who, language in PEOPLE.items()}
    for language, client in people.items():
        shown = labels(client.get("/v1/platform/me")["menu"])
        kinds = client.get("/v1/platform/parameter-kinds").json["items"]
        expected = QUECHUA if language == "qu" else texts.catalogue(language)
        assert shown == {code: expected[f"menu.{code}"] for code in shown}
        assert {kind["label"] for kind in kinds} == {
            expected[f"kinds.{kind['kind']}.label"] for kind in kinds
        }


@pytest.mark.feature("GEN-18")
def test_reworded_text_is_read_at_the_next_request(api: Bank) -> None:
    path = "/v1/platform/texts/es/member.deposit.amount"
    assert "member.deposit.amount" not in api("teller").get("/v1/platform/texts/es").json
    answer = api("admin").put(path, {"text": "Valor"}).expect(200)
    assert answer.json == {"key": "member.deposit.amount", "language": "es", "text": "Valor"}
    assert api("teller").get("/v1/platform/texts/es")["member.deposit.amount"] == "Valor"
    member = api.member("pty_x")
    assert member.get("/v1/platform/texts/es?prefix=member.").json == {"member.deposit.amount": "Valor"}


def test_texts_are_read_by_several_beginnings_at_once(api: Bank) -> None:
    teller = api("teller")
    every = teller.get("/v1/platform/texts/es").json
    read = teller.get("/v1/platform/texts/es?prefix=menu.,kinds.,nothing.").json
    assert read == {key: words for key, words in every.items() if key.startswith(("menu.", "kinds."))}
    assert len(read) > len(teller.get("/v1/platform/texts/es?prefix=menu.").json) > 0


def test_own_words_reach_menus_and_forms_and_leave_again(api: Bank) -> None:
    path = "/v1/platform/texts/es/menu.deposits"
    api("admin").put(path, {"text": "Ahorros"}).expect(200)
    api("admin").put(path.replace("/es/", "/en/"), {"text": "Savings"}).expect(200)
    assert labels(api("teller").get("/v1/platform/me")["menu"])["deposits"] == "Ahorros"
    api("admin").put(path, {"text": ""}).expect(200)
    assert labels(api("teller").get("/v1/platform/me")["menu"])["deposits"] == "Depósitos"
    assert api("teller").get("/v1/platform/texts/en")["menu.deposits"] == "Savings"
    assert api("admin").put(path.replace("/es/", "/en/"), {"text": ""})["text"] == "Deposits"


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("errors.too_short.detail", "Al menos {minimo}.", "unknown_placeholder"),
        ("errors.too_short.detail", "Al menos {min_length", "malformed_placeholder"),
        ("errors.too_short.detail", "{min_length:>99999999}", "malformed_placeholder"),
        ("errors.too_short.detail", "{min_length.__class__}", "malformed_placeholder"),
        ("No es clave", "x", "malformed_text_key"),
    ],
)
def test_words_that_cannot_be_filled_are_refused(api: Bank, key: str, text: str, code: str) -> None:
    answer = api("admin").put(f"/v1/platform/texts/es/{key.replace(' ', '%20')}", {"text": text})
    found = answer.json.get("errors", [{"code": answer.code}])[0]["code"]
    assert (answer.status, found) == (422, code)


def test_only_who_may_changes_texts(api: Bank) -> None:
    assert api("teller").put("/v1/platform/texts/es/menu.home", {"text": "x"}).status == 403


@pytest.mark.feature("GEN-19")
def test_a_missing_text_falls_back_and_is_listed(api: Bank, today: str) -> None:
    with_languages(api, "es", "en", "en-GB")
    own = {"ui.colour": {"es": "Color", "en": "Color (en)"}, "ui.only": {"es": "Solo aquí"}}
    imported(api, own, today)
    british = api("teller").get("/v1/platform/texts/en-GB").expect(200).json
    assert (british["ui.colour"], british["ui.only"]) == ("Color (en)", "Solo aquí")
    run = {"filters": {"language": "en-GB"}}
    report = api("admin").post("/v1/platform/reports/platform.missing_texts/runs", run).expect(200).json
    rows = [row for row in report["rows"] if row["key"].startswith("ui.")]
    assert rows == [{"key": "ui.only", "shown": "Solo aquí"}]


@pytest.mark.feature("GEN-27")
def test_help_on_a_field_shows_its_meaning_and_the_codes_that_hold_now(api: Bank, change: Change) -> None:
    asked = "/v1/platform/help-topics?screen=parties.control&field=default_document_type"
    topic = api("admin").get(asked).expect(200).json
    assert topic["label"] == texts.find("fields.parties.control.default_document_type.label", "es")
    assert topic["help"] == texts.find("fields.parties.control.default_document_type.help", "es")
    before = [value["value"] for value in topic["values"]]
    assert "C" in before
    rule = {"names": {"es": "Carné de prueba"}, "min_length": 1, "max_length": 10}
    change("parties.document_rule", "TST", rule, on="2026-06-01")
    after = api("admin").get(asked).json["values"]
    assert {"value": "TST", "label": "Carné de prueba"} in after
    assert len(after) == len(before) + 1


def test_help_on_a_closed_list_shows_its_choices_in_the_callers_language(api: Bank) -> None:
    client = api("admin")
    client.language = "en"
    topic = client.get("/v1/platform/help-topics?screen=platform.currency&field=rounding").json
    assert topic["values"][0] == {"value": "half_up", "label": "Half up"}


def test_help_reaches_a_field_inside_a_group_or_the_rows_of_a_list(api: Bank) -> None:
    def values(screen: str, field: str) -> list[str]:
        asked = f"/v1/platform/help-topics?screen={screen}&field={field}"
        topic = api("officer").get(asked).expect(200).json
        assert topic["label"] == texts.find(f"fields.term_deposits.plan.{field}.label", "es")
        return [value["value"] for value in topic["values"]]

    assert "term_yields" in values("term_deposits.plan", "withholding.figure")
    assert values("term_deposits.plan", "withholding.source") == ["none", "percent", "figure"]
    assert values("term_deposits.plan", "early_cancellation.bands.value") == []


@pytest.mark.parametrize(
    "query",
    [
        "screen=nowhere.at_all&field=x",
        "screen=platform.currency&field=nothing",
        "screen=term_deposits.plan&field=withholding.nothing",
        "screen=term_deposits.plan&field=rate_max.nothing",
    ],
)
def test_help_on_nothing_is_not_found(api: Bank, query: str) -> None:
    answer = api("teller").get(f"/v1/platform/help-topics?{query}")
    assert (answer.status, answer.code) == (404, "unknown_field_of_form")
