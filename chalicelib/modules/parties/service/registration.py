"""Registering a party: once, with the fields that its onboarding form asks for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.kernel.errors import BankError
from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.address import Address, settled
from chalicelib.modules.parties.domain.document import IdentityDocument, normal_number
from chalicelib.modules.parties.domain.draft import Draft, NewRelation
from chalicelib.modules.parties.domain.party import Party, PersonName, with_values
from chalicelib.modules.parties.errors import (
    PartyExists,
    PartyNumberOutOfRange,
    PartyNumberTaken,
    RelatedPartyUnclear,
)
from chalicelib.modules.parties.service import addresses, capture, parameters, relations
from chalicelib.modules.parties.service.capture import Problems
from chalicelib.modules.parties.tables import PREFIX
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.context import ActorKind
from chalicelib.platform.events import emit
from chalicelib.platform.http.pipeline import InvalidRequest
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

MINIMUM = "min_related"
"""The form by which people are registered who come with the registration of somebody else."""


def register(work: UnitOfWork, draft: Draft, brought: tuple[str, ...] = ()) -> Party:
    """Register a party and everything it is found by, and the parties that come with it.

    ``brought`` are types of relationship that whoever registers it writes afterwards.

    Raises PartyExists with the existing party's id, DocumentRuleBroken, DocumentCheckDigit, DocumentTypeNotAllowed,
    PartyTypeNotForKind, PartyNumberOutOfRange, UnknownBranch, OutsideBranchScope, or InvalidRequest with every field
    that is wrong or missing and every relation that its form asks for and does not come with it.
    """
    on = business_date(work, draft.branch)
    _check_branch(work, draft.branch)
    usual = parameters.control(work.config, on).default_document_type
    draft = draft if draft.document_type or not usual else replace(draft, document_type=usual)
    existing = repository.by_document(work, draft.document_type, normal_number(draft.document_number))
    if existing:
        raise PartyExists("document_number", existing)
    problems = Problems()
    party = _captured(work, draft, on, problems)
    listed = _addresses(work, party, draft.addresses, on, problems)
    party = replace(party, addresses=len(listed))
    capture.required(work, party, on, None, problems)
    relations.required(work, party, on, problems, (*draft.brings, *brought))
    problems.tell()
    party = repository.add(work, replace(party, number=_number(work, draft.number, on)), listed)
    if draft.related_to:
        relations.relate(work, party, draft.related_to[1], draft.related_to[0], on=on)
    relate_all(work, party, draft.relations, on)
    emit(work, events.PARTY_REGISTERED, {"party_id": party.id, "kind": party.kind, "branch": party.branch})
    return party


def relate_all(work: UnitOfWork, party: Party, wanted: Iterable[NewRelation], on: date) -> None:
    """Relate a party to others, of which new ones are registered by the form for related persons (PTY-06, PTY-52).

    Raises RelatedPartyUnclear, and what ``register`` and ``relations.relate`` raise, with the place in the request.
    """
    for position, new in enumerate(wanted):
        at = f"relations.{position}"
        with placed(at):
            kind = parameters.relationship_type(work.config, new.relationship_type, on)
            if bool(new.party_id) == (new.person is not None):
                raise RelatedPartyUnclear("party_id")
        other_id = new.party_id
        if new.person:
            with placed(f"{at}.person"):
                person = replace(new.person, branch=party.branch, form=MINIMUM)
                other_id = register(work, person, (kind.reciprocal,)).id
        with placed(at):
            relations.relate(work, party, new.relationship_type, other_id, on=on, note=new.note)


@contextmanager
def placed(at: str) -> Iterator[None]:
    """Whatever is refused within the block names fields below this place of the request."""
    try:
        yield
    except InvalidRequest as refused:
        refused.errors = [replace(each, field=f"{at}.{each.field}") for each in refused.errors]
        refused.field = refused.errors[0].field
        raise
    except BankError as refused:
        refused.field = f"{at}.{refused.field}" if refused.field else at
        raise


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
