"""Notes that the cooperative prints on statements (DEP-100, DEP-101)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator

from chalicelib.kernel.names import LanguageTag, Names, name_in
from chalicelib.kernel.plan import Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_range

Section = Literal["header", "footer"]
NoteText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]


class StatementNote(Plan):
    """A note on the statements that end within its dates: of all branches, or of those it names.

    It is printed in each of its sections: `header` is above the lines, `footer` below them.
    """

    names: Names = term()
    texts: dict[LanguageTag, NoteText] = term(min_length=1)
    sections: tuple[Section, ...] = term(("footer",), min_length=1)
    branches: tuple[str, ...] = term((), ref="administration.branch")
    valid_from: date | None = term(None)
    valid_to: date | None = term(None)
    order: int = term(50, ge=0, le=999)

    @field_validator("sections")
    @classmethod
    def _each_section_once(cls, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        check_distinct(sections, "section_repeated")
        return sections

    @field_validator("valid_to")
    @classmethod
    def _dates_in_order(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        check_range(info.data.get("valid_from"), valid_to, "dates_out_of_order")
        return valid_to

    def holds(self, branch: str, on: date) -> bool:
        """Whether it is printed on a branch's statement that ends on a date."""
        begun = self.valid_from is None or self.valid_from <= on
        return (
            begun
            and (self.valid_to is None or on <= self.valid_to)
            and (not self.branches or branch in self.branches)
        )

    def text(self, language: str) -> str:
        """Its words in a language, else in Spanish, else in the first there is."""
        return name_in(self.texts, language)
