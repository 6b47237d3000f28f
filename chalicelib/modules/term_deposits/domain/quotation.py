"""The quotation of a term deposit: rows, totals, equivalent rates, yields, grace and early cancellation."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from chalicelib.kernel.calendar import Calendar, Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.measures import Flow, NoYield, effective_yield
from chalicelib.kernel.money import Money
from chalicelib.kernel.penalty import PenaltyRule, Withdrawal, penalty
from chalicelib.kernel.rate import Kind, Rate, Timing
from chalicelib.kernel.rounding import Rounding
from chalicelib.kernel.term_interest import Compounding, TermRate, days_a_year, simple
from chalicelib.kernel.term_schedule import (
    MONTH_DAYS,
    Bonus,
    PeriodUnit,
    TermDeposit,
    TermPayment,
    TermTotals,
    schedule,
    totals,
)
from chalicelib.kernel.withholding import Exemption, Withholding
from chalicelib.modules.term_deposits.domain.request import Accepted, Asked, accepted
from chalicelib.modules.term_deposits.plans import (
    CAPITALISING,
    PAID_IN_ADVANCE,
    PAYMENT_MONTHS,
    Payment,
    TermDepositPlan,
)


@dataclass(frozen=True, slots=True)
class Tax:
    """Withholding as it holds on the date: percentage, term from which deposits are exempt, and whether a figure is
    still to be confirmed.
    """

    percent: Decimal = Decimal(0)
    exempt_days: int | None = None
    to_be_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Grace:
    """Days after maturity in which nothing is lost, and what they earn at their own rate (TDP-36 to TDP-39)."""

    days: int
    until: date
    rate_percent: Decimal
    interest: Money


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What the holder receives who cancels before maturity (TDP-21, TDP-132)."""

    date: date
    elapsed_days: int
    interest: Money
    withheld: Money
    penalty: Money
    received: Money


@dataclass(frozen=True, slots=True)
class Quotation:
    """Everything that is answered. Rates and yields are annual percentages; yields are of the dated payments."""

    deposit: TermDeposit
    days: int
    payment: Payment
    nominal: Rate
    effective: Rate
    tax: Tax
    exemption: Exemption | None
    payments: tuple[TermPayment, ...]
    totals: TermTotals
    gross_yield: Decimal | NoYield
    net_yield: Decimal | NoYield
    grace: Grace | None
    cancellation: Cancellation | None


def quote(plan: TermDepositPlan, asked: Asked, tax: Tax, calendar: Calendar) -> Quotation:
    """The quotation of what is asked for. Raises what `accepted` raises, NoBusinessDay, RateOutOfRange."""
    taken = accepted(plan, asked)
    deposit = _deposit(plan, asked, taken, tax, calendar)
    rows = schedule(deposit)
    nominal, effective = _rates(plan, taken, deposit)
    whole = totals(rows)
    term_days = sum(row.days for row in rows)
    return Quotation(
        deposit=deposit,
        days=term_days,
        payment=taken.payment,
        nominal=nominal,
        effective=effective,
        tax=tax,
        exemption=deposit.withholding.exemption(whole.interest, term_days, deposit.term_days),
        payments=tuple(rows),
        totals=whole,
        gross_yield=effective_yield(_flows(deposit, rows, gross=True)),
        net_yield=effective_yield(_flows(deposit, rows, gross=False)),
        grace=_grace(plan, deposit, rows),
        cancellation=_cancellation(plan, deposit, asked),
    )


def _deposit(
    plan: TermDepositPlan, asked: Asked, taken: Accepted, tax: Tax, calendar: Calendar
) -> TermDeposit:
    cycle = plan.capitalisation if taken.payment in CAPITALISING else taken.payment
    compounding = Compounding.EFFECTIVE if plan.rate_kind == "effective" else Compounding(plan.compounding)
    threshold = plan.withholding.daily_threshold
    has_bonus = plan.bonus_rate is not None and plan.bonus_days is not None
    return TermDeposit(
        principal=asked.amount,
        opened_on=asked.opened_on,
        matures_on=taken.matures_on,
        rate=TermRate(taken.percent, plan.day_count, compounding),
        period_months=PAYMENT_MONTHS.get(cycle) if cycle is not None else None,
        period_unit=plan.period_unit,
        timing=Timing.ADVANCE if taken.payment in PAID_IN_ADVANCE else Timing.ARREARS,
        capitalised=taken.payment in CAPITALISING,
        withholding=Withholding(
            tax.percent,
            tax.exempt_days,
            None if threshold is None else Money.of(threshold, plan.currency).minor,
        ),
        rounding=Rounding(plan.interest_rounding),
        calendar=calendar,
        shift=plan.due_date_shift,
        accrue_on_roll=plan.accrue_on_roll,
        bonus=Bonus(plan.bonus_rate or Decimal(0), plan.bonus_days or 0) if has_bonus else None,
        reinvestment=plan.reinvest_advance,
    )


