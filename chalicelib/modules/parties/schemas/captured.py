"""What is captured of a party."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from chalicelib.kernel.money import Money
from chalicelib.modules.parties.domain.address import Purpose
from chalicelib.modules.parties.domain.draft import Draft, IdentityChange, NewRelation
from chalicelib.modules.parties.domain.party import Finances
from chalicelib.modules.parties.domain.phone import Phone, PhoneKind
from chalicelib.modules.parties.plans import Form, PartyKind
from chalicelib.platform.http.payload import Amount, Payload

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
BRANCH = r"^[1-9][0-9]{0,4}$"
COUNTRY = r"^[A-Z]{2}$"
MOST_RELATIONS = 4
"""Relations of one request: each may bring a new person with all that it is found by, in one transaction."""
OFFICER = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$"

Name = Annotated[str, Field(max_length=60)]
CodeText = Annotated[str, Field(max_length=30)]
Email = Annotated[str, Field(pattern=EMAIL, max_length=200)]
Count = Annotated[int, Field(ge=0, le=99)]
State = Literal["active", "inactive", "blocked", "deceased", "closed"]
UserFields = Annotated[dict[str, Annotated[str, Field(max_length=500)] | None], Field(max_length=60)]


class PhoneInput(Payload):
    """A telephone number, as people write it here or in international form."""

    kind: PhoneKind = "mobile"
    phone_number: str = Field(min_length=5, max_length=30, examples=["099 555 1234"])


class FinancesInput(Payload):
    """Income and expenses of a month, assets and liabilities, all on one date and in one currency."""

    as_of: date
    income: Amount
    expenses: Amount
    assets: Amount
    liabilities: Amount

    @field_validator("income", "expenses", "assets", "liabilities")
    @classmethod
    def _never_negative(cls, amount: Money) -> Money:
        if amount.minor < 0:
            raise ValueError("amount_negative")
        return amount

    @field_validator("liabilities")
    @classmethod
    def _one_currency(cls, amount: Money, info: Any) -> Money:
        if any(
            isinstance(other, Money) and other.currency != amount.currency for other in info.data.values()
        ):
            raise ValueError("currency_mismatch")
        return amount

    def value(self) -> Finances:
        amounts = {f"{name}_minor": getattr(self, name).minor for name in ("income", "expenses", "assets")}
        return Finances(
            as_of=self.as_of,
            currency=self.liabilities.currency,
            liabilities_minor=self.liabilities.minor,
            **amounts,
        )


class AddressFields(Payload):
    """Where a party is found; ``address_type`` and ``province`` are codes of their tables."""

    line_1: str = Field("", max_length=120)
    line_2: str = Field("", max_length=120)
    city: str = Field("", max_length=80)
    province: str = Field("", max_length=30)
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    postal_code: str = Field("", max_length=12)
    geo_code: str = Field("", max_length=20)
    phone_number: str = Field("", max_length=30)
    email: str = Field("", pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", max_length=200)
    valid_from: date | None = None
    valid_to: date | None = None


class AddAddress(AddressFields):
    """A new address; the first one of a purpose becomes its primary address."""

    address_type: CodeText
    purpose: Purpose = "residence"
    primary: bool = False


class ChangeAddress(AddressFields):
    """The fields of an address to change."""

    address_type: CodeText = ""
    purpose: Purpose = "residence"
    primary: bool = False

    def changes(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class PartyData(Payload):
    """What may be captured of a party besides who it is; natural and legal persons each have their own fields."""

    short_name: str | None = Field(None, max_length=60)
    emboss_name: str | None = Field(None, max_length=60)
    language: str | None = Field(None, max_length=12)
    officer: str | None = Field(None, pattern=OFFICER)
    birth_date: date | None = None
    sex: CodeText | None = None
    marital_status: CodeText | None = None
    children: Count | None = None
    dependants: Count | None = None
    education: CodeText | None = None
    profession: CodeText | None = None
    employer: str | None = Field(None, max_length=100)
    housing: CodeText | None = None
    nationality: str | None = Field(None, pattern=COUNTRY)
    legal_nature: CodeText | None = None
    company_type: CodeText | None = None
    incorporated_on: date | None = None
    market_segment: CodeText | None = None
    preferred_channel: Literal["email", "phone", "branch", "portal"] | None = None
    hobbies: str | None = Field(None, max_length=200)
    products_elsewhere: str | None = Field(None, max_length=200)
    marketing_consent: bool | None = None
    finances: FinancesInput | None = None
    source_of_funds: CodeText | None = None
    economic_activity: CodeText | None = None
    residence_country: str | None = Field(None, pattern=COUNTRY)
    confidentiality_level: Count | None = None
    document_issued_on: date | None = None
    document_expires_on: date | None = None
    document_issue_place: str | None = Field(None, max_length=80)
    phones: tuple[PhoneInput, ...] | None = Field(None, max_length=10)
    emails: tuple[Email, ...] | None = Field(None, max_length=10)
    user_fields: UserFields | None = None

    def captured(self, *without: str) -> dict[str, Any]:
        """The fields that were sent, as the domain has them."""
        values = {name: getattr(self, name) for name in self.model_fields_set if name not in without}
        if values.get("phones") is not None:
            values["phones"] = tuple(Phone(each.kind, each.phone_number) for each in values["phones"])
        if values.get("finances") is not None:
            values["finances"] = values["finances"].value()
        return values


class NamesInput(Payload):
    """Given names and surnames apart, or the name of a legal person (PTY-14)."""

    given_1: Name | None = None
    given_2: Name | None = None
    surname_1: Name | None = None
    surname_2: Name | None = None
    business_name: str | None = Field(None, max_length=150)
    trade_name: str | None = Field(None, max_length=150)


class RelatedTo(Payload):
    """What the new party is of one that is registered: ``SPOUSE`` of …"""

    party_id: str = Field(max_length=64)
    relationship_type: CodeText


ASIDE = ("kind", "party_type", "document_type", "document_number", "confirm_check_digit", "addresses")


class NewPerson(PartyData, NamesInput):
    """Who a party to register is. Without a type of document it is the cooperative's usual one."""

    kind: PartyKind
    party_type: CodeText
    document_type: CodeText = ""
    document_number: str = Field(min_length=1, max_length=40)
    confirm_check_digit: bool = False
    addresses: tuple[AddAddress, ...] = Field((), max_length=10)

    def described(self, *without: str) -> dict[str, Any]:
        """What a draft takes of it; ``without`` are fields that are no data of the party."""
        return {
            "kind": self.kind,
            "party_type": self.party_type,
            "document_type": self.document_type,
            "document_number": self.document_number,
            "confirm_check_digit": self.confirm_check_digit,
            "values": self.captured(*ASIDE, *without),
            "addresses": tuple(each.model_dump() for each in self.addresses),
        }


