"""A party: one person, natural or legal, with everything that is captured only once."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.modules.parties.domain.document import FormerDocument, IdentityDocument
from chalicelib.modules.parties.domain.phone import Phone
from chalicelib.modules.parties.domain.words import clean
from chalicelib.modules.parties.errors import PartyStateForbids
from chalicelib.modules.parties.plans import PartyKind

NATURAL: PartyKind = "natural"
LEGAL: PartyKind = "legal"


class PartyState(StrEnum):
    """Life of a party. A blocked one opens nothing; a deceased one is only settled; a closed one is history."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    BLOCKED = "blocked"
    DECEASED = "deceased"
    CLOSED = "closed"


_PASSES = {
    PartyState.ACTIVE: {PartyState.INACTIVE, PartyState.BLOCKED, PartyState.DECEASED, PartyState.CLOSED},
    PartyState.INACTIVE: {PartyState.ACTIVE, PartyState.BLOCKED, PartyState.DECEASED, PartyState.CLOSED},
    PartyState.BLOCKED: {PartyState.ACTIVE, PartyState.DECEASED},
    PartyState.DECEASED: {PartyState.CLOSED},
    PartyState.CLOSED: set(),
}


@dataclass(frozen=True, slots=True)
class PersonName:
    """Given names and surnames apart, or the name of a legal person and the one it trades under (PTY-14)."""

    given_1: str = ""
    given_2: str = ""
    surname_1: str = ""
    surname_2: str = ""
    business_name: str = ""
    trade_name: str = ""

    def full(self, order: str = "given_first") -> str:
        """The whole name in the tenant's order."""
        if self.business_name:
            return self.business_name
        given, surnames = (self.given_1, self.given_2), (self.surname_1, self.surname_2)
        parts = (*given, *surnames) if order == "given_first" else (*surnames, *given)
        return " ".join(part for part in parts if part)

    def short(self) -> str:
        """What a short name is suggested from."""
        return self.trade_name or self.business_name or f"{self.given_1} {self.surname_1}".strip()


@dataclass(frozen=True, slots=True)
class Personal:
    """What is asked of natural persons (PTY-17); codes are of the code tables of the same name."""

    birth_date: date | None = None
    sex: str = ""
    marital_status: str = ""
    children: int | None = None
    dependants: int | None = None
    education: str = ""
    profession: str = ""
    employer: str = ""
    housing: str = ""
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class Incorporation:
    """What is asked of legal persons (PTY-02, PTY-04)."""

    legal_nature: str = ""
    company_type: str = ""
    incorporated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Marketing:
    """How and whether the party may be addressed with offers, and what helps to make good ones (PTY-18)."""

    market_segment: str = ""
    preferred_channel: str = ""
    hobbies: str = ""
    products_elsewhere: str = ""
    marketing_consent: bool | None = None


@dataclass(frozen=True, slots=True)
class Finances:
    """Income and expenses of a month, assets and liabilities, on one date and in one currency (PTY-10)."""

    as_of: date
    currency: str
    income_minor: int
    expenses_minor: int
    assets_minor: int
    liabilities_minor: int

    @property
    def net_worth(self) -> Money:
        """Assets less liabilities (spec 01 formula 5)."""
        return Money(self.assets_minor - self.liabilities_minor, self.currency)

    @property
    def free_income(self) -> Money:
        """Income less expenses."""
        return Money(self.income_minor - self.expenses_minor, self.currency)