def _rates(plan: TermDepositPlan, taken: Accepted, deposit: TermDeposit) -> tuple[Rate, Rate]:
    """The agreed rate as a nominal one of the deposit's own periods, and as an effective one (formulas 4 and 5)."""
    periods = _periods_a_year(plan, deposit)
    if plan.rate_kind == "effective":
        effective = Rate.effective(taken.percent)
        return effective.equivalent(Kind.NOMINAL, periods, deposit.timing), effective
    nominal = Rate.nominal(taken.percent, periods, deposit.timing)
    return nominal, nominal.effective_annual()


def _periods_a_year(plan: TermDepositPlan, deposit: TermDeposit) -> Fraction:
    base = days_a_year(plan.day_count)
    if deposit.rate.compounding is Compounding.DAILY:
        return Fraction(base)
    if not deposit.period_months:
        return Fraction(base, max(deposit.rate.days(deposit.opened_on, deposit.matures_on), 1))
    if deposit.period_unit is PeriodUnit.THIRTY_DAYS:
        return Fraction(base, MONTH_DAYS * deposit.period_months)
    return Fraction(12, deposit.period_months)


def _flows(deposit: TermDeposit, rows: list[TermPayment], *, gross: bool) -> list[Flow]:
    """What the holder gives and receives; before tax, what is withheld is received too."""
    flows = [Flow(deposit.opened_on, -deposit.principal)]
    if gross and deposit.capitalised:
        untaxed = schedule(replace(deposit, withholding=Withholding()))
        return [*flows, *(Flow(row.date, row.paid) for row in untaxed)]
    for row in rows:
        flows.append(Flow(row.date, row.paid + row.withheld if gross else row.paid))
    return flows


def _grace(plan: TermDepositPlan, deposit: TermDeposit, rows: list[TermPayment]) -> Grace | None:
    if not plan.grace_days:
        return None
    base = days_a_year(plan.day_count)
    interest = simple(rows[-1].capital.minor, plan.maturity_rate, (plan.grace_days, base))
    until = deposit.paid_on + timedelta(days=plan.grace_days)
    return Grace(plan.grace_days, until, plan.maturity_rate, _rounded(interest, deposit))


def _cancellation(plan: TermDepositPlan, deposit: TermDeposit, asked: Asked) -> Cancellation | None:
    """As if the deposit had been agreed until that day, so that a long term's exemption is lost; then the penalty."""
    if asked.cancel_after_days is None:
        return None
    day = deposit.opened_on + timedelta(days=asked.cancel_after_days)
    earned = totals(schedule(replace(deposit, matures_on=day, timing=Timing.ARREARS, shift=Shift.NONE)))
    rule, elapsed = plan.early_cancellation, deposit.rate.days(deposit.opened_on, day)
    cost = penalty(
        PenaltyRule(
            rule.method,
            rule.value_after(elapsed),
            None if rule.minimum is None else Money.of(rule.minimum, plan.currency),
            None if rule.maximum is None else Money.of(rule.maximum, plan.currency),
            rule.free_percent,
            rule.may_touch_principal,
        ),
        Withdrawal(
            amount=deposit.principal,
            principal=deposit.principal,
            rate_percent=deposit.rate.percent,
            elapsed_days=elapsed,
            base=days_a_year(plan.day_count),
            accrued=earned.interest,
        ),
        deposit.rounding,
    )
    received = deposit.principal + earned.interest - earned.withheld - cost
    return Cancellation(day, elapsed, earned.interest, earned.withheld, cost, received)


def _rounded(minor: Fraction, deposit: TermDeposit) -> Money:
    code = deposit.principal.currency
    return Money(1, code).times(minor, deposit.rounding)