class RelationInput(Payload):
    """What the party is of another: of one that is registered, or of a ``person`` who is registered with it."""

    relationship_type: CodeText
    party_id: str = Field("", max_length=64)
    person: NewPerson | None = None
    note: str = Field("", max_length=200)

    def wanted(self) -> NewRelation:
        person = Draft(branch="", **self.person.described()) if self.person else None
        return NewRelation(self.relationship_type, self.party_id, person, self.note)


class RegisterParty(NewPerson):
    """A party to register. ``form`` says which fields must be there; what the full form still lacks stays pending.

    ``relations`` come in the same transaction; new persons among them need what the form for related persons asks.
    """

    branch: str = Field(pattern=BRANCH)
    form: Form = "full"
    number: int | None = Field(None, ge=1, le=999_999_999_999)
    related_to: RelatedTo | None = None
    relations: tuple[RelationInput, ...] = Field((), max_length=MOST_RELATIONS)

    def draft(self) -> Draft:
        related = self.related_to
        return Draft(
            branch=self.branch,
            form=self.form,
            number=self.number,
            related_to=(related.party_id, related.relationship_type) if related else None,
            relations=tuple(each.wanted() for each in self.relations),
            **self.described("branch", "form", "number", "related_to", "relations"),
        )


class ChangeParty(PartyData):
    """The fields to change; null blanks one. Who the party is changes by an identity change."""

    branch: str = Field("", pattern=BRANCH)
    relations: tuple[RelationInput, ...] = Field((), max_length=MOST_RELATIONS)

    def wanted(self) -> tuple[NewRelation, ...]:
        return tuple(each.wanted() for each in self.relations)


class ChangeIdentity(NamesInput):
    """A change of document, names, party type or state."""

    document_type: CodeText | None = Field(None, min_length=1)
    document_number: str | None = Field(None, min_length=1, max_length=40)
    document_issued_on: date | None = None
    document_expires_on: date | None = None
    document_issue_place: str | None = Field(None, max_length=80)
    confirm_check_digit: bool = False
    party_type: CodeText = ""
    state: State | None = None
    reason: str = Field(min_length=3, max_length=300)
    evidence: str = Field("", max_length=300)

    def change(self) -> IdentityChange:
        aside = {"confirm_check_digit", "party_type", "state", "reason", "evidence"}
        values = {name: getattr(self, name) for name in self.model_fields_set - aside}
        kept = {
            name: value
            for name, value in values.items()
            if value is not None or name not in ("document_type", "document_number")
        }
        return IdentityChange(
            reason=self.reason,
            evidence=self.evidence,
            values=kept,
            party_type=self.party_type,
            state=self.state or "",
            confirm_check_digit=self.confirm_check_digit,
        )


class Relate(Payload):
    """What the party is of another one."""

    relationship_type: CodeText
    party_id: str = Field(max_length=64)
    note: str = Field("", max_length=200)


class AddNote(Payload):
    """A note; a warning is shown first to whoever opens the party."""

    kind: Literal["warning", "service", "courtesy"] = "service"
    text: str = Field(min_length=1, max_length=1000)
    expires_on: date | None = None


class UseAddress(Payload):
    """Which of the party's addresses an account uses."""

    address_id: str = Field(max_length=64)


class SearchQuery(Payload):
    """What was typed and what it is; ``any`` understands names, documents, party numbers and telephones."""

    q: str = Field(min_length=1, max_length=80)
    by: Literal["any", "name", "short_name", "document", "number", "phone", "officer", "issue_place"] = "any"
    include_inactive: bool = False
    limit: int = Field(20, ge=1, le=50)
    cursor: str | None = Field(None, max_length=600)


class RelationsQuery(Payload):
    """How many steps to follow, and by which type only."""

    depth: int = Field(1, ge=1, le=3)
    relationship_type: str = Field("", max_length=30)


class ProductsQuery(Payload):
    """The products of one application, or all."""

    application: str = Field("", max_length=30)
