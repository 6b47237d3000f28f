"""Is a manifest fit to be applied? Every problem at once, each with its place and its reason."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform.closing.branches import branch_codes, calendar_of
from chalicelib.platform.parameters.kinds import Kind, UnknownKind, kind_of, references
from chalicelib.platform.parameters.snapshot import MAIN
from chalicelib.platform.parameters.versions import TENANT_SCOPE
from chalicelib.platform.problems import FieldProblem, field_problems
from chalicelib.workflows.onboarding.header import Header
from chalicelib.workflows.onboarding.manifest import HEADER_FILE, InvalidManifest, Written, WrittenSet
from chalicelib.workflows.onboarding.register import picture_of

BRANCH, ROLE, CALENDAR = "administration.branch", "administration.role", "administration.calendar"
ACCOUNT, ROLE_MAP = "accounting.account", "accounting.role_map"
HIERARCHIES = ("parent", "extends")
"""Fields in which a set names the one above it: following them must come to an end."""

ROLES_OF_MODULES = {
    "accounting": ("interbranch_due_to", "interbranch_due_from", "suspense_account"),
    "deposits": (
        "cash_on_hand",
        "member_deposits",
        "interest_expense_demand",
        "interest_payable_demand",
        "tax_withheld_payable",
    ),
    "term_deposits": (
        "term_deposits_principal",
        "interest_expense_term",
        "interest_payable_term",
        "tax_withheld_payable",
    ),
}
"""Roles that postings use whatever the products are; others are needed where a parameter names them."""

BRANCH_CODE = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that can be applied."""

    header: Header
    sets: tuple[WrittenSet, ...]

    @property
    def code(self) -> str:
        return self.header.code


def validated(written: Written) -> Manifest:
    """The manifest that was read. Raises InvalidManifest with everything that is wrong with it."""
    header = _header(written)
    kinds = _kinds(written)
    _unique(written)
    for each in written.sets:
        if each.kind in kinds:
            _check_set(written, kinds[each.kind], each)
    _check_references(written, kinds)
    _check_hierarchies(written)
    _check_head_office(written)
    _check_accounts(written, header)
    if header:
        _check_staff(written, header)
    if header and not written.problems:
        _check_first_date(written, header)
    if written.problems or header is None:
        raise InvalidManifest(written.tenant, list(_each_once(written.problems)))
    return Manifest(header, tuple(sorted(written.sets, key=lambda each: (*each.key, each.effective_from))))


def _each_once(problems: list[FieldProblem]) -> Iterator[FieldProblem]:
    seen = set()
    for problem in problems:
        mark = (problem.field, problem.code, repr(problem.params))
        if mark not in seen:
            seen.add(mark)
            yield problem


def _header(written: Written) -> Header | None:
    try:
        header = Header.model_validate(written.header)
    except ValidationError as error:
        for problem in field_problems(error):
            written.refuse(f"{HEADER_FILE}: {problem.field}", problem.code, **problem.params)
        return None
    if header.code != written.tenant:
        written.refuse(f"{HEADER_FILE}: code", "tenant_code_is_not_folder", value=header.code)
    return header


def _kinds(written: Written) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for name, first in {each.kind: each for each in reversed(written.sets)}.items():
        try:
            found[name] = kind_of(name)
        except UnknownKind:
            written.refuse(first.place.rpartition("/")[0], "unknown_parameter_kind", kind=name)
    return found


def _unique(written: Written) -> None:
    counted = Counter((*each.key, each.effective_from) for each in written.sets)
    for each in written.sets:
        if counted[(*each.key, each.effective_from)] > 1:
            written.refuse(each.place, "set_repeated", scope=each.scope, date=each.effective_from.isoformat())


