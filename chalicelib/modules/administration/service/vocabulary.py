"""Code tables and user-defined fields: what every module validates what people type against."""

from collections.abc import Mapping
from datetime import date

from chalicelib.modules.administration.domain import check_code_table, user_value
from chalicelib.modules.administration.errors import UnknownCodeTable
from chalicelib.modules.administration.plans import Branch, CodeTable, UserField
from chalicelib.platform.parameters.snapshot import Snapshot
from chalicelib.platform.problems import FieldProblem
from chalicelib.platform.work import UnitOfWork

CODE_TABLE = "administration.code_table"
USER_FIELD = "administration.user_field"
OFFICERS = "account_officer"
"""The code table that lists account officers, in a tenant that keeps one."""


def code_table(config: Snapshot, table: str, on: date) -> CodeTable:
    """A code table. Raises UnknownCodeTable."""
    found: CodeTable | None = config.find(CODE_TABLE, table, on)
    if found is None:
        raise UnknownCodeTable("table", table=table)
    return found


def code_tables(config: Snapshot, on: date) -> list[tuple[str, CodeTable]]:
    """(name, table) of every code table on a date."""
    return list(config.all(CODE_TABLE, on))


def is_code(config: Snapshot, table: str, code: str, on: date) -> bool:
    """Whether a value may be chosen from a table on a date."""
    found: CodeTable | None = config.find(CODE_TABLE, table, on)
    value = found.value(code) if found else None
    return value is not None and value.holds_on(on)


def is_officer(config: Snapshot, code: str, on: date) -> bool:
    """Whether an account officer exists: in the tenant's list of officers, where it keeps one."""
    return config.find(CODE_TABLE, OFFICERS, on) is None or is_code(config, OFFICERS, code, on)


def check_code_table_set(config: Snapshot, code: str, table: CodeTable, on: date) -> None:
    """A code table after another version of it. Raises CodeValueRemoved."""
    check_code_table(table, config.find(CODE_TABLE, code, on))


def user_fields(config: Snapshot, entity: str, on: date) -> list[UserField]:
    """The fields that the tenant added to an entity, in the order of their codes."""
    return [field for _, field in config.all(USER_FIELD, on) if field.entity == entity]


def readable_user_fields(
    work: UnitOfWork, entity: str, values: Mapping[str, str], on: date
) -> dict[str, str]:
    """The values that the caller's groups may read."""
    groups = set(work.context.actor.groups)
    fields = {field.key: field for field in user_fields(work.config, entity, on)}
    return {
        key: value
        for key, value in values.items()
        if key in fields and (not fields[key].read_groups or groups & set(fields[key].read_groups))
    }


def checked_user_fields(
    work: UnitOfWork,
    entity: str,
    given: Mapping[str, str | None],
    on: date,
    before: Mapping[str, str] | None = None,
) -> tuple[dict[str, str], list[FieldProblem]]:
    """(values as they are stored, everything wrong with those given); ``before`` None for a new record.

    A value given as None or blank is taken away; what is not given stays. A new record gets the fields' defaults.
    """
    fields = {field.key: field for field in user_fields(work.config, entity, on)}
    kept = dict(before or {})
    problems = [
        FieldProblem(f"user_fields.{key}", "unknown_user_field", {"key": key})
        for key in given
        if key not in fields
    ]
    if before is None:
        defaults = {key: field.default_value for key, field in fields.items() if field.default_value}
        given = {**defaults, **given}
    for key, field in fields.items():
        written = (given.get(key) or "").strip()
        if key in given and written != kept.get(key, ""):
            value, problem = _checked(work, field, written, on)
            problems += [problem] if problem else []
            kept[key] = value
        if field.required and not kept.get(key) and (before is None or key in given):
            problems.append(FieldProblem(f"user_fields.{key}", "required"))
    return {key: value for key, value in kept.items() if value}, problems


def _checked(work: UnitOfWork, field: UserField, written: str, on: date) -> tuple[str, FieldProblem | None]:
    path = f"user_fields.{field.key}"
    if field.write_groups and not set(work.context.actor.groups) & set(field.write_groups):
        return "", FieldProblem(path, "user_field_not_writable", {"key": field.key})
    if not written:
        return "", None
    value = user_value(field, written)
    if value is None:
        return "", FieldProblem(path, "user_field_wrong_type", {"type": field.field_type})
    return value, _unlisted(work.config, field, value, path, on)


def _unlisted(config: Snapshot, field: UserField, value: str, path: str, on: date) -> FieldProblem | None:
    if field.field_type == "code" and not is_code(config, field.code_table or "", value, on):
        return FieldProblem(path, "not_in_code_table", {"table": field.code_table, "value": value})
    if field.field_type == "officer" and not is_officer(config, value, on):
        return FieldProblem(path, "not_in_code_table", {"table": OFFICERS, "value": value})
    if field.field_type == "branch":
        branch: Branch | None = config.find("administration.branch", value, on)
        if branch is None:
            return FieldProblem(path, "unknown_branch", {"branch": value})
    return None
