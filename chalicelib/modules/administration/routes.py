"""The routes of administration."""

from datetime import date

from chalicelib.modules.administration import permissions, repository
from chalicelib.modules.administration.schemas.cash import CashPositions, CashPositionView, CashQuery
from chalicelib.modules.administration.schemas.organisation import (
    BranchDay,
    BranchList,
    BranchView,
    CalendarList,
    CalendarView,
    CycleList,
    CycleView,
    DateList,
    DayView,
    NextQuery,
    OnQuery,
    OpenBranch,
    PeriodQuery,
)
from chalicelib.modules.administration.schemas.users import (
    ChangeUser,
    CreateUser,
    Reason,
    RoleList,
    RoleView,
    UserList,
    UsersQuery,
    UserView,
)
from chalicelib.modules.administration.schemas.vocabulary import (
    CodeTableList,
    CodeTableName,
    CodeTableView,
    CodeValueView,
    TableQuery,
    UserFieldList,
    UserFieldsQuery,
    UserFieldView,
)
from chalicelib.modules.administration.service import cash, organisation, users, vocabulary
from chalicelib.platform import today
from chalicelib.platform.http.routes import SIGNED_IN, Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("administration", approvable=True)


@routes.get("/users", permission=permissions.READ_USERS, query=UsersQuery, response=UserList)
def list_users(work: UnitOfWork, query: UsersQuery) -> UserList:
    """The staff of the caller's branches."""
    page = users.list_users(
        work,
        text=query.q,
        role=query.role,
        branch=query.branch,
        state=query.state,
        limit=query.limit,
        cursor=query.cursor,
    )
    return UserList(items=[UserView.of(work, person) for person in page.items], next_cursor=page.next_cursor)


@routes.post("/users", permission=permissions.MANAGE_USERS, request=CreateUser, response=UserView)
def create_user(work: UnitOfWork, body: CreateUser) -> UserView:
    """Enrol a member of staff; the temporary password goes to the person alone."""
    return UserView.of(work, users.create_user(work, body.draft()), must_change_password=True)


@routes.get("/users/{user_id}", permission=permissions.READ_USERS, response=UserView)
def read_user(work: UnitOfWork, user_id: str) -> UserView:
    """One member of staff."""
    person = repository.user(work, user_id)
    return UserView.of(work, person, users.must_change_password(work, person))


@routes.patch("/users/{user_id}", permission=permissions.MANAGE_USERS, request=ChangeUser, response=UserView)
def change_user(work: UnitOfWork, user_id: str, body: ChangeUser) -> UserView:
    """Change a member of staff; it holds from their next request on."""
    return UserView.of(work, users.change_user(work, user_id, body.changes()))


@routes.post(
    "/users/{user_id}/blocks", permission=permissions.MANAGE_USERS, request=Reason, response=UserView
)
def block_user(work: UnitOfWork, user_id: str, body: Reason) -> UserView:
    """Keep a person out; their sessions end."""
    return UserView.of(work, users.block_user(work, user_id, body.reason))


@routes.post(
    "/users/{user_id}/unblocks", permission=permissions.MANAGE_USERS, request=Reason, response=UserView
)
def unblock_user(work: UnitOfWork, user_id: str, body: Reason) -> UserView:
    """Let a blocked person in again."""
    return UserView.of(work, users.unblock_user(work, user_id, body.reason))


@routes.post(
    "/users/{user_id}/password-resets",
    permission=permissions.MANAGE_USERS,
    response=UserView,
    approvable=False,
)
def reset_password(work: UnitOfWork, user_id: str) -> UserView:
    """Send a person a new temporary password and end their sessions."""
    return UserView.of(work, users.reset_password(work, user_id), must_change_password=True)


@routes.get("/roles", permission=permissions.READ_USERS, response=RoleList)
def list_roles(work: UnitOfWork) -> RoleList:
    """Every role with what it permits."""
    language = work.context.language
    return RoleList(items=[RoleView.of(code, role, language) for code, role in users.roles(work)])


@routes.get("/branches", permission=SIGNED_IN, query=OnQuery, response=BranchList)
def list_branches(work: UnitOfWork, query: OnQuery) -> BranchList:
    """Every branch with its business date."""
    found = organisation.branches(work.config, _on(work, query))
    gates = repository.gates(work, [code for code, _ in found])
    return BranchList(items=[BranchView.of(code, branch, gates.get(code)) for code, branch in found])


@routes.get("/branches/{code}", permission=SIGNED_IN, query=OnQuery, response=BranchView)
def read_branch(work: UnitOfWork, code: str, query: OnQuery) -> BranchView:
    """One branch with its business date."""
    branch = organisation.branch(work.config, code, _on(work, query))
    return BranchView.of(code, branch, repository.gates(work, [code]).get(code))


