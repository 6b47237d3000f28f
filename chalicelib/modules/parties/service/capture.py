"""Checks of what people type: every wrong field at once, each with its own code."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from chalicelib.kernel.errors import BankError
from chalicelib.modules.administration import public as administration
from chalicelib.modules.parties.domain.completeness import foreign_fields, missing
from chalicelib.modules.parties.domain.document import checked_number
from chalicelib.modules.parties.domain.masking import MASK
from chalicelib.modules.parties.domain.party import CODED, Party, value_of
from chalicelib.modules.parties.domain.phone import Phone, normalised
from chalicelib.modules.parties.domain.words import embossable, shortened
from chalicelib.modules.parties.errors import DocumentTypeNotAllowed, PartyTypeNotForKind
from chalicelib.modules.parties.service import parameters
from chalicelib.platform.http.pipeline import InvalidRequest, SingleFieldInvalid
from chalicelib.platform.problems import FieldProblem
from chalicelib.platform.work import UnitOfWork

T = TypeVar("T")
ENTITY = "party"
PAST_DATES = ("birth_date", "incorporated_on", "document_issued_on")
DATES_OF_A_LIFE = ("birth_date", "document_issued_on")
OLDEST_YEARS = 130
"""Nobody has lived longer; a date before that is a slip."""


class Problems:
    """Collects what is wrong with a request, to tell it all together."""

    def __init__(self) -> None:
        self.found: list[FieldProblem] = []

    def add(self, problem: FieldProblem) -> None:
        self.found.append(problem)

    def extend(self, problems: Iterable[FieldProblem]) -> None:
        self.found.extend(problems)

    def unless(self, check: Callable[[], T], fallback: T) -> T:
        """What the check answers, or the fallback where it refuses."""
        try:
            return check()
        except BankError as refused:
            self.add(FieldProblem(refused.field or "", refused.code, refused.params))
            return fallback

    def tell(self) -> None:
        """Raises InvalidRequest (or the one problem under its own code) where anything was found."""
        if self.found:
            raise SingleFieldInvalid(self.found) if len(self.found) == 1 else InvalidRequest(self.found)


def phones(work: UnitOfWork, given: Iterable[Phone], on: date, problems: Problems) -> tuple[Phone, ...]:
    """The numbers in E.164, those that cannot be read among the problems."""
    return tuple(
        replace(each, phone_number=phone(work, each.phone_number, f"phones.{at}.phone_number", on, problems))
        for at, each in enumerate(given)
    )


def phone(work: UnitOfWork, written: str, field: str, on: date, problems: Problems) -> str:
    """One number in E.164; blank stays blank."""
    code = parameters.control(work.config, on).phone_country_code
    return problems.unless(lambda: normalised(written, code, field), "") if written else ""


def document(work: UnitOfWork, party: Party, confirmed: bool, on: date, problems: Problems) -> Party:
    """The party with its document as it is kept: normalised, and marked where its check digit was confirmed."""
    given, kind = party.document, parameters.party_type(work.config, party.party_type, on)
    rule = parameters.document_rule(work.config, given.document_type, on)
    if party.kind not in kind.party_kinds:
        raise PartyTypeNotForKind("party_type", kind=party.kind)
    if (
        not rule.active
        or party.kind not in rule.party_kinds
        or (kind.document_types and given.document_type not in kind.document_types)
    ):
        raise DocumentTypeNotAllowed("document_type", document_type=given.document_type)
    number, vouched = checked_number(rule, given.document_type, given.document_number, confirmed=confirmed)
    if rule.expiry_required and given.document_expires_on is None:
        problems.add(FieldProblem("document_expires_on", "required"))
    if given.document_expires_on and given.document_expires_on < on:
        problems.add(
            FieldProblem("document_expires_on", "document_expired", {"business_date": on.isoformat()})
        )
    if rule.issue_place_required and not given.document_issue_place:
        problems.add(FieldProblem("document_issue_place", "required"))
    return replace(party, document=replace(given, document_number=number, check_digit_confirmed=vouched))


def names(work: UnitOfWork, party: Party, on: date, problems: Problems) -> Party:
    """The party with short and embossing names, suggested where they are blank (PTY-15, PTY-16)."""
    control = parameters.control(work.config, on)
    short = party.short_name or shortened(party.name.short(), control.short_name_length)
    emboss = party.emboss_name or embossable(party.name.full(), control.embossing_name_length)
    if len(short) > control.short_name_length:
        problems.add(FieldProblem("short_name", "too_long", {"max_length": control.short_name_length}))
    if len(emboss) > control.embossing_name_length:
        problems.add(FieldProblem("emboss_name", "too_long", {"max_length": control.embossing_name_length}))
    elif emboss and embossable(emboss, len(emboss)) != emboss:
        problems.add(FieldProblem("emboss_name", "wrong_format"))
    return replace(party, short_name=short, emboss_name=emboss)


def masked_values(given: Mapping[str, Any], at: str = "") -> list[FieldProblem]:
    """Texts that a reader got masked and sent back as they were: storing them would lose what they stand for."""
    return [
        FieldProblem(f"{at}{name}", "masked_value")
        for name, value in given.items()
        if any(
            isinstance(text, str) and MASK in text
            for text in (value if isinstance(value, tuple) else (value,))
        )
    ]


def fields(
    work: UnitOfWork,
    party: Party,
    given: Mapping[str, Any],
    on: date,
    problems: Problems,
    before: Party | None = None,
) -> None:
    """Fields of the other kind of person, codes, dates, officer and language, of the fields that were given.

    A code that the party had ``before`` stays good when its table no longer offers it.
    """
    written = [name for name, value in given.items() if value not in (None, "")]
    problems.extend(masked_values(given))
    problems.extend(
        FieldProblem(name, "field_not_for_kind", {"kind": party.kind})
        for name in foreign_fields(party.kind, sorted(written))
    )
    changed = {name for name in written if before is None or value_of(before, name) != value_of(party, name)}
    for name, table in CODED.items():
        value = value_of(party, name)
        if name in changed and not administration.is_code(work.config, table, value, on):
            problems.add(FieldProblem(name, "not_in_code_table", {"table": table, "value": value}))
    problems.extend(
        FieldProblem(name, "date_in_future", {"business_date": on.isoformat()})
        for name in PAST_DATES
        if name in changed and value_of(party, name) > on
    )
    earliest = date(on.year - OLDEST_YEARS, 1, 1)
    problems.extend(
        FieldProblem(name, "date_too_early", {"earliest": earliest.isoformat()})
        for name in DATES_OF_A_LIFE
        if name in changed and value_of(party, name) < earliest
    )
    if "officer" in changed and not administration.is_officer(work.config, party.officer, on):
        problems.add(
            FieldProblem("officer", "not_in_code_table", {"table": "account_officer", "value": party.officer})
        )
    if "language" in changed and party.language not in work.context.tenant.languages:
        problems.add(FieldProblem("language", "not_allowed", {"expected": work.context.tenant.languages}))


def user_fields(
    work: UnitOfWork,
    party: Party,
    given: Mapping[str, Any],
    on: date,
    before: Party | None,
    problems: Problems,
) -> Party:
    """The party with its user-defined fields checked (GEN-81)."""
    if before is not None and "user_fields" not in given:
        return party
    kept, wrong = administration.checked_user_fields(
        work, ENTITY, given.get("user_fields") or {}, on, before.user_fields if before else None
    )
    problems.extend(wrong)
    return replace(party, user_fields=kept)


def required(work: UnitOfWork, party: Party, on: date, before: Party | None, problems: Problems) -> None:
    """What the party's form asks for and it lacks; of a party that exists, only what it had and would lose."""
    rules = parameters.required_fields(work.config, on)
    lacked = set(missing(before, rules, before.form)) if before else set()
    problems.extend(
        FieldProblem(name, "required") for name in missing(party, rules, party.form) if name not in lacked
    )
