"""Opening an account and changing its own terms."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from chalicelib.kernel.account_number import InvalidAccountNumber, Scheme, compose, is_checked, verify
from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.deposits import events, repository
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount, settled
from chalicelib.modules.deposits.domain.status import allowed, status_of, steps_of
from chalicelib.modules.deposits.domain.terms import PLAN, check_overrides, effective_plan, terms_of
from chalicelib.modules.deposits.errors import (
    HolderNotAllowed,
    NumberTaken,
    PlanNotOffered,
    StatusForbids,
)
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan, StatusCode
from chalicelib.modules.deposits.service import payouts, trail
from chalicelib.modules.deposits.tables import ACCOUNTS, PREFIX
from chalicelib.modules.parties import public as parties
from chalicelib.platform.access.errors import OutsideBranchScope
from chalicelib.platform.context import ActorKind
from chalicelib.platform.events import emit
from chalicelib.platform.http.pipeline import InvalidRequest
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.parameters.kinds import references
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.problems import field_problems
from chalicelib.platform.work import UnitOfWork

NUMBERS = Scheme(product_digits=3)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked for: whose, where, which plan, and the terms it has of its own."""

    party_id: str
    branch: str
    plan: str
    number: str = ""
    overrides: dict[str, Any] | None = None
    interest_account: str = ""
    interest_payee: str = ""


def open_account(work: UnitOfWork, asked: Opening) -> DemandAccount:
    """Open an account on the branch's business date.

    Raises UnknownParameter, PlanNotOffered, HolderNotAllowed, NotOverridable, NumberTaken, UnknownBranch.
    """
    actor = work.context.actor
    if actor.kind is ActorKind.STAFF and not actor.sees_branch(asked.branch):
        raise OutsideBranchScope("branch")
    today = business_date(work, asked.branch)
    plan: DepositPlan = work.config.get(PLAN, asked.plan, today, field="plan")
    _check_offered(plan, today)
    _check_holder(work, asked.party_id, plan, today)
    given = {name: value for name, value in (asked.overrides or {}).items() if value is not None}
    overrides = _valid_overrides(work, plan, given, today)
    shard, number = _number(work, asked, plan, today)
    account = DemandAccount(
        id=new_id(PREFIX),
        number=number,
        party_id=asked.party_id,
        branch=asked.branch,
        shard=shard,
        plan=asked.plan,
        product=plan.accounting_code,
        currency=plan.currency,
        **_first_status(work, plan, today),
        opened_on=today,
        ledger_date=today,
        accrued_through=today - timedelta(days=1),
        last_member_movement=today,
        overrides=overrides,
        overrides_since=today if overrides else None,
        earlier_overrides=overrides,
    )
    repository.add(work, account)
    method = effective_plan(plan, overrides).interest_payment_method
    payouts.direct(work, account, method, asked.interest_account, asked.interest_payee)
    emit(
        work,
        events.ACCOUNT_OPENED,
        {"account_id": account.id, "party_id": account.party_id, "plan": account.plan},
    )
    return account


def change_terms(work: UnitOfWork, account_id: str, overrides: dict[str, Any]) -> DemandAccount:
    """Give an account its own value of terms that its plan lets it change, from today on; None goes back to the plan's.

    What was earned before today stays as it was: the account is settled first, and the day that may still be closing
    goes by the earlier terms.
    """
    before = account = repository.account(work, account_id)
    work.expect(account)
    today = business_date(work, account.branch)
    if not allowed(work.config, account.status, today).maintenance:
        raise StatusForbids("account_id", status=account.status)
    plan: DepositPlan = work.config.standing(PLAN, account.plan, today)
    merged = {**account.overrides, **overrides}
    kept = {name: value for name, value in merged.items() if value is not None}
    kept = _valid_overrides(work, plan, kept, today)
    account = settled(account, today, steps_of(work.config, account, today))
    earlier = account.earlier_overrides if account.overrides_since == today else account.overrides
    if effective_plan(plan, kept).interest_payment_method == "account":
        payouts.check_destination(work, account)
    after = replace(account, overrides=kept, overrides_since=today, earlier_overrides=earlier)
    return trail.note(work, before, work.put(ACCOUNTS, after))