def _check_set(written: Written, kind: Kind, each: WrittenSet) -> None:
    if kind.singleton and each.code != MAIN:
        written.refuse(f"{each.place}/code", "code_not_main")
    if each.kind == BRANCH and not BRANCH_CODE.fullmatch(each.code):
        written.refuse(f"{each.place}/code", "branch_code_range")
    level, _, branch = each.scope.partition(":")
    if level not in kind.scopes or (each.scope != TENANT_SCOPE and not branch):
        written.refuse(f"{each.place}/scope", "scope_not_allowed", scope=each.scope)
    elif branch and (BRANCH, branch) not in _codes(written):
        written.refuse(f"{each.place}/scope", "unknown_reference", kind=BRANCH, value=branch)
    for source in each.sources:
        if source not in written.sources:
            written.refuse(f"{each.place}/source", "unknown_source", value=source)
    try:
        kind.model.model_validate(each.body)
    except ValidationError as error:
        for problem in field_problems(error):
            written.refuse(f"{each.place}/{problem.field}", problem.code, **problem.params)


def _codes(written: Written) -> set[tuple[str, str]]:
    return {(each.kind, each.code) for each in written.sets}


def _check_references(written: Written, kinds: dict[str, Kind]) -> None:
    known = _codes(written)
    for each in written.sets:
        if each.kind not in kinds:
            continue
        for field, kind, code in references(kinds[each.kind].model, each.body):
            if (kind, code) not in known:
                written.refuse(f"{each.place}/{field}", "unknown_reference", kind=kind, value=code)


def _check_hierarchies(written: Written) -> None:
    above = {
        (each.kind, field, each.code): (str(each.body[field]), each)
        for each in written.sets
        for field in HIERARCHIES
        if each.body.get(field)
    }
    reported: set[tuple[str, str, frozenset[str]]] = set()
    for (kind, field, code), (_, each) in above.items():
        path = _circle(above, kind, field, code)
        mark = (kind, field, frozenset(path))
        if path and mark not in reported:
            reported.add(mark)
            written.refuse(f"{each.place}/{field}", "reference_cycle", path=" → ".join([*path, path[0]]))


def _circle(above: dict[Any, Any], kind: str, field: str, code: str) -> list[str]:
    """The codes of the circle that begins and ends with this one; empty where the way up ends or joins another's."""
    path, current = [code], above[kind, field, code][0]
    while current != code and current not in path and (kind, field, current) in above:
        path.append(current)
        current = above[kind, field, current][0]
    return path if current == code else []


def _check_head_office(written: Written) -> None:
    offices = {
        each.code: each for each in written.sets if each.kind == BRANCH and each.body.get("head_office")
    }
    if not offices:
        written.refuse(BRANCH, "head_office_missing")
    for extra in list(offices.values())[1:]:
        written.refuse(f"{extra.place}/head_office", "head_office_repeated", first=next(iter(offices)))


def _check_accounts(written: Written, header: Header | None) -> None:
    mapped = {each.code for each in written.sets if each.kind == ROLE_MAP}
    for module, roles in ROLES_OF_MODULES.items():
        if header is None or module in header.modules:
            for role in roles:
                if role not in mapped:
                    written.refuse(f"{ROLE_MAP}/{role}", "role_without_account", role=role, module=module)
    accounts = {each.code: each for each in written.sets if each.kind == ACCOUNT}
    for each in written.sets:
        if each.kind != ROLE_MAP:
            continue
        for field, kind, code in references(kind_of(ROLE_MAP).model, each.body):
            if kind == ACCOUNT and code in accounts and not accounts[code].body.get("postable"):
                written.refuse(f"{each.place}/{field}", "account_not_postable", account=code)


def _check_staff(written: Written, header: Header) -> None:
    known = _codes(written)
    for member in header.staff:
        place = f"{HEADER_FILE}: staff/{member.username}"
        if (ROLE, member.role) not in known:
            written.refuse(f"{place}/role", "unknown_reference", kind=ROLE, value=member.role)
        for branch in (member.branch, *member.branches):
            if (BRANCH, branch) not in known:
                written.refuse(f"{place}/branch", "unknown_reference", kind=BRANCH, value=branch)
        if member.language and member.language not in header.languages:
            written.refuse(f"{place}/language", "unknown_language", value=member.language)


def _check_first_date(written: Written, header: Header) -> None:
    """The branches open on a day that each of them works."""
    config, first = picture_of(written.sets), header.first_business_date
    for branch in branch_codes(config, first):
        if not calendar_of(config, branch, first).is_business(first):
            written.refuse(f"{HEADER_FILE}: first_business_date", "first_date_not_worked", branch=branch)
