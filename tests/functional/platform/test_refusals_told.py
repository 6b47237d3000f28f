"""How a refusal is told: in the language of whoever asks, without raw values, and of everything that cannot be seen."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform import texts
from chalicelib.platform.tenancy import TENANTS
from tests.functional.platform.conftest import Change
from tests.support.api import Client, Reply
from tests.support.bank import FIRST, Bank
from tests.support.given import a_member, an_account, money

AUDIT, ME, SESSIONS = "/v1/platform/audit-events", "/v1/platform/me", "/v1/access/sessions"
SPANISH, ENGLISH = "Su perfil no incluye", "Your roles do not include"


def speaks(api: Bank, who: str, language: str) -> Client:
    """Somebody who chose a language and whose browser names none."""
    client = api(who)
    client.put("/v1/platform/me/language", {"language": language}).expect(204)
    client.language = ""
    return client


# -- whose language -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "header", "english"),
    [
        ("en", "", True),
        ("es", "", False),
        ("es", "fr, en;q=0.9", True),
        ("en", "fr;q=0.9, es-EC;q=0.5", False),
        ("es", "en-GB", True),
        ("en", "fr", True),
    ],
)
def test_a_refusal_is_told_in_the_language_of_whoever_asks(
    api: Bank, chosen: str, header: str, english: bool
) -> None:
    client = speaks(api, "teller", chosen)
    refused = client.get(AUDIT, headers={"accept-language": header}).expect(403)
    assert refused["title"] == ("Permission denied" if english else "No tiene permiso")
    assert refused["detail"].startswith(ENGLISH if english else SPANISH)


def test_who_asks_too_often_is_told_so_in_their_language(api: Bank) -> None:
    client = speaks(api, "teller", "en")
    work = api.work()
    work.put(TENANTS, replace(work.get(TENANTS), user_requests_per_minute=0))
    work.commit()
    refused = client.get(ME).expect(429)
    assert "Wait" in refused["detail"]


def test_a_visitor_is_refused_in_the_language_of_the_browser(api: Bank) -> None:
    asked = {"tenant": FIRST, "username": "teller", "password": "nope"}
    refused = api().post(SESSIONS, asked, headers={"accept-language": "fr, en;q=0.9"}).expect(401)
    spanish = api().post(SESSIONS, asked, headers={"accept-language": "fr"}).expect(401)
    english = texts.catalogue("en")["errors.invalid_credentials.title"]
    assert (refused["title"], spanish["title"] == english) == (english, False)


def test_a_cooperative_refuses_in_its_own_words(api: Bank, change: Change, today: str) -> None:
    own = {"texts": {"es": "Pídalo a su jefe ({permission})."}}
    change("platform.translation", "errors.permission_denied.detail", own, on=today)
    assert api("teller").get(AUDIT)["detail"] == "Pídalo a su jefe (Consultar la auditoría)."


# -- no raw values ------------------------------------------------------------------------------------------------


def told(reply: Reply) -> str:
    """Everything that a problem says."""
    rows = [row["message"] for row in reply.json.get("errors", [])]
    return " ".join([reply["title"], reply["detail"], reply.json.get("remedy", ""), *rows])


def test_choices_states_and_amounts_are_words_and_the_places_own_writing(
    api: Bank, change: Change, today: str
) -> None:
    change("platform.approval_rule", "deposits.post_withdrawal", {"from_amount": "10"}, on=today)
    account = an_account(api, balance="5000.00")
    path = f"/v1/deposits/accounts/{account['id']}/withdrawals"
    waiting = api("teller").post(path, {"amount": money("20.00")}).expect(202)["id"]
    decisions = f"/v1/platform/approvals/{waiting}/decisions"
    wrong = api("manager").post(decisions, {"decision": "perhaps"}).expect(422)
    assert "approve (aprobar), reject (rechazar)" in told(wrong)
    api("manager").post(decisions, {"decision": "reject", "reason": "No"}).expect(201)
    again = api("manager").post(decisions, {"decision": "reject"}).expect(409)
    assert "rechazada" in told(again)


def test_what_is_available_is_written_as_the_place_writes_it(api: Bank) -> None:
    path = f"/v1/deposits/accounts/{an_account(api, balance='1234.56')['id']}/withdrawals"
    asked = {"amount": money("9999.00")}
    assert "1.234,56 USD" in told(api("teller").post(path, asked).expect(422))
    english = api("teller").post(path, asked, headers={"accept-language": "en"}).expect(422)
    assert "1,234.56 USD" in told(english)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/loans/simulations", {"principal": money("9" * 24)}),
        ("/v1/term_deposits/simulations", {"product": "TD", "amount": money("9" * 24), "term_days": 90}),
        ("/v1/loans/simulations", {"principal": {"amount": "9" * 60, "currency": "USD"}}),
    ],
)
def test_no_answer_leaves_a_placeholder_open(
    api: Bank, language: str, path: str, body: dict[str, Any]
) -> None:
    refused = api("officer").post(path, body, headers={"accept-language": language}).expect(422)
    assert "amount_too_large" in {row["code"] for row in refused["errors"]}
    assert "{" not in told(refused)


# -- what cannot be seen ------------------------------------------------------------------------------------------


def test_a_name_that_stands_twice_in_a_body_is_refused(api: Bank) -> None:
    account = an_account(api, balance="5.00")
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    twice = b'{"amount": {"amount": "0.01", "currency": "USD", "amount": "0.02"}}'
    refused = api("teller").post(path, raw=twice).expect(422)
    assert (refused.code, refused["field"]) == ("name_repeated", "amount")
    balances = api("teller").get(f"/v1/deposits/accounts/{account['id']}/balances")
    assert balances["ledger"] == money("5.00")


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x07", "\u202e", "\u200b", "\ufeff", "\u2066", "\u00ad", "\u200d"]
)
def test_text_that_cannot_be_seen_is_refused_and_nothing_is_posted(api: Bank, unseen: str) -> None:
    account = an_account(api, balance="5.00")
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    body = {"amount": money("1.00"), "narrative": f"Aporte{unseen}"}
    refused = api("teller").post(path, raw=json.dumps(body).encode()).expect(422)
    assert (refused.code, refused["field"]) == ("invisible_characters", "narrative")
    found = api("teller").get(f"/v1/parties/parties?q=Lema{unseen}&by=name")
    assert (found.status, found.code) == (422, "invisible_characters")
    balances = api("teller").get(f"/v1/deposits/accounts/{account['id']}/balances")
    assert balances["ledger"] == money("5.00")


def test_a_name_of_nothing_that_can_be_seen_registers_nobody(api: Bank) -> None:
    with pytest.raises(AssertionError, match="invisible_characters"):
        a_member(api, given_1="\u200b")


def test_joiners_between_letters_and_lines_of_a_note_are_text(api: Bank) -> None:
    member = a_member(api, given_1="می\u200cخواهم")
    assert "\u200c" in api("officer").get(f"/v1/parties/parties/{member['id']}")["name"]