def direct_interest(
    work: UnitOfWork, account_id: str, method: str, number: str = "", payee: str = ""
) -> DemandAccount:
    """Let an account's interest go into itself, into the account with a number, or to a payee by cheque, from now on.

    Raises NotOverridable where the plan keeps the method for itself, and as ``payouts.direct``.
    """
    account = repository.account(work, account_id)
    today = business_date(work, account.branch)
    payouts.direct(work, account, method, number, payee)
    terms = terms_of(work.config, account.plan, account.overrides, today)
    if terms.interest_payment_method == method:
        return account
    return change_terms(work, account_id, {"interest_payment_method": method})


def _check_offered(plan: DepositPlan, today: date) -> None:
    if (plan.offered_from and today < plan.offered_from) or (
        plan.offered_until and today > plan.offered_until
    ):
        raise PlanNotOffered("plan")


def _check_holder(work: UnitOfWork, party_id: str, plan: DepositPlan, today: date) -> None:
    holder = parties.holder(work, party_id, today)
    if holder.blocked:
        raise HolderNotAllowed("party_id", reason=holder.party_type)
    if holder.kind not in plan.party_kinds or (
        plan.party_types and holder.party_type not in plan.party_types
    ):
        raise PlanNotOffered("plan")
    too_young = plan.minimum_age is not None and holder.age is not None and holder.age < plan.minimum_age
    too_old = plan.maximum_age is not None and holder.age is not None and holder.age > plan.maximum_age
    if too_young or too_old:
        raise PlanNotOffered("plan", age=holder.age)


def _number(work: UnitOfWork, asked: Opening, plan: DepositPlan, today: date) -> tuple[int, str]:
    """(shard, account number): the next one of the branch, or the one that was asked for."""
    if asked.number:
        _check_chosen(work, asked.number, today)
    while True:
        shard, sequence = repository.next_place(work, asked.branch)
        number = asked.number or compose(int(asked.branch), plan.product_number, sequence, NUMBERS)
        if asked.number or not repository.number_taken(work, number):
            return shard, number


def _check_chosen(work: UnitOfWork, number: str, today: date) -> None:
    """A chosen number never has the shape of those that the bank gives, so that no digit typed wrong turns one into the
    other; it has a check digit of its own unless the tenant keeps numbers of an earlier core.
    """
    if repository.number_taken(work, number) or verify(number, NUMBERS):
        raise NumberTaken("number")
    control: DepositControl = work.config.main("deposits.control", today)
    if len(number) == NUMBERS.length or not (control.unchecked_numbers or is_checked(number)):
        raise InvalidAccountNumber("number", number=number)


def _valid_overrides(
    work: UnitOfWork, plan: DepositPlan, overrides: dict[str, Any], today: date
) -> dict[str, Any]:
    check_overrides(plan, overrides)
    try:
        effective_plan(plan, overrides)
    except ValidationError as error:
        problems = field_problems(error)
        raise InvalidRequest(
            [replace(problem, field=f"overrides.{problem.field}") for problem in problems]
        ) from None
    for field, kind, code in references(DepositPlan, overrides):
        work.config.get(kind, code, today, field=f"overrides.{field}")
    return overrides


def _first_status(work: UnitOfWork, plan: DepositPlan, today: date) -> dict[str, Any]:
    control: DepositControl = work.config.main("deposits.control", today)
    code = plan.initial_status or control.initial_status
    status: StatusCode | None = work.config.find("deposits.status_code", code, today) if code else None
    if code and status:
        return {"state": AccountState(status.base_class), "status": code}
    return {"state": AccountState.ACTIVE, "status": status_of(work.config, AccountState.ACTIVE, today)}
