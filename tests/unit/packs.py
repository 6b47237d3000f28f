"""Reading the country packs and the demonstration cooperatives, for the tests that judge them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chalicelib.kernel.plan import Plan
from chalicelib.platform.parameters.kinds import all_kinds

TENANTS = Path(__file__).parents[2] / "tenants"
DECLARED = {kind.name: kind for kind in all_kinds()}
KINDS: dict[str, type[Plan]] = {name: kind.model for name, kind in DECLARED.items()}

PACKS = ("ecuador", "colombia")
COOPERATIVES = ("chakana", "frailejon")
COUNTRY = {"ecuador": "EC", "colombia": "CO"}


@dataclass(frozen=True)
class ParameterSet:
    """One set of a file, as it is written."""

    file: str
    kind: str
    written: dict[str, Any]

    @property
    def code(self) -> str:
        code: str = self.written["code"]
        return code

    @property
    def scope(self) -> str:
        scope: str = self.written.get("scope", "tenant")
        return scope

    @property
    def effective_from(self) -> date:
        first: date = self.written["effective_from"]
        return first

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = self.written["body"]
        return body

    @property
    def model(self) -> Any:
        return KINDS[self.kind].model_validate(self.body)

    def __str__(self) -> str:
        return f"{self.file}:{self.code}"


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def files_of(folder: str) -> list[Path]:
    """The parameter files of a pack ("packs/ecuador") or a cooperative ("chakana")."""
    return [
        file
        for file in sorted((TENANTS / folder).glob("*.yaml"))
        if file.name not in ("sources.yaml", "manifest.yaml")
    ]


@cache
def sets_of(folder: str) -> tuple[ParameterSet, ...]:
    return tuple(_sets(folder))


def _sets(folder: str) -> Iterator[ParameterSet]:
    for file in files_of(folder):
        document = read(file)
        for written in document["sets"]:
            yield ParameterSet(f"{folder}/{file.name}", document["kind"], written)


def manifest(cooperative: str) -> dict[str, Any]:
    document: dict[str, Any] = read(TENANTS / cooperative / "manifest.yaml")
    return document


def whole(cooperative: str) -> tuple[ParameterSet, ...]:
    """What a cooperative has: the sets of its country's pack and its own."""
    return sets_of(f"packs/{manifest(cooperative)['pack']}") + sets_of(cooperative)


def by_code(sets: tuple[ParameterSet, ...], kind: str) -> dict[str, Any]:
    """Code → model of a kind; of several versions the latest."""
    ordered = sorted((row for row in sets if row.kind == kind), key=lambda row: row.effective_from)
    return {row.code: row.model for row in ordered}
