"""A file of new accounts (ACC-46): a line per account, the columns named as the fields of an account.

``code`` and ``name`` (or ``name_es``, ``name_en``, …) stand beside them; commas or semicolons separate, an empty cell
leaves the field as it is by default.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.accounting.errors import MalformedAccountFile
from chalicelib.modules.accounting.plans import Account

MOST_ROWS = 3000
NAME = "name"
YES, NO = frozenset({"true", "1", "sí", "si", "yes"}), frozenset({"false", "0", "no"})
FIELDS = frozenset(Account.model_fields) - {"names"}
BOOLEANS = frozenset(name for name, field in Account.model_fields.items() if field.annotation is bool)
NUMBERS = frozenset(name for name, field in Account.model_fields.items() if field.annotation is int)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the file: its number as a spreadsheet counts it, the account's code, and its body as written."""

    number: int
    code: str
    body: dict[str, Any]


class RowProblem(NamedTuple):
    """What is wrong with a line; ``params`` fill the words."""

    row: int
    code: str
    field: str
    problem: str
    params: Mapping[str, Any] = {}


def rows_of(text: str) -> list[AccountRow]:
    """The lines of a file. Raises MalformedAccountFile."""
    header = text.lstrip("\ufeff\n\r ").partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    try:
        read = list(csv.reader(io.StringIO(text.lstrip("\ufeff\n\r ")), delimiter=delimiter, strict=True))
    except csv.Error:
        raise MalformedAccountFile("csv", most=MOST_ROWS) from None
    names = [name.strip() for name in read[0]] if read else []
    strange = [name for name in names if name not in FIELDS | {"code", NAME} and not name.startswith("name_")]
    if "code" not in names or strange or len(set(names)) < len(names) or not 1 < len(read) <= MOST_ROWS + 1:
        raise MalformedAccountFile("csv", most=MOST_ROWS)
    return list(_rows(names, read[1:]))


def structure_problems(rows: Iterable[AccountRow], known: Mapping[str, Account]) -> Iterator[RowProblem]:
    """Codes that are no codes, that come twice, that exist, or that do not begin with their parent's."""
    seen: set[str] = set()
    for row in rows:
        parent = row.body.get("parent")
        if not (row.code.isascii() and row.code.isdigit() and len(row.code) <= 20):
            yield RowProblem(row.number, row.code, "code", "wrong_format")
        elif row.code in seen:
            yield RowProblem(row.number, row.code, "code", "account_repeated", {"value": row.code})
        elif row.code in known and known[row.code] != _model(row):
            yield RowProblem(row.number, row.code, "code", "account_exists", {"value": row.code})
        if parent and (not row.code.startswith(parent) or row.code == parent):
            yield RowProblem(row.number, row.code, "parent", "code_outside_parent", {"value": parent})
        seen.add(row.code)


def orphans(rows: Iterable[AccountRow], known: Iterable[str]) -> Iterator[RowProblem]:
    """Lines whose parent neither the chart nor a good line of the file has; what hangs under such a line is one too."""
    listed = list(rows)
    standing = {*known, *(row.code for row in listed)}
    found: set[int] = set()
    while lost := [
        row
        for row in listed
        if row.number not in found and (parent := row.body.get("parent")) and parent not in standing
    ]:
        for row in lost:
            found.add(row.number)
            standing.discard(row.code)
            params = {"kind": "accounting.account", "value": row.body["parent"]}
            yield RowProblem(row.number, row.code, "parent", "unknown_reference", params)


def _rows(names: list[str], read: list[list[str]]) -> Iterator[AccountRow]:
    for number, cells in enumerate(read, 2):
        written = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
        if not written:
            continue
        body: dict[str, Any] = {name: _value(name, cell) for name, cell in written.items() if name in FIELDS}
        body["names"] = {
            "es" if name == NAME else name.removeprefix("name_"): cell
            for name, cell in written.items()
            if name not in FIELDS and name != "code"
        }
        yield AccountRow(number, written.get("code", ""), body)


def _value(name: str, cell: str) -> Any:
    if name in BOOLEANS and cell.casefold() in YES | NO:
        return cell.casefold() in YES
    return int(cell) if name in NUMBERS and cell.isascii() and cell.isdigit() and len(cell) < 9 else cell


def _model(row: AccountRow) -> Account | None:
    try:
        return Account.model_validate(row.body)
    except ValueError:
        return None
