"""What the bank relies on in its store, held by the simulated DynamoDB and by the store in memory alike.

The laws of closing and posting are proven on the store in memory; these checks are why that is a proof.
"""

from typing import Any

import boto3
import pytest

from chalicelib.kernel.errors import InvariantError
from chalicelib.platform.storage.codec import Item
from chalicelib.platform.storage.store import ConditionFailed, Store, TransactionCancelled
from tests.support.bank import FIRST, Bank
from tests.support.memory import MemoryStore
from tests.support.quick_moto import by_the_wire

PK = f"{FIRST}#contract#1"
ABSENT: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}


@pytest.fixture(params=["memory", "dynamodb", "dynamodb by the wire"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return MemoryStore(FIRST)
    bank: Bank = request.getfixturevalue("bank")
    if request.param == "dynamodb":
        return bank.store()
    return Store(by_the_wire(boto3.client("dynamodb")), FIRST)


def an_item(sk: str, version: int = 1, **fields: str) -> Item:
    texts = {name: {"S": value} for name, value in fields.items()}
    return {"pk": {"S": PK}, "sk": {"S": sk}, "version": {"N": str(version)}, **texts}


def a_put(store: Store, item: Item, condition: dict[str, Any] = ABSENT) -> dict[str, Any]:
    return {"Put": {"TableName": store.table("core"), "Item": item, **condition}}


def at_version(version: int) -> dict[str, Any]:
    return {
        "ConditionExpression": "version = :v",
        "ExpressionAttributeValues": {":v": {"N": str(version)}},
    }


def a_check(store: Store, sk: str, name: str, value: str) -> dict[str, Any]:
    return {
        "ConditionCheck": {
            "TableName": store.table("core"),
            "Key": {"pk": {"S": PK}, "sk": {"S": sk}},
            "ConditionExpression": "#n0 = :n0",
            "ExpressionAttributeNames": {"#n0": name},
            "ExpressionAttributeValues": {":n0": {"S": value}},
        }
    }


def a_delete(store: Store, sk: str, version: int) -> dict[str, Any]:
    key = {"pk": {"S": PK}, "sk": {"S": sk}}
    return {"Delete": {"TableName": store.table("core"), "Key": key, **at_version(version)}}


def keys_of(store: Store, **asked: Any) -> list[list[str]]:
    """The sort keys of each page."""
    return [[item["sk"]["S"] for item in items] for items, _ in store.pages("core", PK, **asked)]


def test_an_item_is_new_once(store: Store) -> None:
    store.put(a_put(store, an_item("a"))["Put"])
    with pytest.raises(ConditionFailed):
        store.put(a_put(store, an_item("a", note="again"))["Put"])
    assert store.get("core", PK, "a") == an_item("a")
    assert store.get("core", PK, "b") is None


def test_a_version_is_replaced_by_whoever_knows_it(store: Store) -> None:
    store.put(a_put(store, an_item("a"))["Put"])
    store.put(a_put(store, an_item("a", 2), at_version(1))["Put"])
    with pytest.raises(ConditionFailed):
        store.put(a_put(store, an_item("a", 2), at_version(1))["Put"])
    with pytest.raises(ConditionFailed):
        store.put(a_put(store, an_item("missing", 2), at_version(1))["Put"])


def test_a_transaction_writes_all_or_nothing_and_names_what_refused_it(store: Store) -> None:
    store.put(a_put(store, an_item("a"))["Put"])
    with pytest.raises(TransactionCancelled) as refused:
        store.transact([a_put(store, an_item("b")), a_put(store, an_item("a")), a_put(store, an_item("c"))])
    assert refused.value.reasons == ["None", "ConditionalCheckFailed", "None"]
    assert keys_of(store) == [["a"]]
    store.transact([a_put(store, an_item("b")), a_put(store, an_item("a", 2), at_version(1))])
    assert store.get_many([("core", PK, "a"), ("core", PK, "b"), ("core", PK, "c")]) == {
        ("core", PK, "a"): an_item("a", 2),
        ("core", PK, "b"): an_item("b"),
    }


def test_a_check_holds_a_transaction_to_what_was_seen(store: Store) -> None:
    store.put(a_put(store, an_item("gate", day="monday"))["Put"])
    store.transact([a_check(store, "gate", "day", "monday"), a_put(store, an_item("a"))])
    with pytest.raises(TransactionCancelled) as refused:
        store.transact([a_check(store, "gate", "day", "tuesday"), a_put(store, an_item("b"))])
    assert refused.value.reasons == ["ConditionalCheckFailed", "None"]
    with pytest.raises(TransactionCancelled):
        store.transact([a_check(store, "nowhere", "day", "monday"), a_put(store, an_item("b"))])
    assert keys_of(store) == [["a", "gate"]]


def test_a_delete_needs_the_version_that_was_read(store: Store) -> None:
    store.put(a_put(store, an_item("a", 3))["Put"])
    with pytest.raises(TransactionCancelled):
        store.transact([a_delete(store, "a", 2)])
    store.transact([a_delete(store, "a", 3)])
    assert store.get("core", PK, "a") is None


def test_pages_come_in_order_bounded_and_go_on_where_they_stopped(store: Store) -> None:
    for sk in ("m#2", "m#1", "n#1", "m#3", "l#9"):
        store.put(a_put(store, an_item(sk))["Put"])
    assert keys_of(store) == [["l#9", "m#1", "m#2", "m#3", "n#1"]]
    assert keys_of(store, sort=("begins", "m#")) == [["m#1", "m#2", "m#3"]]
    assert keys_of(store, sort=("between", "m#2", "n#1")) == [["m#2", "m#3", "n#1"]]
    assert keys_of(store, sort=("begins", "m#"), forward=False) == [["m#3", "m#2", "m#1"]]
    first, following = next(store.pages("core", PK, limit=2))
    assert ([item["sk"]["S"] for item in first], following is None) == (["l#9", "m#1"], False)
    rest = next(store.pages("core", PK, limit=9, start=following))
    assert ([item["sk"]["S"] for item in rest[0]], rest[1]) == (["m#2", "m#3", "n#1"], None)


def test_a_page_shows_what_is_stored_when_it_is_read(store: Store) -> None:
    for sk in ("a", "b", "c", "e"):
        store.put(a_put(store, an_item(sk))["Put"])
    pages = store.pages("core", PK, limit=2)
    assert [item["sk"]["S"] for item in next(pages)[0]] == ["a", "b"]
    store.transact([a_delete(store, "b", 1), a_put(store, an_item("c", 2), at_version(1))])
    store.put(a_put(store, an_item("d"))["Put"])
    rest = [item for items, _ in pages for item in items]
    assert rest == [an_item("c", 2), an_item("d"), an_item("e")]


def test_the_index_goes_on_where_it_stopped_and_follows_what_moves(store: Store) -> None:
    def put(sk: str, shard: str, place: str, version: int = 1) -> None:
        where = {"g1pk": {"S": f"{FIRST}#deposits#{shard}"}, "g1sk": {"S": place}}
        condition = at_version(version - 1) if version > 1 else ABSENT
        store.put(a_put(store, {**an_item(sk, version), **where}, condition)["Put"])

    def indexed(shard: str, **asked: Any) -> list[list[str]]:
        pages = store.pages("core", f"{FIRST}#deposits#{shard}", index="by_branch", **asked)
        return [[item["sk"]["S"] for item in items] for items, _ in pages if items]

    for number, place in enumerate("cabed"):
        put(str(number), "1", place)
    assert indexed("1", limit=2) == [["1", "2"], ["0", "4"], ["3"]]
    assert indexed("1", limit=2, forward=False) == [["3", "4"], ["0", "2"], ["1"]]
    assert indexed("1", sort=("between", "b", "d")) == [["2", "0", "4"]]
    put("0", "2", "c", version=2)
    put("4", "1", "a0", version=2)
    store.put(a_put(store, an_item("3", 2), at_version(1))["Put"])
    assert (indexed("1"), indexed("2")) == ([["1", "4", "2"]], [["0"]])


def test_copies_of_a_store_in_memory_go_their_own_ways() -> None:
    first = MemoryStore(FIRST)
    for sk in ("b", "d"):
        first.put(a_put(first, an_item(sk))["Put"])
    first.add("core", PK, "n", {"all": 1}, 1)
    second = first.copy()
    first.put(a_put(first, an_item("a"))["Put"])
    second.transact([a_put(second, an_item("c")), a_delete(second, "d", 1)])
    second.add("core", PK, "n", {"all": 1}, 1)
    third = second.copy()
    second.put(a_put(second, an_item("e"))["Put"])
    assert keys_of(first) == [["a", "b", "d", "n"]]
    assert keys_of(second) == [["b", "c", "e", "n"]]
    assert keys_of(third) == [["b", "c", "n"]]
    assert [store.get("core", PK, "n")["all"] for store in (first, second)] == [{"N": "1"}, {"N": "2"}]  # type: ignore[index]


def test_the_index_holds_what_has_its_keys(store: Store) -> None:
    place = {"g1pk": {"S": f"{FIRST}#deposits#1#00000"}, "g1sk": {"S": "x"}}
    store.put(a_put(store, {**an_item("in"), **place})["Put"])
    store.put(a_put(store, an_item("out"))["Put"])
    found = [items for items, _ in store.pages("core", place["g1pk"]["S"], index="by_branch")]
    assert [item["sk"]["S"] for items in found for item in items] == ["in"]


def test_counters_add_up(store: Store) -> None:
    assert store.add("core", PK, "count", {"all": 1, "usr": 1}, 1) == {"all": 1, "usr": 1}
    assert store.add("core", PK, "count", {"all": 2}, 1) == {"all": 3}


def test_another_tenants_key_is_a_defect(store: Store) -> None:
    for touch in (
        lambda: store.get("core", "paramo#contract#1", "a"),
        lambda: store.put(a_put(store, {**an_item("a"), "pk": {"S": "paramo#contract#1"}})["Put"]),
        lambda: next(store.pages("core", "paramo#contract#1")),
    ):
        with pytest.raises(InvariantError):
            touch()
