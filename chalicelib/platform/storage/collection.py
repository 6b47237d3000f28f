"""Where the records of one kind live: the table and the key templates, declared once in a module's ``tables.py``."""

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import InvariantError
from chalicelib.platform.storage.codec import Item, codec_of


class Record(Protocol):
    """What every stored dataclass has: the number of times it was written, 0 before the first."""

    @property
    def version(self) -> int: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Collection(Generic[R]):
    """Records of one class. Templates name the record's fields: ``"deposits#account#{id}"``.

    The tenant is put in front of every partition by the platform and appears in no template. ``index`` gives partition
    and sort of the index by branch, for records that the closing reads in pieces; ``indexed`` says which records are
    in it. ``audited`` collections show their changes, field by field, in the audit trail. A field named ``expires_at``
    holds the epoch second of removal.
    """

    record: type[R]
    table: str
    partition: str
    sort: str
    index: tuple[str, str] | None = None
    indexed: Callable[[R], bool] | None = None
    audited: bool = False

    def key(self, tenant: str, **names: Any) -> tuple[str, str, str]:
        """(table, pk, sk) of the record with these field values."""
        return self.table, f"{tenant}#{self.partition.format(**names)}", self.sort.format(**names)

    def key_of(self, tenant: str, record: R) -> tuple[str, str, str]:
        """(table, pk, sk) of a record."""
        return (
            self.table,
            f"{tenant}#{self.partition.format_map(_Fields(record))}",
            self.sort.format_map(_Fields(record)),
        )

    def index_partition(self, tenant: str, **names: Any) -> str:
        """Partition of the index by branch."""
        if not self.index:
            raise InvariantError(f"{self.record.__name__} is in no index")
        return f"{tenant}#{self.index[0].format(**names)}"

    def encode(self, tenant: str, record: R, version: int) -> Item:
        """The item as stored, with its keys and the version it will have."""
        _, pk, sk = self.key_of(tenant, record)
        item = codec_of(self.record).encode(record)
        item["pk"], item["sk"] = {"S": pk}, {"S": sk}
        item["version"] = {"N": str(version)}
        if self.index and (self.indexed is None or self.indexed(record)):
            fields = _Fields(record)
            item["g1pk"] = {"S": f"{tenant}#{self.index[0].format_map(fields)}"}
            item["g1sk"] = {"S": self.index[1].format_map(fields)}
        return item

    def decode(self, item: Item) -> R:
        """The record that an item holds."""
        return codec_of(self.record).decode(item)


class _Fields(dict[str, Any]):
    """Lets a template read the fields of a record."""

    def __init__(self, record: Any) -> None:
        super().__init__()
        self.record = record

    def __missing__(self, name: str) -> Any:
        return getattr(self.record, name)
