"""The chart in bulk on the wire."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.kernel.plan import Amount
from chalicelib.modules.accounting.domain.chart_file import RowProblem
from chalicelib.modules.accounting.plans import AccountClass
from chalicelib.modules.accounting.schemas.fields import AccountCode, BranchCode
from chalicelib.modules.accounting.service.chart_changes import Changed, Imported, Wanted
from chalicelib.platform.http.payload import Payload, View

MOST_SHOWN = 500


class ImportAccounts(Payload):
    """A CSV file of accounts, and from which date they hold (today's business date if blank)."""

    csv: str = Field(min_length=1, max_length=300_000)
    effective_from: date | None = None


class RowProblemView(View):
    """What is wrong with a line of the file, as a spreadsheet counts lines."""

    row: int
    code: str
    field: str
    problem: str
    message: str


class AccountImportView(View):
    """What a file does: accounts created, those that were there as written, and the lines that are refused."""

    created: int
    unchanged: int
    refused: int
    errors: list[RowProblemView]

    @classmethod
    def of(cls, found: Imported, messages: list[str]) -> "AccountImportView":
        return cls(
            created=found.created,
            unchanged=len(found.changes) - found.created,
            refused=len({problem.row for problem in found.problems}),
            errors=[
                _problem(problem, message) for problem, message in zip(found.problems, messages, strict=True)
            ],
        )


class AttributeChanges(Payload):
    """The attributes that change; null takes a limit away, what is not sent stays."""

    minimum_balance: Amount | None = None
    maximum_balance: Amount | None = None
    minimum_transaction: Amount | None = None
    maximum_transaction: Amount | None = None
    confidentiality_level: Annotated[int, Field(ge=0, le=99)] = 0
    third_party_type: Literal["none", "exempt", "taxed"] = "none"
    product: Annotated[str, Field(max_length=30)] = ""
    active: bool = True


class ChangeAccounts(Payload):
    """Which accounts, for which branches (the institution if none), from when, and what changes."""

    parent: AccountCode | None = None
    account_class: AccountClass | None = None
    level: int | None = Field(None, ge=1, le=9)
    product: str = Field("", max_length=30)
    codes: tuple[AccountCode, ...] = Field((), max_length=500)
    postable: bool = False
    branches: tuple[BranchCode, ...] = Field((), max_length=200)
    effective_from: date | None = None
    attributes: AttributeChanges

    def wanted(self) -> Wanted:
        return Wanted(
            self.attributes.model_dump(mode="json", exclude_unset=True),
            self.parent or "",
            self.account_class or "",
            self.level,
            self.product,
            self.postable,
            self.branches,
            self.effective_from,
            self.codes,
        )


class ChangedAccount(View):
    """What changes of an account, of the institution or of a branch."""

    code: str
    branch: str
    effective_from: date
    version_id: str
    changes: list[dict[str, Any]]

    @classmethod
    def of(cls, found: Changed) -> "ChangedAccount":
        change = found.change
        scope = change.written.scope
        return cls(
            code=change.written.code,
            branch=scope.partition(":")[2],
            effective_from=change.effective_from,
            version_id=change.version_id,
            changes=[{"field": row.field, "before": row.before, "after": row.after} for row in found.rows],
        )


class AccountChangesView(View):
    """How many accounts change, and the first MOST_SHOWN of them."""

    accounts: int
    items: list[ChangedAccount]

    @classmethod
    def of(cls, changes: list[Changed]) -> "AccountChangesView":
        return cls(
            accounts=len(changes), items=[ChangedAccount.of(change) for change in changes[:MOST_SHOWN]]
        )


def _problem(problem: RowProblem, message: str) -> RowProblemView:
    return RowProblemView(
        row=problem.row, code=problem.code, field=problem.field, problem=problem.problem, message=message
    )