@dataclass(frozen=True, slots=True)
class Party:
    """A person. ``addresses`` counts the addresses, so that each change of them is a change of the party.

    ``form`` is the onboarding form that the party came by; ``number`` the cooperative's own number for it.
    """

    id: str
    number: int
    kind: PartyKind
    party_type: str
    branch: str
    name: PersonName
    document: IdentityDocument
    registered_on: date
    registered_by: str
    form: str = "full"
    short_name: str = ""
    emboss_name: str = ""
    language: str = ""
    officer: str = ""
    state: PartyState = PartyState.ACTIVE
    state_reason: str = ""
    personal: Personal = Personal()
    incorporation: Incorporation = Incorporation()
    marketing: Marketing = Marketing()
    finances: Finances | None = None
    source_of_funds: str = ""
    economic_activity: str = ""
    residence_country: str = ""
    confidentiality_level: int = 0
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    user_fields: dict[str, str] = field(default_factory=dict)
    former_documents: tuple[FormerDocument, ...] = ()
    addresses: int = 0
    version: int = 0

    def age(self, on: date) -> int | None:
        """Full years between birth and a business date; None where the birth date is not known."""
        born = self.personal.birth_date
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    @property
    def open(self) -> bool:
        """Whether lists show the party unasked."""
        return self.state in (PartyState.ACTIVE, PartyState.BLOCKED)

    @property
    def mobile(self) -> str:
        """The first mobile number, or whatever number comes first."""
        mobiles = [phone.phone_number for phone in self.phones if phone.kind == "mobile"]
        return next(iter(mobiles or [phone.phone_number for phone in self.phones]), "")

    @property
    def email(self) -> str:
        """The first e-mail address."""
        return self.emails[0] if self.emails else ""

    def in_state(self, wanted: PartyState, reason: str) -> "Party":
        """The party in another state. Raises PartyStateForbids."""
        if wanted not in _PASSES[self.state]:
            raise PartyStateForbids("state", state=self.state.value, wanted=wanted.value)
        return replace(self, state=wanted, state_reason=reason)


SECTIONS: Mapping[str, type] = {
    "name": PersonName,
    "document": IdentityDocument,
    "personal": Personal,
    "incorporation": Incorporation,
    "marketing": Marketing,
}
"""Parts of a party whose fields are asked for and answered flat, beside the party's own."""

SECTION_OF: Mapping[str, str] = {each.name: name for name, part in SECTIONS.items() for each in fields(part)}

ONLY_NATURAL = frozenset({"given_1", "given_2", "surname_1", "surname_2"}) | {
    each.name for each in fields(Personal)
}
ONLY_LEGAL = frozenset({"business_name"}) | {each.name for each in fields(Incorporation)}
FINANCIAL = ("income", "expenses", "assets", "liabilities")
CODED: Mapping[str, str] = {
    name: name
    for name in (
        *("sex", "marital_status", "education", "profession", "housing", "legal_nature", "company_type"),
        *("market_segment", "source_of_funds", "economic_activity"),
    )
}
"""Field → code table whose values it takes."""


def with_values(party: Party, values: Mapping[str, Any]) -> Party:
    """The party with these fields changed; fields of its parts are named like its own. Text is cleaned, None blanks."""
    own: dict[str, Any] = {}
    for name, given in values.items():
        section = SECTION_OF.get(name)
        part = own.get(section, getattr(party, section)) if section else party
        value = _blank(part, name) if given is None else clean(given) if isinstance(given, str) else given
        if section:
            own[section] = replace(part, **{name: value})
        else:
            own[name] = value
    return replace(party, **own)


def value_of(party: Party, path: str) -> Any:
    """A field by the name that parameters give it: ``birth_date``, ``phone``, ``income``, ``user_fields.pets``."""
    if path in ("phone", "mobile"):
        return party.mobile
    if path == "address":
        return party.addresses or None
    section, _, inner = path.rpartition(".")
    if section == "user_fields":
        return party.user_fields.get(inner, "")
    if inner in FINANCIAL:
        return getattr(party.finances, f"{inner}_minor", None)
    home = SECTION_OF.get(path)
    return getattr(getattr(party, home) if home else party, path, None)


def _blank(part: Any, name: str) -> Any:
    default = next(each for each in fields(part) if each.name == name)
    return default.default_factory() if callable(default.default_factory) else default.default
