"""Code tables and user-defined fields on the wire."""

from datetime import date

from pydantic import Field

from chalicelib.kernel.names import name_in
from chalicelib.modules.administration.plans import CodeTable, CodeValue, UserField
from chalicelib.modules.administration.schemas.organisation import OnQuery
from chalicelib.platform.http.payload import View


class TableQuery(OnQuery):
    """As it holds on a date; with the values that can no longer be chosen where asked."""

    all: bool = False


class CodeValueView(View):
    """A value of a code table; ``active`` says whether it may be chosen on the date."""

    code: str
    name: str
    active: bool
    attributes: dict[str, str]

    @classmethod
    def of(cls, value: CodeValue, on: date, language: str) -> "CodeValueView":
        return cls(
            code=value.code,
            name=name_in(value.names, language),
            active=value.holds_on(on),
            attributes=dict(value.attributes),
        )


class CodeTableName(View):
    """A code table without its values."""

    code: str
    name: str
    application: str
    values: int

    @classmethod
    def of(cls, code: str, table: CodeTable, language: str) -> "CodeTableName":
        return cls(
            code=code,
            name=name_in(table.names, language),
            application=table.application,
            values=len(table.values),
        )


class CodeTableList(View):
    """Every code table."""

    items: list[CodeTableName]
    next_cursor: str | None = None


class CodeTableView(View):
    """The window of valid values: a code table in the caller's language, in the tenant's own order."""

    code: str
    name: str
    items: list[CodeValueView]
    next_cursor: str | None = None


class UserFieldsQuery(OnQuery):
    """The fields added to one entity."""

    entity: str = Field(max_length=40)


class UserFieldView(View):
    """A field that the tenant added."""

    key: str
    name: str
    field_type: str
    code_table: str | None
    required: bool
    max_length: int
    default_value: str
    writable: bool

    @classmethod
    def of(cls, field: UserField, language: str, groups: tuple[str, ...]) -> "UserFieldView":
        return cls(
            name=name_in(field.names, language),
            writable=not field.write_groups or bool(set(groups) & set(field.write_groups)),
            **{
                name: getattr(field, name)
                for name in ("key", "field_type", "code_table", "required", "max_length", "default_value")
            },
        )


class UserFieldList(View):
    """The fields added to an entity."""

    items: list[UserFieldView]
    next_cursor: str | None = None
