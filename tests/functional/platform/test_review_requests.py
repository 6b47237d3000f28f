"""Malformed requests are the caller's mistake: versions, cursors, keys and bodies that cannot be."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform.access.people import PEOPLE
from chalicelib.platform.storage.collection import Collection
from chalicelib.platform.storage.cursor import UnknownCursor, encode_cursor
from chalicelib.platform.storage.store import KeyTooLong
from chalicelib.platform.tenancy import TENANTS, Tenant
from tests.support.bank import FIRST, SECOND, Bank

ME, INBOX = "/v1/platform/me", "/v1/platform/approvals"


@pytest.mark.parametrize(
    "written", ["*", '"1", "2"', "W/", '"x"', "1x", "٣", "9" * 30, '"""1"""', "-1", '"1.0"']
)
def test_an_if_match_that_is_no_version_is_refused(api: Bank, written: str) -> None:
    answer = api("teller").get(ME, if_match=written)
    assert (answer.status, answer.code) == (400, "malformed_if_match")


@pytest.mark.parametrize("written", ["1", '"1"', 'W/"1"', "W/1"])
def test_a_version_is_taken_in_every_form_it_may_have(api: Bank, written: str) -> None:
    assert api("teller").get(ME, if_match=written).status == 200


@pytest.mark.parametrize(
    "written", ["a~b~tenant~٣", f"a~b~tenant~{'9' * 400}", f"a~{'b' * 3000}~tenant~1", "a~b~tenant~0", "~~~1"]
)
def test_a_version_id_that_cannot_be_is_not_found(api: Bank, written: str) -> None:
    answer = api("admin").post(
        f"/v1/platform/parameter-versions/{written}/approvals", {"decision": "approve"}
    )
    assert answer.status == 404


def start_at(pk: Any, sk: Any, **also: Any) -> str:
    return encode_cursor({"pk": pk, "sk": sk, **also})


def test_a_cursor_of_another_range_or_shape_is_refused(api: Bank) -> None:
    pk, text = f"{FIRST}#people", {"S": "x"}
    forged = [
        start_at({"S": pk}, {"N": "1"}),
        start_at({"S": pk}, "x"),
        start_at({"S": pk}, {"S": ""}),
        start_at({"S": pk}, {"S": 1}),
        start_at({"S": pk}, text, g1pk={"S": pk}),
        start_at({"S": pk}, text, other=text),
        start_at({"S": f"{SECOND}#people"}, text),
        start_at([pk], text),
        encode_cursor({"pk": {"S": pk}}),
        "ñ",
        "W10",
    ]
    for cursor in forged:
        with pytest.raises(UnknownCursor):
            api.work().query(PEOPLE, cursor=cursor)
    with pytest.raises(UnknownCursor):
        api.work().query(PEOPLE, prefix="usr_", cursor=start_at({"S": pk}, {"S": "zzz"}))
    assert api.work().query(PEOPLE, prefix="usr_", cursor=start_at({"S": pk}, {"S": "usr_zzz"})).items == []
    first = api.work().query(PEOPLE, limit=1)
    assert first.next_cursor
    assert api.work().query(PEOPLE, limit=1, cursor=first.next_cursor).items != first.items


def test_a_key_too_long_to_be_stored_is_not_found_and_not_written(api: Bank) -> None:
    store, long = api.store(), "x" * 3000
    partition, sort = f"{FIRST}#{long}", "y" * 1025
    assert store.get("core", partition, "a") is None
    assert store.get("core", f"{FIRST}#a", sort) is None
    assert store.get_many([("core", partition, "a"), ("core", f"{FIRST}#a", sort)]) == {}
    assert list(store.pages("core", partition)) == [([], None)]
    assert list(store.pages("core", f"{FIRST}#a", sort=("begins", sort))) == [([], None)]
    assert api("teller").get(f"/v1/deposits/accounts/{long}").status == 404
    collection = Collection(Tenant, table="core", partition="long", sort="{legal_name}")
    for also in (False, True):
        work = api.work()
        work.put(collection, replace(work.get(TENANTS), legal_name=sort, version=0))
        if also:
            work.put(collection, replace(work.get(TENANTS), legal_name="short", version=0))
        with pytest.raises(KeyTooLong):
            work.commit()


DEEP = b'{"body": ' + b"[" * 2000 + b"]" * 2000 + b"}"
TALL = b'{"body": ' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}"


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"null", 422, "not_an_object"),
        (b"[]", 422, "not_an_object"),
        (b'"text"', 422, "not_an_object"),
        (b"1", 422, "not_an_object"),
        (b"{", 400, "malformed_json"),
        (b'{"language": NaN}', 400, "malformed_json"),
        (b'{"language": "\xff\xfe"}', 400, "malformed_json"),
        (b"\xef\xbb\xbf{}", 400, "malformed_json"),
        (b'{"language": "\\ud800"}', 400, "malformed_json"),
        (DEEP, 400, "malformed_json"),
        (TALL, 400, "malformed_json"),
        (b'{"language": %b}' % (b"9" * 5000), 400, "malformed_json"),
        (b'{"language": %b}' % (b"9" * 40), 422, "number_too_large"),
        (b'{"language": 1e999}', 422, "number_too_large"),
        (b'{"language": 12}', 422, "wrong_type"),
    ],
)
def test_a_body_that_cannot_be_is_refused_as_the_callers_mistake(
    api: Bank, raw: bytes, status: int, code: str
) -> None:
    answer = api("teller").send("PUT", "/v1/platform/me/language", raw=raw)
    assert (answer.status, answer.code) == (status, code)


def test_numbers_of_a_query_are_checked_too(api: Bank) -> None:
    for written in ("9" * 5000, "9" * 30, "٣", "1e3"):
        assert api("teller").get(f"{INBOX}?limit={written}").status == 422
