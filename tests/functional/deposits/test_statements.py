"""Statements: for the member, in the member's language."""

import base64
from typing import Any

import pytest

from tests.support.bank import Bank
from tests.support.given import a_member, an_account

TODAY = "2026-06-01"


def statement(api: Bank, account: dict[str, Any], **also: str) -> str:
    asked = {"from": TODAY, "to": TODAY, "format": "csv", **also}
    answer = api("teller").post(f"/v1/deposits/accounts/{account['id']}/statements", asked).expect(200)
    return base64.b64decode(answer["content_base64"]).decode("utf-8-sig")


@pytest.mark.feature("GEN-17")
def test_a_statement_is_in_the_members_language_whatever_the_branchs_and_the_tellers(bank: Bank) -> None:
    """The branch and the teller speak Spanish; one member reads English, the other nothing but Spanish."""
    english = an_account(bank, party_id=a_member(bank, language="en")["id"], balance="25.00")
    spanish = an_account(bank, party_id=a_member(bank)["id"], balance="25.00")
    assert bank("teller").get("/v1/platform/me").expect(200)["user"]["language"] == "es"
    assert statement(bank, english).splitlines()[0].startswith("Date,Description")
    assert statement(bank, spanish).splitlines()[0].startswith("Fecha")


def test_staff_may_ask_for_a_statement_in_another_language(bank: Bank) -> None:
    account = an_account(bank, party_id=a_member(bank, language="en")["id"], balance="25.00")
    assert statement(bank, account, language="es").splitlines()[0].startswith("Fecha")
