"""A cooperative's manifest as it is written: its header and its parameter sets, each with the place where it stands."""

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeGuard

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.platform.parameters.versions import TENANT_SCOPE
from chalicelib.platform.problems import FieldProblem

HEADER_FILE = "manifest.yaml"
SOURCES_FILE = "sources.yaml"
PACKS = "packs"


class UnknownManifest(NotFound):
    """There is no manifest of this name."""

    code = "unknown_manifest"


class InvalidManifest(Invalid):
    """A manifest cannot be applied; ``errors`` names everything that is wrong with it, each with its place."""

    code = "invalid_manifest"

    def __init__(self, tenant: str, errors: list[FieldProblem]) -> None:
        super().__init__(errors[0].field if errors else None, tenant=tenant, count=len(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """One version of a parameter set as a file states it. ``place`` says where: ``file: kind/code``.

    A ``retired`` one ends the set from its date on.
    """

    place: str
    kind: str
    code: str
    scope: str
    effective_from: date
    body: dict[str, Any]
    origin: str
    sources: tuple[str, ...] = ()
    confidence: str = ""
    unverified: bool = False
    ends_on: date | None = None
    retired: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same set: kind, code and scope."""
        return self.kind, self.code, self.scope


@dataclass(slots=True)
class Written:
    """What the files of a folder and of its pack say, and what is wrong with how they say it."""

    tenant: str
    header: dict[str, Any] = field(default_factory=dict)
    sets: list[WrittenSet] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    problems: list[FieldProblem] = field(default_factory=list)

    def refuse(self, place: str, code: str, **params: Any) -> None:
        """Note something wrong."""
        self.problems.append(FieldProblem(place, code, params))


def read(folder: Path, packs: Path | None = None) -> Written:
    """Everything that a manifest's folder and its pack say. Raises UnknownManifest.

    ``packs`` is where country packs lie: ``packs`` beside the folder unless it is given.
    """
    if not (folder / HEADER_FILE).is_file():
        raise UnknownManifest("tenant", tenant=folder.name)
    written = Written(folder.name)
    written.header = _header(written, folder)
    pack = str(written.header.get("pack") or "")
    pack_folder = (packs or folder.parent / PACKS) / pack
    if pack and not pack_folder.is_dir():
        written.refuse(f"{HEADER_FILE}: pack", "unknown_pack", value=pack)
    elif pack:
        _read_files(written, pack_folder, f"{PACKS}/{pack}/")
    own_from = len(written.sets)
    _read_files(written, folder, "")
    written.sets = _with_own_in_place(written.sets[:own_from], written.sets[own_from:])
    written.sets += _ends(written)
    return written


def _ends(written: Written) -> Iterator[WrittenSet]:
    """A retired version the day after a last day, unless the next version begins then."""
    starts: dict[tuple[str, str, str], list[date]] = {}
    for each in written.sets:
        starts.setdefault(each.key, []).append(each.effective_from)
    for each in list(written.sets):
        if each.ends_on is None:
            continue
        morrow = each.ends_on + timedelta(days=1)
        following = min((day for day in starts[each.key] if day > each.effective_from), default=date.max)
        if following < morrow:
            written.refuse(f"{each.place}/effective_to", "periods_overlap", value=each.ends_on.isoformat())
        elif following > morrow:
            yield replace(each, effective_from=morrow, ends_on=None, retired=True)


def _with_own_in_place(pack: list[WrittenSet], own: list[WrittenSet]) -> list[WrittenSet]:
    taken = {each.key for each in own}
    return [each for each in pack if each.key not in taken] + own


def _header(written: Written, folder: Path) -> dict[str, Any]:
    content = _content(written, folder / HEADER_FILE, HEADER_FILE)
    if not isinstance(content, dict):
        return {}
    header = {str(name): value for name, value in content.items()}
    branding = header.get("branding")
    if isinstance(branding, dict) and str(branding.get("logo", "")).endswith(".svg"):
        logo = folder / Path(str(branding["logo"])).name
        if logo.is_file():
            header["branding"] = {**branding, "logo": logo.read_text(encoding="utf-8").strip()}
        else:
            written.refuse(f"{HEADER_FILE}: branding.logo", "unknown_file", value=branding["logo"])
    return header


def _read_files(written: Written, folder: Path, label: str) -> None:
    for file in sorted(folder.glob("*.yaml")):
        name = f"{label}{file.name}"
        if file.name == HEADER_FILE:
            continue
        content = _content(written, file, name)
        if file.name == SOURCES_FILE:
            written.sources |= set((content or {}).get("sources") or {})
        elif content is not None:
            _read_sets(written, content, name, label.rstrip("/"))


def _read_sets(written: Written, content: Any, name: str, origin: str) -> None:
    if (
        not isinstance(content, dict)
        or set(content) != {"kind", "sets"}
        or not isinstance(content["sets"], list)
    ):
        written.refuse(name, "malformed_file")
        return
    for position, row in enumerate(content["sets"]):
        made = _set(written, str(content["kind"]), row, f"{name}: {content['kind']}", position, origin)
        if made:
            written.sets.append(made)


def _set(written: Written, kind: str, row: Any, label: str, position: int, origin: str) -> WrittenSet | None:
    if not isinstance(row, dict) or not isinstance(row.get("code"), str) or not row["code"]:
        written.refuse(f"{label}/{position}/code", "code_not_text")
        return None
    place = f"{label}/{row['code']}"
    for unknown in sorted(set(row) - FIELDS_OF_A_SET):
        written.refuse(f"{place}/{unknown}", "unknown_field")
    starts, ends = row.get("effective_from"), row.get("effective_to")
    if not _is_day(starts):
        written.refuse(f"{place}/effective_from", "wrong_format")
        return None
    if not (ends is None or _is_day(ends)):
        written.refuse(f"{place}/effective_to", "wrong_format")
        return None
    if ends is not None and ends < starts:
        written.refuse(f"{place}/effective_to", "dates_out_of_order")
    body = row.get("body")
    if not isinstance(body, dict):
        written.refuse(f"{place}/body", "required")
        return None
    return WrittenSet(
        place=place,
        kind=kind,
        code=row["code"],
        scope=str(row.get("scope", TENANT_SCOPE)),
        effective_from=starts,
        body=_plain(body),
        origin=origin,
        sources=tuple(str(source) for source in _listed(row.get("source"))),
        confidence=str(row.get("confidence", "")),
        unverified=bool(row.get("unverified", False)),
        ends_on=ends,
    )


def _is_day(value: Any) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


FIELDS_OF_A_SET = {
    "code",
    "scope",
    "effective_from",
    "effective_to",
    "body",
    "source",
    "confidence",
    "unverified",
}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    """YAML values as JSON has them: dates as text, keys as text."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _content(written: Written, file: Path, name: str) -> Any:
    """What a YAML file holds; a problem for text that is no YAML or says a key twice."""
    import yaml

    try:
        with file.open(encoding="utf-8") as text:
            loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
            node = loader.get_single_node()
            for line, key in _repeated_keys(node):
                written.refuse(f"{name}:{line}", "key_repeated", value=key)
            return loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        written.refuse(f"{name}:{mark.line + 1}" if mark else name, "malformed_yaml")
        return None


def _repeated_keys(node: Any) -> Iterator[tuple[int, str]]:
    if node is None or node.id == "scalar":
        return
    if node.id == "sequence":
        for inner in node.value:
            yield from _repeated_keys(inner)
        return
    seen: set[str] = set()
    for key, inner in node.value:
        if key.value in seen:
            yield key.start_mark.line + 1, str(key.value)
        seen.add(str(key.value))
        yield from _repeated_keys(inner)
