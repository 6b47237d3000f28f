"""Parameter kinds of parties."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Plan, term
from chalicelib.kernel.plan_rules import check_given, check_range

PartyKind = Literal["natural", "legal"]
Form = Literal["full", "min_savings", "min_term", "min_related", "min_beneficiary"]
BOTH: Final[tuple[PartyKind, ...]] = ("natural", "legal")


class DocumentRule(Plan):
    """What an identity document must look like; its type is the code of the parameter set (PTY-01, PTY-05)."""

    names: Names = term()
    party_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    country: str = term("", pattern=r"^([A-Z]{2})?$")
    pattern: str = term("", max_length=200)
    min_length: int = term(1, unit="count", ge=1, le=40)
    max_length: int = term(20, unit="count", ge=1, le=40)
    number_from: int | None = term(None, ge=0)
    number_to: int | None = term(None, ge=0)
    algorithm: Literal["none", "ec_cedula", "ec_ruc", "co_nit", "weights"] = term("none")
    weights: tuple[int, ...] = term((), max_length=30)
    modulus: int | None = term(None, ge=2, le=97)
    strict: bool = term(True)
    expiry_required: bool = term(False)
    issue_place_required: bool = term(False)
    active: bool = term(True)

    @field_validator("pattern")
    @classmethod
    def _pattern_compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError("pattern_invalid") from error
        return pattern

    @field_validator("max_length", "number_to")
    @classmethod
    def _range_runs_upwards(cls, last: int | None, info: ValidationInfo) -> int | None:
        first = info.data.get("min_length" if info.field_name == "max_length" else "number_from")
        check_range(first, last)
        return last

    @field_validator("weights")
    @classmethod
    def _weights_where_they_are_used(cls, weights: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        check_given(bool(weights), info.data.get("algorithm") == "weights", "weights")
        return weights

    @field_validator("modulus")
    @classmethod
    def _modulus_goes_with_weights(cls, modulus: int | None, info: ValidationInfo) -> int | None:
        check_given(modulus is not None, bool(info.data.get("weights")), "modulus")
        return modulus


class PartyType(Plan):
    """A class of party and what may be done with its members (PTY-12)."""

    names: Names = term()
    party_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    document_types: tuple[str, ...] = term((), ref="parties.document_rule")
    may_hold_accounts: bool = term(True)
    counts_as_customer: bool = term(True)
    blacklisted: bool = term(False)
    staff: bool = term(False)
    confidentiality_level: int = term(0, ge=0, le=99)

    @field_validator("blacklisted")
    @classmethod
    def _blacklisted_hold_nothing(cls, blacklisted: bool, info: ValidationInfo) -> bool:
        if blacklisted and info.data.get("may_hold_accounts"):
            raise ValueError("blacklisted_may_not_hold_accounts")
        return blacklisted


class RequiredField(Plan):
    """A field that must be captured, for which parties and in which onboarding forms (PTY-07)."""

    field: str = term(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")
    party_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    party_types: tuple[str, ...] = term((), ref="parties.party_type")
    forms: tuple[Form, ...] = term(("full",))
    when_field: str = term("", pattern=r"^([a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?)?$")
    when_value: str = term("", max_length=60)

    @field_validator("when_value")
    @classmethod
    def _condition_is_whole(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("when_field")):
            raise ValueError("condition_incomplete")
        return value


class RequiredRelation(Plan):
    """A relationship that a party must have: which one, of which parties and in which onboarding forms (PTY-06).

    ``relationship_type`` reads from the party: a married one is ``SPOUSE`` of somebody, an organisation is
    ``REPRESENTED`` by somebody.
    """

    relationship_type: str = term(ref="parties.relationship_type")
    party_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    party_types: tuple[str, ...] = term((), ref="parties.party_type")
    marital_statuses: tuple[str, ...] = term((), max_length=20)
    minors_only: bool = term(False)
    forms: tuple[Form, ...] = term(("full",), min_length=1)
    active: bool = term(True)


class RelationshipType(Plan):
    """A relationship of one party to another: "A is … of B" (PTY-27)."""

    names: Names = term()
    reciprocal: str = term(ref="parties.relationship_type")
    from_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    to_kinds: tuple[PartyKind, ...] = term(BOTH, min_length=1)
    single: bool = term(False)


class AccountRole(Plan):
    """What a party may be in an account (PTY-34).

    Owners share the account among themselves; the parties of another role that ``shares`` share what the role gives
    them, such as beneficiaries. Those who are ``liable`` answer for what the account owes.
    """

    names: Names = term()
    owner: bool = term(False)
    liable: bool = term(False)
    shares: bool = term(False)
    prints: bool = term(False)
    permits_query: bool = term(False)
    most_parties: int | None = term(None, unit="count", ge=1, le=40)
    active: bool = term(True)

    @property
    def divides(self) -> bool:
        """Whether the parties of the role have percentages."""
        return self.owner or self.shares


class PartiesControl(Plan):
    """How the register composes names and numbers, and what it asks of everybody."""

    name_order: Literal["given_first", "surname_first"] = term("given_first")
    short_name_length: int = term(20, unit="count", ge=5, le=40)
    embossing_name_length: int = term(26, unit="count", ge=10, le=26)
    adult_age: int = term(18, unit="years", ge=12, le=30)
    phone_country_code: str = term("", pattern=r"^(\+[1-9][0-9]{0,3})?$")
    default_document_type: str | None = term(None, ref="parties.document_rule")
    holder_role: str | None = term(None, ref="parties.account_role")
    search_minimum_characters: int = term(3, unit="count", ge=2, le=10)


KINDS: Final[Mapping[str, type[Plan]]] = {
    "parties.document_rule": DocumentRule,
    "parties.party_type": PartyType,
    "parties.required_field": RequiredField,
    "parties.required_relation": RequiredRelation,
    "parties.relationship_type": RelationshipType,
    "parties.account_role": AccountRole,
    "parties.control": PartiesControl,
}

SINGLETONS: Final = frozenset({"parties.control"})
"""Kinds whose only set has the code `main`."""

SCOPES: Final[Mapping[str, tuple[str, ...]]] = {}
"""Kinds that may be set at other scopes than the tenant."""

READERS: Final[Mapping[str, tuple[str, ...]]] = {
    "parties.account_role": ("parties.read",),
}
"""Who reads a kind for their work without reading every parameter: the permission it takes."""
