"""What must be captured: in an onboarding form, and sooner or later by everybody (PTY-06, PTY-07, PTY-51)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chalicelib.modules.parties.domain.party import (
    LEGAL,
    ONLY_LEGAL,
    ONLY_NATURAL,
    Party,
    PartyState,
    value_of,
)
from chalicelib.modules.parties.plans import RequiredField, RequiredRelation

FULL = "full"
NAMES = {"natural": ("given_1", "surname_1"), "legal": ("business_name",)}
"""What the register itself asks for, whatever the parameters."""


def missing(party: Party, rules: Iterable[RequiredField], form: str) -> list[str]:
    """The fields that a form asks for and the party lacks, in the order of the rules, each once."""
    always = [name for name in NAMES[party.kind] if _is_blank(value_of(party, name))]
    asked = [
        rule.field for rule in rules if _applies(rule, party, form) and _is_blank(value_of(party, rule.field))
    ]
    return list(dict.fromkeys([*always, *asked]))


def relations_asked(
    party: Party, rules: Iterable[RequiredRelation], form: str, on: date, adult_age: int
) -> list[str]:
    """The types of relationship that a form asks of a party on a business date, each once.

    Nothing is asked of those who died or are only history. ``adult_age`` in years.
    """
    if party.state in (PartyState.DECEASED, PartyState.CLOSED):
        return []
    age = party.age(on)
    minor = age is not None and age < adult_age
    asked = [rule.relationship_type for rule in rules if _asks(rule, party, form, minor)]
    return list(dict.fromkeys(asked))


def _asks(rule: RequiredRelation, party: Party, form: str, minor: bool) -> bool:
    return (
        rule.active
        and form in rule.forms
        and party.kind in rule.party_kinds
        and (not rule.party_types or party.party_type in rule.party_types)
        and (not rule.marital_statuses or party.personal.marital_status in rule.marital_statuses)
        and (minor or not rule.minors_only)
    )


def foreign_fields(kind: str, given: Iterable[str]) -> list[str]:
    """Fields that only the other kind of person has (PTY-04)."""
    refused = ONLY_NATURAL if kind == LEGAL else ONLY_LEGAL
    return [name for name in given if name in refused]


def _applies(rule: RequiredField, party: Party, form: str) -> bool:
    return (
        form in rule.forms
        and party.kind in rule.party_kinds
        and (not rule.party_types or party.party_type in rule.party_types)
        and (not rule.when_field or str(value_of(party, rule.when_field)) == rule.when_value)
    )


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", (), {})
