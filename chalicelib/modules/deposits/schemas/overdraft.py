"""What the routes of overdrafts take and answer."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field, field_validator

from chalicelib.kernel.accrual import to_decimal
from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.limit import OverdraftLimit
from chalicelib.modules.deposits.domain.overdraft import INTEREST, Slice, Step, bucket_of
from chalicelib.modules.deposits.domain.overdraft_terms import steps_of_rates
from chalicelib.modules.deposits.domain.terms import MICRO
from chalicelib.modules.deposits.plans import COLLATERAL_TYPE, RateStep, check_steps
from chalicelib.modules.deposits.service import overdraft
from chalicelib.modules.deposits.service.enquiry import INTEREST_DECIMALS
from chalicelib.platform.http.payload import Amount, Payload, PositiveAmount, View
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.posting.service import Posted
from chalicelib.platform.work import UnitOfWork

MOST_STEPS = 10


class SetOverdraftLimit(Payload):
    """A limit of the account's own: how much, at which rates by days overdrawn, on which days (both included)."""

    amount: PositiveAmount
    rate_steps: list[RateStep] = Field(min_length=1, max_length=MOST_STEPS)
    valid_from: date
    valid_until: date
    reason: str = Field(min_length=3, max_length=200)
    collateral_type: str = Field("", pattern=COLLATERAL_TYPE)
    collateral_ref: str = Field("", max_length=60)

    @field_validator("rate_steps")
    @classmethod
    def _last_step_is_open(cls, steps: list[RateStep]) -> list[RateStep]:
        return list(check_steps(tuple(steps)))

    def asked(self, account_id: str) -> overdraft.LimitAsked:
        """The limit as the service takes it."""
        steps = steps_of_rates(tuple(self.rate_steps))
        return overdraft.LimitAsked(
            account_id,
            self.amount,
            steps,
            self.valid_from,
            self.valid_until,
            self.reason,
            self.collateral_type,
            self.collateral_ref,
        )


class RateStepView(View):
    """A rate for so many consecutive days overdrawn; without days: for all that follow."""

    days: int | None = None
    rate: Decimal


class OverdraftLimitView(View):
    """A limit of an account's own."""

    id: str
    account_id: str
    kind: str
    amount: Amount
    rate_steps: list[RateStepView]
    valid_from: date
    valid_until: date
    state: str
    reason: str
    set_by: str
    set_at: datetime
    approved_by: str = ""
    collateral_type: str = ""
    collateral_ref: str = ""
    ended_by: str = ""
    end_reason: str = ""

    @staticmethod
    def of(limit: OverdraftLimit) -> "OverdraftLimitView":
        """The view of a limit."""
        return OverdraftLimitView(
            id=limit.id,
            account_id=limit.account_id,
            kind=limit.kind,
            amount=limit.money,
            rate_steps=[_step(step) for step in limit.steps],
            valid_from=limit.valid_from,
            valid_until=limit.valid_until,
            state=limit.state.value,
            reason=limit.reason,
            set_by=limit.set_by,
            set_at=limit.set_at,
            approved_by=limit.approved_by,
            collateral_type=limit.collateral_type,
            collateral_ref=limit.collateral_ref,
            ended_by=limit.ended_by,
            end_reason=limit.end_reason,
        )


class OverdraftSliceView(View):
    """A layer of the overdraft: the account's own limit, its group's, or the excess; the rate is today's."""

    source: str
    code: str
    limit: Amount
    used: Amount
    free: Amount
    rate: Decimal


class OverdraftView(View):
    """What an account may owe and does: limits in force with their use, since when, and interest not yet collected.

    ``float_limit`` is the most of its uncleared funds that the account may draw on.
    ``days`` counts today where the account is overdrawn now; ``bucket`` is the ageing bucket of that day. From
    ``suspended_on`` on, interest is kept off the balance sheet until the overdraft is covered.
    """

    limit: Amount
    float_limit: Amount
    float_group: str
    spendable: Amount
    overdrawn: Amount
    excess: Amount
    since: date | None = None
    days: int = 0
    bucket: int | None = None
    suspended_on: date | None = None
    accrued_interest: Decimal
    slices: list[OverdraftSliceView]


class OverdraftLimitList(View):
    """The limits an account has, or had, and the overdraft as it stands."""

    items: list[OverdraftLimitView]
    overdraft: OverdraftView


class WriteOffView(View):
    """The entry that wrote an overdraft off: what was charged to the allowance, and the interest in it."""

    id: str
    entry_id: str
    business_date: date
    amount: Amount
    interest: Amount

    @staticmethod
    def of(posted: Posted) -> "WriteOffView":
        """The view of a write-off."""
        entry = posted.entry
        mine = [leg for leg in entry.legs if leg.account_id]
        amount = sum((leg.money for leg in mine if leg.side is Side.CREDIT), start=_nothing(mine))
        interest = sum((leg.money for leg in mine if leg.component == INTEREST), start=_nothing(mine))
        return WriteOffView(
            id=entry.id,
            entry_id=entry.id,
            business_date=entry.business_date,
            amount=amount,
            interest=interest,
        )


def _nothing(legs: list[Leg]) -> Money:
    return Money.zero(legs[0].money.currency)


def overdraft_view(work: UnitOfWork, account: DemandAccount) -> OverdraftView:
    """The overdraft of an account at this moment."""
    position, units = overdraft.overdraft(work, account)
    ages = overdraft.bucket_limits(work, business_date(work, account.branch))
    excess = sum(part.used_minor for part in position.slices if part.source == "excess")
    return OverdraftView(
        limit=position.limit,
        float_limit=position.float_limit,
        float_group=position.float_group,
        spendable=position.spendable,
        overdrawn=position.overdrawn,
        excess=Money(excess, account.currency),
        since=position.since,
        days=position.days,
        suspended_on=account.suspended_on,
        bucket=bucket_of(position.days, ages) if position.days else None,
        accrued_interest=to_decimal(max(0, units), account.currency, INTEREST_DECIMALS),
        slices=[_slice(part, account.currency) for part in position.slices],
    )


def _slice(part: Slice, currency: str) -> OverdraftSliceView:
    return OverdraftSliceView(
        source=part.source,
        code=part.code,
        limit=Money(part.limit_minor, currency),
        used=Money(part.used_minor, currency),
        free=Money(max(0, part.limit_minor - part.used_minor), currency),
        rate=_percent(part.rate_micro),
    )


def _step(step: Step) -> RateStepView:
    return RateStepView(days=step.days or None, rate=_percent(step.rate_micro))


def _percent(rate_micro: int) -> Decimal:
    return Decimal(rate_micro) / MICRO