@routes.post(
    "/branches/{code}/openings", permission=permissions.OPEN_BRANCH, request=OpenBranch, response=BranchDay
)
def open_branch(work: UnitOfWork, code: str, body: OpenBranch) -> BranchDay:
    """Give a new branch its first business date; it takes part in the end of day from then on."""
    gate = organisation.open_for_business(work, code, body.first_business_date)
    return BranchDay.model_validate(gate)


@routes.get("/calendars", permission=SIGNED_IN, query=OnQuery, response=CalendarList)
def list_calendars(work: UnitOfWork, query: OnQuery) -> CalendarList:
    """Every calendar."""
    found = work.config.all(organisation.CALENDAR, _on(work, query))
    return CalendarList(items=[CalendarView.of(code, plan, work.context.language) for code, plan in found])


@routes.get("/calendars/{code}/processing-days", permission=SIGNED_IN, query=PeriodQuery, response=DateList)
def list_processing_days(work: UnitOfWork, code: str, query: PeriodQuery) -> DateList:
    """The days of a period that a calendar processes."""
    organisation.check_period(query.from_date, query.to_date)
    calendar = organisation.calendar(work.config, code, today.business_day(work))
    days = calendar.business_days(query.from_date, query.to_date)
    return DateList(items=days, count=len(days))


@routes.get("/calendars/{code}/next", permission=SIGNED_IN, query=NextQuery, response=DayView)
def read_next_day(work: UnitOfWork, code: str, query: NextQuery) -> DayView:
    """The first day after a date that a calendar processes."""
    calendar = organisation.calendar(work.config, code, today.business_day(work))
    return DayView(date=calendar.next(query.after))


@routes.get("/cycles", permission=SIGNED_IN, query=OnQuery, response=CycleList)
def list_cycles(work: UnitOfWork, query: OnQuery) -> CycleList:
    """Every cycle."""
    found = work.config.all(organisation.CYCLE, _on(work, query))
    return CycleList(items=[CycleView.of(code, plan, work.context.language) for code, plan in found])


@routes.get("/cycles/{code}/dates", permission=SIGNED_IN, query=PeriodQuery, response=DateList)
def list_cycle_dates(work: UnitOfWork, code: str, query: PeriodQuery) -> DateList:
    """The dates of a cycle in a period, moved to days that are processed."""
    on = today.business_day(work)
    days = organisation.cycle_dates(
        work.config, code, query.from_date, query.to_date, on, branch_code=query.branch
    )
    return DateList(items=days, count=len(days))


@routes.get("/code-tables", permission=SIGNED_IN, query=OnQuery, response=CodeTableList)
def list_code_tables(work: UnitOfWork, query: OnQuery) -> CodeTableList:
    """Every code table."""
    found = vocabulary.code_tables(work.config, _on(work, query))
    language = work.context.language
    return CodeTableList(items=[CodeTableName.of(code, table, language) for code, table in found])


@routes.get("/code-tables/{table}", permission=SIGNED_IN, query=TableQuery, response=CodeTableView)
def read_code_table(work: UnitOfWork, table: str, query: TableQuery) -> CodeTableView:
    """The values of a code table that may be chosen."""
    on, language = _on(work, query), work.context.language
    found = vocabulary.code_table(work.config, table, on)
    values = [CodeValueView.of(value, on, language) for value in found.values]
    kept = [value for value in values if value.active or query.all]
    return CodeTableView(code=table, name=CodeTableName.of(table, found, language).name, items=kept)


@routes.get("/user-fields", permission=SIGNED_IN, query=UserFieldsQuery, response=UserFieldList)
def list_user_fields(work: UnitOfWork, query: UserFieldsQuery) -> UserFieldList:
    """The fields that the cooperative added to an entity."""
    context = work.context
    found = vocabulary.user_fields(work.config, query.entity, _on(work, query))
    return UserFieldList(
        items=[UserFieldView.of(field, context.language, context.actor.groups) for field in found]
    )


def _on(work: UnitOfWork, query: OnQuery) -> date:
    return query.on or today.business_day(work)


@routes.get(
    "/cash-positions", permission=permissions.READ_CASH_POSITIONS, query=CashQuery, response=CashPositions
)
def list_cash_positions(work: UnitOfWork, query: CashQuery) -> CashPositions:
    """The cash that the tellers of a branch hold."""
    branch = query.branch or work.context.actor.branch
    day, found = cash.positions(work, branch, query.on)
    return CashPositions(
        branch=branch, business_date=day, items=[CashPositionView.of(counted) for counted in found]
    )
