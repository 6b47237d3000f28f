"""Simulations, products and index rates as the bank answers them, in the caller's language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from chalicelib.kernel.day_count import DAY_COUNTS, Convention
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule.events import Component
from chalicelib.kernel.schedule.life import Movement
from chalicelib.kernel.schedule.rows import Row
from chalicelib.kernel.schedule.slots import SlotKind
from chalicelib.modules.loans.domain.offer import instalments_between
from chalicelib.modules.loans.domain.pricing import shown
from chalicelib.modules.loans.plans import IndexRate, LoanPlan, LoanSlot
from chalicelib.modules.loans.schemas.answered import (
    IndexRateView,
    IndexSeriesView,
    IndexValueView,
    LoanCostView,
    LoanCourseView,
    LoanFormulaView,
    LoanFrequencyView,
    LoanMethodView,
    LoanMovementView,
    LoanNoticeView,
    LoanOptionView,
    LoanPlanView,
    LoanProductView,
    LoanRateView,
    LoanRequirementView,
    LoanRowView,
    LoanSimulationView,
    LoanSlotAmountView,
    LoanTierView,
    LoanTotalsView,
    LoanWithheldView,
)
from chalicelib.modules.loans.service import words
from chalicelib.modules.loans.service.notices import Notice
from chalicelib.modules.loans.service.products import Product
from chalicelib.modules.loans.service.simulation import Simulation
from chalicelib.platform.work import UnitOfWork


def simulation_view(work: UnitOfWork, found: Simulation) -> LoanSimulationView:
    """The view of a simulation."""
    made, language = found.schedule, work.context.language
    money, rows = made.money, made.rows
    return LoanSimulationView(
        product=found.asked.product,
        product_name=name_in(found.plan.names, language) if found.plan else "",
        method=found.method,
        method_name=name_in(found.amortisation.names, language) if found.amortisation else "",
        currency=made.currency,
        principal=money(made.principal_minor),
        disbursed_on=found.terms.disbursed_on,
        first_due_on=rows[0].due,
        last_due_on=rows[-1].due,
        instalments=len(rows),
        frequency=words.frequency(work, found.frequency),
        first_instalment=money(rows[0].instalment_minor),
        regular_instalment=money(made.level_minor),
        last_instalment=money(rows[-1].instalment_minor),
        rate=_rate_view(found),
        total_cost=LoanCostView(
            per_period=None if found.cost.per_period is None else shown(found.cost.per_period),
            annual=None if found.cost.annual is None else shown(found.cost.annual),
            by_dates=found.cost.by_dates,
            reason=found.cost.reason.value if found.cost.reason else None,
        ),
        formula=_formula_view(work, found),
        totals=_totals_view(found),
        disbursement=_withheld_view(work, found),
        overridden=list(found.overridden),
        notices=[_notice_view(notice) for notice in found.notices],
        rows=[_row_view(work, found, row) for row in found.rows],
        course=_course_view(found) if found.course else None,
    )


def plan_view(work: UnitOfWork, found: Product, on: date) -> LoanPlanView:
    """The view of a product for staff."""
    body = found.plan.to_body()
    terms = {name: body[name] for name in found.plan.fields_overridable()}
    return LoanPlanView(**dict(product_view(work, found, on)), terms=terms)


def product_view(work: UnitOfWork, found: Product, on: date) -> LoanProductView:
    """The view of a product on a day."""
    plan, language = found.plan, work.context.language
    money = Money.of
    return LoanProductView(
        code=found.code,
        name=name_in(plan.names, language),
        description=name_in(plan.descriptions, language),
        requirements=[
            LoanRequirementView(
                from_amount=money(each.from_amount, plan.currency), text=name_in(each.texts, language)
            )
            for each in plan.requirements
        ],
        loan_type=plan.loan_type,
        currency=plan.currency,
        amount_min=money(plan.amount_min, plan.currency),
        amount_max=money(plan.amount_max, plan.currency),
        term_unit=plan.term_unit,
        term_min=plan.term_min,
        term_max=plan.term_max,
        frequencies=list(_frequencies(work, plan, on)),
        methods=list(_methods(work, found)),
        rate_kind=plan.rate_kind,
        nominal=shown(found.tiers[0][1].percent),
        effective=_effective(found.tiers[0][1]),
        quoted=plan.quoted.kind,
        periods_per_year=plan.quoted.periods_per_year,
        timing=plan.quoted.timing,
        tiers=list(_tiers(found)),
        options=[
            *(_option_view(work, slot, SlotKind.INSURANCE) for slot in plan.insurances),
            *(_option_view(work, slot, SlotKind.CHARGE) for slot in plan.charges),
        ],
        first_due_days_max=plan.first_due_days_max,
        published=plan.is_offered(on),
        notices=[_notice_view(notice) for notice in found.notices],
    )


def index_rate_view(work: UnitOfWork, code: str, rate: IndexRate, on: date) -> IndexRateView:
    """The view of an index rate on a day."""
    return IndexRateView(**_index(work, code, rate, on))


def index_series_view(work: UnitOfWork, code: str, rate: IndexRate, on: date) -> IndexSeriesView:
    """The view of an index rate with all its values."""
    values = [_value(rate, published.valid_from, published.percent) for published in rate.history]
    return IndexSeriesView(**_index(work, code, rate, on), values=values)


def _index(work: UnitOfWork, code: str, rate: IndexRate, on: date) -> dict:
    past = [published for published in rate.history if published.valid_from <= on]
    return {
        "code": code,
        "name": name_in(rate.names, work.context.language),
        "publisher": rate.publisher,
        "kind": rate.quoted.kind,
        "periods_per_year": rate.quoted.periods_per_year,
        "timing": rate.quoted.timing,
        "on": on,
        "current": _value(rate, past[-1].valid_from, past[-1].percent) if past else None,
    }


def _value(rate: IndexRate, valid_from: date, percent: Decimal) -> IndexValueView:
    quoted = rate.quoted.rate(percent)
    return IndexValueView(valid_from=valid_from, percent=percent, effective=_effective(quoted))


def _effective(rate: Rate) -> Decimal:
    return shown(rate.effective_annual().percent)


def _rate_view(found: Simulation) -> LoanRateView:
    nominal, index = found.schedule.nominal, found.priced.index
    return LoanRateView(
        kind="index" if index else "fixed",
        quoted=shown(found.priced.rate.percent),
        nominal=shown(nominal.percent),
        periods_per_year=str(nominal.periods_per_year),
        timing=nominal.timing.value,
        per_period=shown(nominal.per_period * 100),
        effective=_effective(nominal),
        index=index.code if index else None,
        index_percent=shown(index.rate.percent) if index else None,
        spread_points=found.priced.spread_points if index else None,
        limited=found.priced.limited.value if found.priced.limited else None,
        ceiling=found.ceiling.percent if found.ceiling else None,
        ceiling_since=found.ceiling.since if found.ceiling else None,
    )


def _formula_view(work: UnitOfWork, found: Simulation) -> LoanFormulaView:
    code, count = found.schedule.formula.id, str(found.terms.day_count.value)
    return LoanFormulaView(
        id=code,
        name=words.formula(work, code),
        words=words.formula_words(work, found.terms),
        day_count=count,
        day_count_words=words.day_count(work, count),
    )


def _totals_view(found: Simulation) -> LoanTotalsView:
    money, totals = found.schedule.money, found.schedule.totals
    return LoanTotalsView(
        principal=money(totals.principal_minor),
        interest=money(totals.interest_minor),
        charges=money(totals.charges_minor),
        insurance=money(totals.insurance_minor),
        paid=money(totals.paid_minor),
        cost=money(totals.paid_minor - totals.principal_minor),
    )


def _withheld_view(work: UnitOfWork, found: Simulation) -> LoanWithheldView:
    made = found.schedule
    money, withheld = made.money, made.withheld
    return LoanWithheldView(
        drawn=money(made.draws[0].minor),
        interest=money(withheld.interest_minor),
        charges=money(withheld.charges_minor),
        insurance=money(withheld.insurance_minor),
        net=money(made.net_minor),
        items=_slot_views(work, found, withheld.slots),
    )


def _row_view(work: UnitOfWork, found: Simulation, row: Row) -> LoanRowView:
    money, count = found.schedule.money, found.terms.day_count
    return LoanRowView(
        number=row.number,
        starts_on=row.starts,
        due_on=row.due,
        days=row.days,
        counted_days=DAY_COUNTS[count].days(row.starts, row.due) if isinstance(count, Convention) else None,
        principal=money(row.principal_minor),
        interest=money(row.interest_minor),
        charges=money(row.charges_minor),
        insurance=money(row.insurance_minor),
        instalment=money(row.instalment_minor),
        balance=money(row.balance_minor),
        drawn=money(row.drawn_minor) if row.drawn_minor else None,
        slots=_slot_views(work, found, row.slots),
    )


def _course_view(found: Simulation) -> LoanCourseView | None:
    if found.course is None:
        return None
    money, life = found.schedule.money, found.course.life
    interest = life.interest_minor + found.schedule.withheld.interest_minor
    return LoanCourseView(
        movements=[
            _movement_view(found, event.kind, movement)
            for event, movement in zip(found.asked.events, found.course.movements, strict=True)
        ],
        interest=money(interest),
        saved=money(found.schedule.totals.interest_minor - interest),
        last_due_on=life.rows[-1].due,
        instalments=len(life.rows),
    )


def _movement_view(found: Simulation, kind: str, movement: Movement) -> LoanMovementView:
    money, parts = found.schedule.money, movement.parts
    return LoanMovementView(
        kind=kind,
        on=movement.on,
        paid=money(movement.paid_minor),
        principal=money(parts[Component.PRINCIPAL]),
        interest=money(parts[Component.INTEREST]),
        charges=money(parts[Component.CHARGES]),
        insurance=money(parts[Component.INSURANCE]),
        prepaid=money(movement.prepaid_minor),
        held=money(movement.held_minor),
        balance=money(movement.balance_minor),
    )


def _slot_views(work: UnitOfWork, found: Simulation, amounts: tuple[int, ...]) -> list[LoanSlotAmountView]:
    return [
        LoanSlotAmountView(
            code=share.slot.code,
            name=words.slot_name(work, share.slot),
            kind=share.kind.value,
            amount=found.schedule.money(minor),
        )
        for share, minor in zip(found.slots, amounts, strict=False)
        if minor
    ]


def _frequencies(work: UnitOfWork, plan: LoanPlan, on: date) -> list[LoanFrequencyView]:
    found = []
    for each in plan.frequencies:
        fewest, most = instalments_between(plan, each, on)
        found.append(
            LoanFrequencyView(
                unit=each.unit.value,
                every=each.every,
                label=words.frequency(work, each),
                instalments_min=fewest,
                instalments_max=most,
            )
        )
    return found


def _methods(work: UnitOfWork, found: Product) -> Iterator[LoanMethodView]:
    for code, method in found.methods:
        yield LoanMethodView(
            code=code,
            name=name_in(method.names, work.context.language),
            formula=method.formula,
            words=words.method_words(work, method, found.plan.currency),
        )


def _tiers(found: Product) -> Iterator[LoanTierView]:
    currency = found.plan.currency
    for tier, rate in found.tiers:
        if tier is not None:
            yield LoanTierView(
                from_amount=Money.of(tier.from_amount, currency),
                to_amount=None if tier.to_amount is None else Money.of(tier.to_amount, currency),
                nominal=shown(rate.percent),
                effective=_effective(rate),
            )


def _option_view(work: UnitOfWork, slot: LoanSlot, kind: SlotKind) -> LoanOptionView:
    return LoanOptionView(
        code=slot.code,
        name=words.slot_name(work, slot),
        kind=kind.value,
        optional=slot.optional,
        needs_birth_date=slot.life_table is not None,
        base=slot.base.value,
        timing=slot.timing.value,
        percent=slot.percent,
        amount=slot.amount,
    )


def _notice_view(notice: Notice) -> LoanNoticeView:
    return LoanNoticeView(code=notice.code, severity=notice.severity, text=notice.text)
