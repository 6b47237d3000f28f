"""Believable people and organisations of the tenant's country, by the tenant's own party types, documents and codes."""

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.administration.public import Branch
from chalicelib.modules.parties import public as parties
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.workflows.seeding.documents import Documents
from chalicelib.workflows.seeding.words import Words, words_of

ADULT, CHILD, LEGAL = "adult", "child", "legal"
CODES = (
    "marital_status",
    "education",
    "profession",
    "housing",
    "market_segment",
    "source_of_funds",
    "economic_activity",
)
OF_CHILDREN = {
    "marital_status": ("Solter",),
    "education": ("Primaria", "Ninguno"),
    "profession": ("Estudiante",),
    "market_segment": ("Jóvenes", "Familias"),
}
LEGAL_CODES = ("legal_nature", "company_type", "market_segment", "source_of_funds", "economic_activity")
YEAR = timedelta(days=365)
COMING_OF_AGE = 18


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of party that the tenant serves: its party type and its document."""

    party_type: str
    document_type: str
    rule: Any


class Crowd:
    """Makes drafts of parties to register; the same seed makes the same ones."""

    def __init__(self, config: Snapshot, country: str, on: date, random: Random) -> None:
        self.config, self.country, self.on, self.random = config, country, on, random
        self.words: Words = words_of(country)
        self.documents = Documents(random)
        self.sorts = _sorts(config, country, on)

    def newcomer(
        self, sort: str, branch: str, place: Branch, day: date, related_to: tuple[str, str] | None = None
    ) -> parties.Draft:
        """Somebody who comes to a branch on a day to become a member; even the youngest child is born by then."""
        known = self.sorts.get(sort) or self.sorts[ADULT]
        values = self._organisation(day) if sort == LEGAL and LEGAL in self.sorts else self._person(sort, day)
        values["phones"] = (parties.Phone("mobile", self._mobile()),)
        return parties.Draft(
            kind="legal" if "business_name" in values else "natural",
            party_type=known.party_type,
            branch=branch,
            document_type=known.document_type,
            document_number=self.documents.number(known.rule),
            values=self._known(values),
            addresses=(self._address(place),),
            related_to=related_to,
        )

    def _person(self, sort: str, day: date) -> dict[str, Any]:
        woman = self._chance(50)
        given = self.words.women if woman else self.words.men
        first, second = self.random.sample(given, 2)
        one, other = self.random.choice(self.words.surnames), self.random.choice(self.words.surnames)
        age_days = (
            self.random.randint(1, 17 * 365) if sort == CHILD else self.random.randint(19 * 365, 82 * 365)
        )
        values: dict[str, Any] = {
            "given_1": first,
            "given_2": second if self._chance(80) else "",
            "surname_1": one,
            "surname_2": other,
            "birth_date": day - timedelta(days=age_days),
            "sex": self._sex(woman),
            "nationality": self.country,
            "residence_country": self.country,
        }
        values |= {name: self._code(name) for name in CODES}
        if sort == CHILD:
            values |= {name: self._code_named(name, beginning) for name, beginning in OF_CHILDREN.items()}
        elif self._chance(80):
            values["emails"] = (self._email(first, one),)
        return values

    def _organisation(self, day: date) -> dict[str, Any]:
        name = self.random.choice(self.words.organisations).format(
            place=self.random.choice(self.words.places)
        )
        values = {code: self._code(code) for code in LEGAL_CODES}
        age = YEAR * self.random.randint(1, 30)
        return {
            **values,
            "business_name": name,
            "incorporated_on": day - age,
            "residence_country": self.country,
        }

    def _address(self, place: Branch) -> Mapping[str, Any]:
        number = f"{self.random.randint(1, 30)}-{self.random.randint(10, 99)}"
        return {
            "address_type": self._code("address_type"),
            "purpose": "residence",
            "primary": True,
            "line_1": f"{self.random.choice(self.words.streets)} {number}",
            "line_2": f"Barrio {self.random.choice(self.words.quarters)}",
            "city": place.city,
            "province": place.province if self._has_code("province", place.province) else "",
            "country": self.country,
        }

    def _chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _mobile(self) -> str:
        prefix = self.random.choice(self.words.mobile_prefixes)
        rest = self.words.mobile_digits - len(prefix)
        return prefix + "".join(str(self.random.randrange(10)) for _ in range(rest))

    def _email(self, given: str, surname: str) -> str:
        name = "".join(plain(f"{given}.{surname}").split())
        return f"{name}{self.random.randint(1, 99)}@correo.example"

    def _sex(self, woman: bool) -> str:
        return self._code_named("sex", ("Femenino", "Mujer") if woman else ("Masculino", "Hombre"))

    def _code_named(self, table: str, beginnings: tuple[str, ...]) -> str:
        for value in self._values(table):
            if value.names.get("es", "").startswith(beginnings):
                return str(value.code)
        return self._code(table)

    def _code(self, table: str) -> str:
        values = self._values(table)
        return str(self.random.choice(values).code) if values else ""

    def _has_code(self, table: str, code: str) -> bool:
        return any(value.code == code for value in self._values(table))

    def _values(self, table: str) -> list[Any]:
        found = self.config.find("administration.code_table", table, self.on)
        return [value for value in found.values if value.holds_on(self.on)] if found else []

    @staticmethod
    def _known(values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value not in ("", None)}


def plain(text: str) -> str:
    """Lower case, letters and dots only, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == ".")


def _sorts(config: Snapshot, country: str, on: date) -> dict[str, Sort]:
    """The tenant's party types for adults, children and organisations, each with the document they usually have."""
    found: dict[str, Sort] = {}
    for code, kind in config.all("parties.party_type", on):
        if not kind.may_hold_accounts or kind.blacklisted or kind.staff or not kind.counts_as_customer:
            continue
        sort = LEGAL if "natural" not in kind.party_kinds else _age_group(kind)
        document = _document(config, country, kind, on)
        if document and sort not in found:
            found[sort] = Sort(code, *document)
    return found


def _age_group(kind: Any) -> str:
    """Party types of minors say so in their name; nothing else tells them from adults."""
    name = kind.names.get("es", "").casefold()
    return CHILD if any(word in name for word in ("menor", "niñ", "infantil")) else ADULT


def _document(config: Snapshot, country: str, kind: Any, on: date) -> tuple[str, Any] | None:
    """The first document of the country that such a party may have and that needs nothing beside its number."""
    listed = kind.document_types or [code for code, _ in config.all("parties.document_rule", on)]
    for code in listed:
        rule = config.find("parties.document_rule", code, on)
        if rule is None or not rule.active or rule.country != country:
            continue
        plain_number = not rule.expiry_required and not rule.issue_place_required
        if plain_number and set(rule.party_kinds) & set(kind.party_kinds):
            return code, rule
    return None
