"""What a close must know of plans and cycles, looked up once per plan and not once per account."""

from datetime import date, timedelta
from itertools import takewhile

from chalicelib.kernel.accrual import DailySteps
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits.closing.charges import FeeCalendar
from chalicelib.modules.deposits.closing.cheques import stops_end
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.modules.deposits.domain.overdrawn import Cycle
from chalicelib.modules.deposits.domain.status import STATUS, allowed, steps_of
from chalicelib.modules.deposits.domain.terms import PLAN, effective_plan, own_terms
from chalicelib.modules.deposits.plans import DepositControl, DepositPlan, SuspensionRule
from chalicelib.platform.closing.applications import ClosingDay
from chalicelib.platform.parameters.snapshot import Snapshot


def cycle_in(
    config: Snapshot, cycle: str | None, branch: str, business_date: date, covered_until: date
) -> Cycle | None:
    """The cycle of overdraft interest that ends within the days of a close, if one does."""
    if not cycle:
        return None
    dates = administration.cycle_of(config, cycle, business_date)
    calendar = administration.calendar_of(config, branch, business_date)
    ends = takewhile(lambda end: end <= covered_until, dates.nominal_from(business_date, calendar))
    end = max(ends, default=None)
    return Cycle(end, business_date) if end else None


class Almanac:
    """What a close must know of plans and cycles, looked up once per plan and not once per account."""

    def __init__(self, config: Snapshot, day: ClosingDay) -> None:
        self.config, self.day = config, day
        self._steps: dict[tuple[str, str], DailySteps] = {}
        self._plans: dict[tuple[str, str, str], tuple[DepositPlan, date | None]] = {}
        self._overdraft_cycles: dict[tuple[str | None, str], Cycle | None] = {}
        self._statements: dict[tuple[str, str, str], tuple[date, date] | None] = {}
        control: DepositControl = config.main("deposits.control", day.business_date)
        self.control = control
        rules: list[tuple[str, SuspensionRule]] = list(
            config.all("deposits.suspension_rule", day.business_date)
        )
        self.suspension_rules = [rule for _, rule in sorted(rules, key=lambda row: (row[1].priority, row[0]))]
        self.fees = FeeCalendar(config, day)
        self._asleep = self._stages(control)

    def plan(self, account: DemandAccount) -> tuple[DepositPlan, date | None]:
        """(the account's terms, the end of its interest cycle if that falls into the days of this close)."""
        key = (account.plan, own_terms(account.overrides), account.branch)
        if key not in self._plans:
            base: DepositPlan = self.config.standing(PLAN, account.plan, self.day.business_date)
            terms = effective_plan(base, account.overrides)
            self._plans[key] = terms, self._cycle_end(terms, account.branch)
        return self._plans[key]

    def statement(self, account: DemandAccount) -> tuple[date, date] | None:
        """The days of the account's statement, both included, if their cycle ends in the days of this close."""
        key = (account.plan, own_terms(account.overrides), account.branch)
        if key not in self._statements:
            self._statements[key] = self._statement_days(self.plan(account)[0], account.branch)
        days = self._statements[key]
        if days is None or account.opened_on > days[1]:
            return None
        return max(days[0], account.opened_on), days[1]

    def steps(self, account: DemandAccount) -> DailySteps:
        """What the account's balance earns, by its terms and status."""
        if account.overrides_since:
            return steps_of(self.config, account, self.day.business_date)
        key = (account.plan, account.status)
        if key not in self._steps:
            self._steps[key] = steps_of(self.config, account, self.day.business_date)
        return self._steps[key]

    def something_happens(self, account: DemandAccount) -> bool:
        """Whether this close writes the account."""
        if account.held_minor or account.debits_stopped or account.credits_stopped:
            return True
        if self.pays_interest(account) is not None or self.falls_asleep(account):
            return True
        if stops_end(self.day, account):
            return True
        return self.fees.owes(account, self.plan(account)[0])

    def pays_interest(self, account: DemandAccount) -> date | None:
        """The end of the interest cycle that this close pays, or None."""
        _, cycle_end = self.plan(account)
        if cycle_end is None or (account.interest_paid_through or date.min) >= cycle_end:
            return None
        return (
            cycle_end if allowed(self.config, account.status, self.day.business_date).pay_interest else None
        )

    def overdraft_cycle(self, account: DemandAccount) -> Cycle | None:
        """The cycle of overdraft interest that this close charges, or None."""
        terms, _ = self.plan(account)
        key = (terms.od_interest_cycle, account.branch)
        if key not in self._overdraft_cycles:
            day = self.day
            self._overdraft_cycles[key] = cycle_in(self.config, *key, day.business_date, day.covered_until)
        return self._overdraft_cycles[key]

    def falls_asleep(self, account: DemandAccount) -> AccountState | None:
        """What an account becomes whose holder has moved nothing for as long as the control record says, or None."""
        moved = account.last_member_movement
        if moved is None or account.state not in (AccountState.ACTIVE, AccountState.INACTIVE):
            return None
        stage = next((state for before, state in self._asleep if moved < before), account.state)
        return None if stage is account.state else stage

    def _stages(self, control: DepositControl) -> list[tuple[date, AccountState]]:
        """(the day before which the holder's last movement lies, what the account becomes), the longest sleep first.

        An account becomes dormant only where the tenant has a status for it, which says what it still lets happen.
        """
        today = self.day.business_date
        stages = [(today - timedelta(days=control.inactivity_days), AccountState.INACTIVE)]
        statuses = [status.base_class for _, status in self.config.all(STATUS, today)]
        if AccountState.DORMANT.value in statuses:
            stages.insert(0, (today - timedelta(days=control.dormancy_days), AccountState.DORMANT))
        return stages

    def _cycle_end(self, terms: DepositPlan, branch: str) -> date | None:
        if not terms.interest_cycle or not terms.pays_interest:
            return None
        cycle = administration.cycle_of(self.config, terms.interest_cycle, self.day.business_date)
        calendar = administration.calendar_of(self.config, branch, self.day.business_date)
        ends = takewhile(
            lambda end: end <= self.day.covered_until, cycle.nominal_from(self.day.business_date, calendar)
        )
        return max(ends, default=None)

    def _statement_days(self, terms: DepositPlan, branch: str) -> tuple[date, date] | None:
        if not terms.statement_cycle:
            return None
        cycle = administration.cycle_of(self.config, terms.statement_cycle, self.day.business_date)
        calendar = administration.calendar_of(self.config, branch, self.day.business_date)
        ends = cycle.due_in(self.day.business_date, self.day.covered_until, calendar)
        if not ends:
            return None
        before = cycle.nominal_before(ends[0], calendar)
        return (before + timedelta(days=1) if before else date.min), ends[-1]
