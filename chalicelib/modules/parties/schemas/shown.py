"""What is shown of a party, masked for who reads it (GEN-48)."""

from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties.domain.completeness import FULL
from chalicelib.modules.parties.domain.document import FormerDocument
from chalicelib.modules.parties.domain.masking import hidden_fields, masked
from chalicelib.modules.parties.domain.party import NATURAL, Finances, Party
from chalicelib.modules.parties.service import parameters, relations
from chalicelib.modules.parties.service.search import Matches
from chalicelib.modules.parties.tables import PARTIES
from chalicelib.platform.http.payload import Amount, View
from chalicelib.platform.work import UnitOfWork

V = TypeVar("V", bound=View)


def for_reader(work: UnitOfWork, view: V, party: Party) -> V:
    """The view with what the reader may not see masked: fields of their roles, and of parties above their level."""
    actor = work.context.actor
    above = actor.party_id != party.id and party.confidentiality_level > actor.level
    hidden = hidden_fields(actor.masked_fields, above_level=above)
    return view.model_validate(masked(view.model_dump(), hidden)) if hidden else view


class DocumentView(View):
    """The identity document."""

    document_type: str
    document_type_name: str
    document_number: str
    document_issued_on: date | None = None
    document_expires_on: date | None = None
    document_issue_place: str = ""
    check_digit_confirmed: bool = False


class FormerDocumentView(View):
    """A document that the party had, until when, and which one it has now."""

    document_type: str
    document_number: str
    changed_on: date
    changed_by: str
    reason: str
    new_document_number: str

    @classmethod
    def of(cls, former: FormerDocument, party: Party) -> "FormerDocumentView":
        return cls(**asdict(former), new_document_number=party.document.document_number)


class PersonalView(View):
    """What only natural persons have."""

    birth_date: date | None = None
    age: int | None = None
    minor: bool | None = None
    sex: str = ""
    marital_status: str = ""
    children: int | None = None
    dependants: int | None = None
    education: str = ""
    profession: str = ""
    employer: str = ""
    housing: str = ""
    nationality: str = ""


class IncorporationView(View):
    """What only legal persons have."""

    legal_nature: str = ""
    company_type: str = ""
    incorporated_on: date | None = None


class FinancesView(View):
    """Finances with what follows from them."""

    as_of: date
    income: Amount | None
    expenses: Amount | None
    assets: Amount | None
    liabilities: Amount | None
    net_worth: Amount | None
    free_income: Amount | None

    @classmethod
    def of(cls, finances: Finances) -> "FinancesView":
        amounts = {
            name: Money(getattr(finances, f"{name}_minor"), finances.currency)
            for name in ("income", "expenses", "assets", "liabilities")
        }
        return cls(
            as_of=finances.as_of, net_worth=finances.net_worth, free_income=finances.free_income, **amounts
        )


class PhoneView(View):
    """A telephone number in E.164."""

    kind: str
    phone_number: str


class PartyRow(View):
    """A party in a list."""

    id: str
    number: int
    kind: str
    name: str
    short_name: str
    party_type: str
    document_type: str
    document_number: str
    branch: str
    state: str
    mobile: str
    former_document: FormerDocumentView | None = None

    @classmethod
    def of(cls, work: UnitOfWork, party: Party, former: FormerDocument | None = None) -> "PartyRow":
        row = cls(
            id=party.id,
            number=party.number,
            kind=party.kind,
            name=parameters.name_of(work, party),
            short_name=party.short_name,
            party_type=party.party_type,
            document_type=party.document.document_type,
            document_number=party.document.document_number,
            branch=party.branch,
            state=party.state.value,
            mobile=party.mobile,
            former_document=FormerDocumentView.of(former, party) if former else None,
        )
        return for_reader(work, row, party)


class PartyList(View):
    """A page of parties."""

    items: list[PartyRow]
    next_cursor: str | None = None

    @classmethod
    def of(cls, work: UnitOfWork, found: Matches) -> "PartyList":
        rows = [PartyRow.of(work, match.party, match.former) for match in found.items]
        return cls(items=rows, next_cursor=found.next_cursor)


class PartyView(View):
    """Everything captured of a party; what is ``pending`` is what the full form still asks for."""

    id: str
    number: int
    kind: str
    name: str
    given_1: str
    given_2: str
    surname_1: str
    surname_2: str
    business_name: str
    trade_name: str
    short_name: str
    emboss_name: str
    party_type: str
    party_type_name: str
    document_type: str
    document_number: str
    document: DocumentView
    former_documents: list[FormerDocumentView]
    branch: str
    branch_name: str
    language: str
    officer: str
    state: str
    state_reason: str
    email: str
    mobile: str
    phones: list[PhoneView]
    emails: list[str | None]
    personal: PersonalView | None
    incorporation: IncorporationView | None
    market_segment: str
    preferred_channel: str
    hobbies: str
    products_elsewhere: str
    marketing_consent: bool | None
    finances: FinancesView | None
    source_of_funds: str
    economic_activity: str
    residence_country: str
    confidentiality_level: int
    user_fields: dict[str, Any] | None
    form: str
    onboarding: str
    pending_fields: list[str]
    pending_relations: list[str]
    registered_on: date
    registered_by: str
    version: int

    @classmethod
    def of(cls, work: UnitOfWork, party: Party) -> "PartyView":
        return for_reader(work, cls(**_content(work, party)), party)


def _content(work: UnitOfWork, party: Party) -> dict[str, Any]:
    on, language = parameters.day_of(work, party), work.context.language
    kind = parameters.party_type(work.config, party.party_type, on)
    rule = work.config.find("parties.document_rule", party.document.document_type, on)
    pending = parameters.pending_fields(work.config, party, on)
    unrelated = relations.lacking(work, party, FULL, on)
    plain = {name: getattr(party, name) for name in PartyView.model_fields if hasattr(party, name)}
    return {
        **plain,
        **asdict(party.name),
        **asdict(party.marketing),
        "name": parameters.name_of(work, party),
        "party_type_name": name_in(kind.names, language),
        "document_type": party.document.document_type,
        "document_number": party.document.document_number,
        "document": DocumentView(
            document_type_name=name_in(rule.names, language) if rule else "", **asdict(party.document)
        ),
        "former_documents": [FormerDocumentView.of(each, party) for each in party.former_documents],
        "branch_name": administration.branch_name(work.config, party.branch, on),
        "phones": [PhoneView.model_validate(each) for each in party.phones],
        "emails": list(party.emails),
        "personal": _personal(work, party, on) if party.kind == NATURAL else None,
        "incorporation": None if party.kind == NATURAL else IncorporationView(**asdict(party.incorporation)),
        "finances": FinancesView.of(party.finances) if party.finances else None,
        "user_fields": administration.readable_user_fields(work, "party", party.user_fields, on),
        "version": work.version_of(PARTIES, party),
        "onboarding": "minimum" if pending or unrelated else "complete",
        "pending_fields": pending,
        "pending_relations": unrelated,
    }


def _personal(work: UnitOfWork, party: Party, on: date) -> PersonalView:
    age = party.age(on)
    minor = age is not None and age < parameters.control(work.config, on).adult_age
    return PersonalView(**asdict(party.personal), age=age, minor=minor)
