"""Reads thousands of records at the speed of the wire: pages of the index decoded straight into dataclasses."""

from collections.abc import Iterator
from typing import Any, TypeVar

from chalicelib.platform.storage.codec import codec_of
from chalicelib.platform.storage.collection import Collection, Record
from chalicelib.platform.storage.store import Store

R = TypeVar("R", bound=Record)


def read_index(store: Store, collection: Collection[R], **names: Any) -> Iterator[R]:
    """Every record of one partition of the index by branch, in order of its sort key, page by page."""
    decode = codec_of(collection.record).decode
    partition = collection.index_partition(store.tenant, **names)
    for items, _ in store.pages(collection.table, partition, index="by_branch"):
        for item in items:
            yield decode(item)
