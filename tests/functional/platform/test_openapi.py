"""The API's own description: complete, valid, and the same as what is committed."""

import json
import re
from typing import Any

import pytest

from chalicelib.platform.http import openapi
from chalicelib.platform.http.routes import PUBLIC, all_operations
from tests.support.bank import Bank

REF = re.compile(r'"\$ref": "(#/[^"]+)"')


@pytest.fixture
def described(api: Bank) -> dict[str, Any]:
    answer = api().get("/v1/openapi.json").expect(200)
    document: dict[str, Any] = answer.json
    return document


def test_every_operation_is_described_under_its_own_name(described: dict[str, Any]) -> None:
    found = {
        (method.upper(), path): operation["operationId"]
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert found == {(each.method, each.path): each.name for each in all_operations()}
    assert len(set(found.values())) == len(found)
    assert described["openapi"] == "3.1.0"


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in set(REF.findall(json.dumps(described))):
        node: Any = described
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
        assert node


def test_the_same_code_gives_the_same_bytes() -> None:
    assert openapi.text() == openapi.text()


def test_money_operations_require_a_key_and_others_offer_one(described: dict[str, Any]) -> None:
    for operation in all_operations():
        parameters = described["paths"][operation.path][operation.method.lower()]["parameters"]
        names = {parameter.get("$ref", "").rpartition("/")[2] for parameter in parameters}
        assert ("RequiredIdempotencyKey" in names) is (operation.money and operation.idempotent)
        assert ("IdempotencyKey" in names) is (operation.idempotent and not operation.money)


def test_visitors_need_no_token_and_all_others_do(described: dict[str, Any]) -> None:
    for operation in all_operations():
        declared = described["paths"][operation.path][operation.method.lower()]
        assert (declared.get("security") == []) is (operation.permission == PUBLIC)
        assert "401" in declared["responses"]


def test_refusals_are_listed_with_their_codes(described: dict[str, Any]) -> None:
    refusals = described["components"]["responses"]
    assert "insufficient_funds" in refusals["deposits_422"]["x-codes"]
    assert "stale_version" in refusals["deposits_412"]["x-codes"]
    assert "insufficient_funds" not in refusals["parties_422"]["x-codes"]
    assert {"tenant_suspended"} == set(refusals["deposits_423"]["x-codes"])


def test_amounts_are_texts_with_an_example(described: dict[str, Any]) -> None:
    amount = described["components"]["schemas"]["Conversion"]["properties"]["result"]
    assert amount["properties"]["amount"]["examples"] == ["1234.50"]


def test_models_of_one_name_keep_apart(described: dict[str, Any]) -> None:
    assert not [name for name in described["components"]["schemas"] if "__" in name]
