"""Registering a party: once, with the fields that its onboarding form asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.address import Address, settled
from chalicelib.modules.parties.domain.document import IdentityDocument, normal_number
from chalicelib.modules.parties.domain.draft import Draft
from chalicelib.modules.parties.domain.party import Party, PersonName, with_values
from chalicelib.modules.parties.errors import PartyExists, PartyNumberOutOfRange, PartyNumberTaken
from chalicelib.modules.parties.service import addresses, capture, parameters, relations
from chalicelib.modules.parties.service.capture import Problems
from chalicelib.modules.parties.tables import PREFIX
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.context import ActorKind
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


def register(work: UnitOfWork, draft: Draft) -> Party:
    """Register a party and everything it is found by.

    Raises PartyExists with the existing party's id, DocumentRuleBroken, DocumentCheckDigit, DocumentTypeNotAllowed,
    PartyTypeNotForKind, PartyNumberOutOfRange, UnknownBranch, OutsideBranchScope, or InvalidRequest with every field
    that is wrong or missing.
    """
    on = business_date(work, draft.branch)
    _check_branch(work, draft.branch)
    existing = repository.by_document(work, draft.document_type, normal_number(draft.document_number))
    if existing:
        raise PartyExists("document_number", existing)
    problems = Problems()
    party = _captured(work, draft, on, problems)
    listed = _addresses(work, party, draft.addresses, on, problems)
    party = replace(party, addresses=len(listed))
    capture.required(work, party, on, None, problems)
    problems.tell()
    party = repository.add(work, replace(party, number=_number(work, draft.number, on)), listed)
    if draft.related_to:
        relations.relate(work, party, draft.related_to[1], draft.related_to[0], on=on)
    emit(work, events.PARTY_REGISTERED, {"party_id": party.id, "kind": party.kind, "branch": party.branch})
    return party


def _captured(work: UnitOfWork, draft: Draft, on: date, problems: Problems) -> Party:
    kind = parameters.party_type(work.config, draft.party_type, on)
    blank = Party(
        id=new_id(PREFIX),
        number=0,
        kind=draft.kind,
        party_type=draft.party_type,
        branch=draft.branch,
        name=PersonName(),
        document=IdentityDocument(draft.document_type, draft.document_number),
        registered_on=on,
        registered_by=work.context.actor.id,
        form=draft.form,
        language=work.context.tenant.default_language,
        confidentiality_level=kind.confidentiality_level,
    )
    values = {name: value for name, value in draft.values.items() if name != "user_fields"}
    if values.get("phones") is not None:
        values["phones"] = capture.phones(work, values["phones"], on, problems)
    party = with_values(blank, {name: value for name, value in values.items() if value is not None})
    party = capture.document(work, party, draft.confirm_check_digit, on, problems)
    party = capture.names(work, party, on, problems)
    capture.fields(work, party, values, on, problems)
    return capture.user_fields(work, party, draft.values, on, None, problems)


def _addresses(
    work: UnitOfWork, party: Party, given: Iterable[Mapping[str, Any]], on: date, problems: Problems
) -> list[Address]:
    kept: dict[str, Address] = {}
    for position, values in enumerate(given):
        new = addresses.captured(work, party, values, on, problems, f"addresses.{position}.")
        kept.update({each.id: each for each in settled(new, kept.values())})
    return list(kept.values())


def _number(work: UnitOfWork, asked: int | None, on: date) -> int:
    institution = administration.institution(work.config, on)
    first, last = institution.party_number_from, institution.party_number_to
    number = asked if asked is not None else repository.next_number(work, first)
    if not first <= number <= last:
        raise PartyNumberOutOfRange("number", number=number, first=first, last=last)
    if asked is not None and repository.by_number(work, number):
        raise PartyNumberTaken("number", number=number)
    return number


def _check_branch(work: UnitOfWork, branch: str) -> None:
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and not actor.sees_branch(branch):
        raise OutsideBranchScope("branch", branch=branch)
