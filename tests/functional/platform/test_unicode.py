"""A name in any script is stored, found, printed and exported as the same code points."""

import base64
import io
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from tests.support.bank import Bank
from tests.support.given import a_member, an_account
from tests.support.pdf import text_of

NAMES = ["Ñusta Ch’aska Tupaq", "王小明", "محمد علي", "Ἀριστοτέλης", "Łucja Žižková"]
TODAY = "2026-06-01"


def statement(api: Bank, account: dict[str, Any], form: str, **also: str) -> bytes:
    asked = {"from": TODAY, "to": TODAY, "format": form, **also}
    path = f"/v1/deposits/accounts/{account['id']}/statements"
    return base64.b64decode(api("officer").post(path, asked).expect(200)["content_base64"])


@pytest.mark.feature("GEN-13")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_keeps_its_code_points(api: Bank, name: str) -> None:
    member = a_member(api, given_1=name, surname_1=name)
    stored = api("officer").get(f"/v1/parties/parties/{member['id']}").expect(200).json
    assert name in stored["name"]
    found = api("officer").get(f"/v1/parties/parties?q={quote(name)}&by=name").expect(200)["items"]
    assert [(row["id"], name in row["name"]) for row in found] == [(member["id"], True)]
    account = an_account(api, party_id=member["id"], balance="25.00")
    assert name in text_of(statement(api, account, "pdf"))
    book = load_workbook(io.BytesIO(statement(api, account, "xlsx")))
    cells = [cell for page in book for row in page.iter_rows(values_only=True) for cell in row]
    assert any(name in cell for cell in cells if isinstance(cell, str))
