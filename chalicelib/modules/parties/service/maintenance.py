"""Changing a party: its data, or who it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib.modules.parties import events, repository
from chalicelib.modules.parties.domain.document import FormerDocument, normal_number
from chalicelib.modules.parties.domain.draft import IdentityChange, NewRelation
from chalicelib.modules.parties.domain.note import Note, NoteKind
from chalicelib.modules.parties.domain.party import Party, PartyState, with_values
from chalicelib.modules.parties.errors import IdentityUnchanged, PartyExists
from chalicelib.modules.parties.service import capture, parameters, relations
from chalicelib.modules.parties.service.capture import Problems
from chalicelib.modules.parties.service.registration import relate_all
from chalicelib.modules.parties.tables import NOTES
from chalicelib.platform import clock
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.context import ActorKind
from chalicelib.platform.events import emit
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork

NEVER_BLANK = ("language", "branch", "confidentiality_level")


def change(
    work: UnitOfWork, party_id: str, values: Mapping[str, Any], wanted: tuple[NewRelation, ...] = ()
) -> Party:
    """Change a party's data (not who it is), and relate it to others; None blanks a field.

    A party that lacks a relation it must have is not saved without it (PTY-06); members, who relate nobody, are not
    asked. Raises UnknownParty, StaleVersion, UnknownBranch, OutsideBranchScope, what ``relate_all`` raises, or
    InvalidRequest with every wrong field.
    """
    before = repository.party(work, party_id)
    work.expect(before)
    on, problems = parameters.day_of(work, before), Problems()
    given = {
        name: value
        for name, value in values.items()
        if name != "user_fields" and (value is not None or name not in NEVER_BLANK)
    }
    if given.get("phones") is not None:
        given["phones"] = capture.phones(work, given["phones"], on, problems)
    if given.get("branch") and given["branch"] != before.branch:
        _check_branch(work, given["branch"])
    after = capture.names(work, with_values(before, given), on, problems)
    capture.fields(work, after, given, on, problems, before)
    after = capture.user_fields(work, after, values, on, before, problems)
    capture.required(work, after, on, before, problems)
    if work.context.actor.kind is not ActorKind.MEMBER:
        brought = [each.relationship_type for each in wanted]
        relations.required(work, after, on, problems, brought)
    problems.tell()
    saved = _save(work, before, after, sorted(values))
    relate_all(work, saved, wanted, on)
    return saved


def change_identity(work: UnitOfWork, party_id: str, asked: IdentityChange) -> Party:
    """Change document, names, party type or state; relations and accounts stay, the former number still finds it.

    Raises UnknownParty, StaleVersion, IdentityUnchanged, PartyExists, PartyStateForbids, and what a document or a
    party type is refused for (PTY-32).
    """
    before = repository.party(work, party_id)
    work.expect(before)
    on, problems = parameters.day_of(work, before), Problems()
    after = with_values(before, asked.values)
    after = replace(after, party_type=asked.party_type or before.party_type)
    if (after.document, after.party_type) != (before.document, before.party_type):
        confirmed = asked.confirm_check_digit or _was_confirmed(before, after)
        after = capture.document(work, after, confirmed, on, problems)
    capture.fields(work, after, asked.values, on, problems, before)
    capture.required(work, after, on, before, problems)
    if after.party_type != before.party_type:
        relations.required(work, after, on, problems)
    problems.tell()
    if after.document.document_number != before.document.document_number or (
        after.document.document_type != before.document.document_type
    ):
        after = _with_new_document(work, before, after, asked.reason)
    if asked.state:
        after = after.in_state(PartyState(asked.state), asked.reason)
    if after == before:
        raise IdentityUnchanged()
    return _save(work, before, after, ["identity"], reason=asked.reason, evidence=asked.evidence)


def add_note(work: UnitOfWork, party_id: str, kind: NoteKind, text: str, expires_on: Any) -> Note:
    """Leave a note on a party. Raises UnknownParty."""
    party = repository.party(work, party_id)
    note = Note(
        party_id=party.id,
        id=new_id("nte"),
        kind=kind,
        text=text,
        written_on=parameters.day_of(work, party),
        written_at=clock.now(),
        written_by=work.context.actor.id,
        expires_on=expires_on,
    )
    return work.put(NOTES, note)


def _with_new_document(work: UnitOfWork, before: Party, after: Party, reason: str) -> Party:
    document = after.document
    holder = repository.by_document(work, document.document_type, document.document_number)
    if holder:
        raise PartyExists("document_number", holder)
    former = FormerDocument(
        before.document.document_type,
        before.document.document_number,
        parameters.day_of(work, before),
        work.context.actor.id,
        reason,
    )
    return replace(after, former_documents=(*before.former_documents, former))


def _was_confirmed(before: Party, after: Party) -> bool:
    same = normal_number(after.document.document_number) == before.document.document_number
    return same and before.document.check_digit_confirmed


def _save(work: UnitOfWork, before: Party, after: Party, changed: list[str], **why: str) -> Party:
    saved = repository.save(work, before, after)
    emit(work, events.PARTY_CHANGED, {"party_id": saved.id, "fields": changed, **why})
    return saved


def _check_branch(work: UnitOfWork, branch: str) -> None:
    business_date(work, branch)
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and not actor.sees_branch(branch):
        raise OutsideBranchScope("branch", branch=branch)
