"""From a product and what is asked to the terms that the kernel's engine takes; nothing is computed here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.kernel.calendar import Calendar
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.day_count import Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.rate import Rate, Timing
from chalicelib.kernel.rounding import Rounding
from chalicelib.kernel.schedule.errors import MixedCurrencies
from chalicelib.kernel.schedule.slots import AgeBand, Insured, Slot, SlotKind
from chalicelib.kernel.schedule.terms import (
    Draw,
    DueDates,
    Exceptional,
    Frequency,
    Grace,
    Growth,
    IrregularRow,
    LoanTerms,
    PeriodCount,
    RateStep,
    RoundingPolicy,
)
from chalicelib.modules.loans.domain.asked import Asked, InsuredAsked, TermsAsked
from chalicelib.modules.loans.errors import DrawsDoNotAddUp, InsuredMissing
from chalicelib.modules.loans.plans import (
    AmortisationPlan,
    GracePlan,
    InstalmentGrowth,
    InstalmentRounding,
    LifeTable,
    LoanPlan,
    LoanSlot,
    PaymentFrequency,
)


@dataclass(frozen=True, slots=True)
class SlotShare:
    """A slot with what it is a percentage of, resolved on the day of the loan."""

    slot: LoanSlot
    kind: SlotKind
    percent: Decimal | None = None
    table: LifeTable | None = None
    field: str = "product"


def base_terms(asked: Asked, frequency: PaymentFrequency, rate: Rate, disbursed_on: date) -> LoanTerms:
    """The terms that every simulation states itself: amounts, dates, frequency and rate. Raises DrawsDoNotAddUp."""
    return LoanTerms(
        currency=asked.principal.currency,
        draws=draws_of(asked, disbursed_on),
        rate=rate,
        instalments=asked.instalments,
        frequency=Frequency(frequency.unit, frequency.every),
        first_due=asked.first_due_on,
        exceptional=tuple(
            Exceptional(each.amount, each.number, each.on, each.mode) for each in asked.exceptional
        ),
    )


def draws_of(asked: Asked, disbursed_on: date) -> tuple[Draw, ...]:
    """The draws asked for, or the whole principal on the day. Raises MixedCurrencies, DrawsDoNotAddUp."""
    if not asked.draws:
        return (Draw(disbursed_on, asked.principal),)
    code = asked.principal.currency
    for position, draw in enumerate(asked.draws):
        if draw.amount.currency != code:
            raise MixedCurrencies(
                f"draws.{position}.amount", currency=draw.amount.currency, loan_currency=code
            )
    total = Money.total((draw.amount for draw in asked.draws), code)
    if total != asked.principal:
        raise DrawsDoNotAddUp("draws", total=total.text, principal=asked.principal.text, currency=code)
    return tuple(Draw(draw.on, draw.amount) for draw in asked.draws)


def with_plan(terms: LoanTerms, plan: LoanPlan, day_count: str, calendar: Calendar) -> LoanTerms:
    """The terms as a product sets them."""
    return replace(
        terms,
        timing=Timing(plan.interest_timing),
        day_count=day_count_named(day_count),
        accrual=plan.interest_method,
        compounding=plan.compounding,
        conversion=plan.conversion,
        level_basis=plan.level_basis,
        grace=_grace(plan.grace),
        due_dates=DueDates(calendar, plan.due_date_shift, plan.interest_moves),
    )


def with_amortisation(terms: LoanTerms, amortisation: AmortisationPlan) -> LoanTerms:
    """The terms with a way of paying back."""
    return replace(
        terms,
        formula=amortisation.formula,
        growth=_growth(amortisation.growth, terms.currency),
        capitalises=amortisation.capitalises,
        rounding=_rounding(amortisation.rounding),
    )


def with_own_terms(terms: LoanTerms, own: TermsAsked, later_rates: tuple[RateStep, ...]) -> LoanTerms:
    """The terms with those that staff set themselves."""
    given: dict[str, Any] = {"later_rates": later_rates} if later_rates else {}
    plain = {
        "formula": own.formula,
        "capitalises": own.capitalises,
        "accrual": own.interest_method,
        "compounding": own.compounding,
        "conversion": own.conversion,
        "level_basis": own.level_basis,
        "draw_value": own.draw_value,
        "principal_fixed": own.fixed_principal,
        "timing": own.interest_timing and Timing(own.interest_timing),
        "day_count": own.day_count and day_count_named(own.day_count),
        "grace": own.grace and _grace(own.grace),
        "growth": own.growth and _growth(own.growth, terms.currency),
        "rounding": own.rounding and _rounding(own.rounding),
    }
    given |= {name: value for name, value in plain.items() if value is not None}
    if own.formula is not None:
        given.setdefault("growth", None)
    if own.irregular:
        given["irregular"] = tuple(
            IrregularRow(row.due_on, row.principal, row.instalment) for row in own.irregular
        )
    return replace(terms, **given)


def slot_of(share: SlotShare, insured: tuple[InsuredAsked, ...], currency: str) -> Slot:
    """A slot as the engine takes it. Raises InsuredMissing, ExcessDecimals."""
    slot = share.slot
    if share.table is not None and not insured:
        raise InsuredMissing("insured", slot=slot.code)
    return Slot(
        code=slot.code,
        kind=share.kind,
        base=slot.base,
        amount=None if slot.amount is None else Money.of(slot.amount, currency),
        percent=share.percent,
        ages=tuple(AgeBand(band.age_from, band.age_to, band.rate) for band in share.table.bands)
        if share.table
        else (),
        insured=tuple(Insured(each.birth_date, each.share_percent, each.extra_points) for each in insured)
        if share.table
        else (),
        of=slot.of,
        accrues=None if slot.accrues is None else Convention(slot.accrues),
        included=slot.included_in_level,
        timing=slot.timing,
        first=slot.first_instalment,
        last=slot.last_instalment,
    )


def day_count_named(name: str) -> Convention | PeriodCount:
    """A day count by its name in a plan."""
    return PeriodCount(name) if name in PeriodCount._value2member_map_ else Convention(name)


def _grace(grace: GracePlan) -> Grace:
    return Grace(grace.principal, grace.interest_payment, grace.interest_charge, grace.deferred)


def _growth(growth: InstalmentGrowth | None, currency: str) -> Growth | None:
    if growth is None:
        return None
    amount = None if growth.amount is None else Money.of(growth.amount, currency)
    return Growth(growth.every_instalments, growth.percent, amount)


def _rounding(rounding: InstalmentRounding) -> RoundingPolicy:
    return RoundingPolicy(
        Rounding(rounding.mode, rounding.unit),
        Rounding(rounding.interest_mode),
        rounding.interest_by_segment,
        rounding.residue,
    )
