"""Simulating a loan: a product's rules and a day's parameters become terms, the kernel's engine makes the rows.

Nothing is computed here: what is booked later comes from the same engine with the same terms.
"""

from dataclasses import replace
from datetime import date

from chalicelib.kernel.calendar import EVERY_DAY, Calendar, Shift
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.rate import Rate
from chalicelib.kernel.schedule.building import schedule
from chalicelib.kernel.schedule.errors import DrawAfterLastDue
from chalicelib.kernel.schedule.events import Event
from chalicelib.kernel.schedule.rows import Row, Schedule
from chalicelib.kernel.schedule.slots import SlotKind
from chalicelib.kernel.schedule.solving import implied_rate
from chalicelib.kernel.schedule.terms import LoanTerms, RateStep
from chalicelib.modules.administration import public as administration
from chalicelib.modules.loans import permissions
from chalicelib.modules.loans.domain import offer, pricing
from chalicelib.modules.loans.domain.asked import Asked, RateAsked, TermsAsked
from chalicelib.modules.loans.domain.cost import Cost, cost_of
from chalicelib.modules.loans.domain.course import FOR_EVERYBODY, Course, course_of, event_of
from chalicelib.modules.loans.domain.paths import request_path
from chalicelib.modules.loans.domain.pricing import IndexValue, Priced
from chalicelib.modules.loans.domain.terms import (
    SlotShare,
    base_terms,
    slot_of,
    with_amortisation,
    with_own_terms,
    with_plan,
)
from chalicelib.modules.loans.errors import DisbursedInThePast, ProductOrRateMissing, UnknownProduct
from chalicelib.modules.loans.plans import AmortisationPlan, LoanPlan, PaymentFrequency
from chalicelib.modules.loans.service.notices import Notice, notices_of
from chalicelib.modules.loans.service.sources import AMORTISATION, PLAN, Ceiling, Sources
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.context import ActorKind
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulated loan with all that explains it."""

    asked: Asked
    plan: LoanPlan | None
    amortisation: AmortisationPlan | None
    method: str | None
    frequency: PaymentFrequency
    terms: LoanTerms
    schedule: Schedule
    priced: Priced
    ceiling: Ceiling | None
    cost: Cost
    course: Course | None
    slots: tuple[SlotShare, ...]
    overridden: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as planned, or as the events leave them."""
        return self.course.life.rows if self.course else self.schedule.rows


def simulate(work: UnitOfWork, asked: Asked) -> Simulation:
    """The loan that is asked for. Raises PermissionDenied, and every refusal of the domain and of the engine."""
    staff = _is_staff(work)
    own = asked.terms or TermsAsked()
    if not staff and _is_for_staff(asked):
        raise PermissionDenied(permission=permissions.SIMULATE)
    today = business_day(work)
    on = _disbursed_on(asked, today)
    if on < today and not staff:
        raise DisbursedInThePast("disbursed_on", business_date=today)
    sources = Sources(work, on)
    plan = _plan(work, asked.product, on, today, staff) if asked.product else None
    overridden = _check_offer(plan, asked, own, on)
    frequency = offer.frequency_of(plan, asked.frequency) if plan else asked.frequency or PaymentFrequency()
    priced = _priced(sources, plan, asked, own)
    method = offer.method_of(plan, asked.method) if plan else asked.method
    amortisation = sources.read(AMORTISATION, method, "method") if method else None
    terms = _terms(work, plan, amortisation, base_terms(asked, frequency, priced.rate, on))
    slots = _slots(sources, plan, asked, own, offer.nominal_end(on, frequency, asked.instalments))
    try:
        terms = with_own_terms(terms, own, _later_rates(sources, own))
        code = asked.principal.currency
        terms = replace(terms, slots=tuple(slot_of(share, asked.insured, code) for share in slots))
        if plan is None and own.rate is None:
            priced = Priced(implied_rate(terms))
            terms = replace(terms, rate=priced.rate)
        made = schedule(terms)
        course = course_of(terms, _events(sources, asked)) if asked.events else None
    except BankError as error:
        error.field = request_path(error.field, own, [share.field for share in slots])
        raise
    ceiling = sources.ceiling(plan.ceiling if plan else None)
    notices = notices_of(work, plan, asked.principal, made, priced, ceiling, sources.unverified)
    return Simulation(
        asked=asked,
        plan=plan,
        amortisation=amortisation,
        method=method,
        frequency=frequency,
        terms=terms,
        schedule=made,
        priced=priced,
        ceiling=ceiling,
        cost=cost_of(terms, made),
        course=course,
        slots=tuple(slots),
        overridden=tuple(overridden),
        notices=tuple(notices),
    )


def _terms(
    work: UnitOfWork, plan: LoanPlan | None, amortisation: AmortisationPlan | None, terms: LoanTerms
) -> LoanTerms:
    """The terms with those of the product and of the way of paying back."""
    if plan:
        on, frequency = terms.disbursed_on, terms.frequency
        asked = PaymentFrequency(unit=frequency.unit, every=frequency.every)
        count = offer.day_count_of(plan, asked, terms.instalments, on)
        terms = with_plan(terms, plan, count, _calendar(work, plan, on))
    return with_amortisation(terms, amortisation) if amortisation else terms


def _is_staff(work: UnitOfWork) -> bool:
    actor = work.context.actor
    return actor.kind is ActorKind.STAFF and actor.may(permissions.SIMULATE)


def _is_for_staff(asked: Asked) -> bool:
    own = asked.terms is not None or asked.product is None
    return own or any(event.kind not in FOR_EVERYBODY for event in asked.events)


def _disbursed_on(asked: Asked, today: date) -> date:
    if not asked.draws:
        return asked.disbursed_on or today
    first = asked.draws[0].on
    if asked.disbursed_on not in (None, first):
        raise DrawAfterLastDue("disbursed_on", on=first)
    return first


def _plan(work: UnitOfWork, code: str, on: date, today: date, staff: bool) -> LoanPlan:
    """The product on the day of the loan; others than staff see it only while it is offered. Raises UnknownProduct."""
    current: LoanPlan | None = work.config.find(PLAN, code, today)
    found: LoanPlan | None = work.config.find(PLAN, code, on)
    offered = current is not None and current.is_offered(today)
    if found is None or not (staff or offered):
        raise UnknownProduct("product", product=code)
    return found


def _check_offer(plan: LoanPlan | None, asked: Asked, own: TermsAsked, on: date) -> list[str]:
    if plan is None:
        if own.rate is None and not own.irregular:
            raise ProductOrRateMissing("product")
        offer.check_options((*(own.insurances or ()), *(own.charges or ())), asked)
        return []
    overridden = offer.overridden(plan, own)
    offer.check_amount(plan, asked.principal)
    frequency = offer.frequency_of(plan, asked.frequency)
    offer.check_term(plan, frequency, asked.instalments, on)
    offer.check_first_due(plan, on, asked.first_due_on)
    insurances = plan.insurances if own.insurances is None else own.insurances
    offer.check_options((*insurances, *(plan.charges if own.charges is None else own.charges)), asked)
    return overridden


def _priced(sources: Sources, plan: LoanPlan | None, asked: Asked, own: TermsAsked) -> Priced:
    """The rate set by hand, or the product's; nothing yet where rows typed by hand imply it."""
    if own.rate is not None:
        pricing.check_source(own.rate, "terms.rate")
        found = _of_rate(sources, own.rate, "terms.rate")
        if plan is not None:
            pricing.check_limits(plan, found.rate, "terms.rate.percent")
        return found
    if plan is None:
        return Priced(Rate.nominal(0, 12))
    chosen = pricing.rate_of_plan(plan, offer.tier_of(plan, asked.principal))
    index = sources.index(chosen.index, "product") if chosen.index else None
    return pricing.priced(chosen, index, pricing.limits_of(plan))


def _of_rate(sources: Sources, asked: RateAsked, path: str) -> Priced:
    index: IndexValue | None = sources.index(asked.index, f"{path}.index") if asked.index else None
    try:
        return pricing.priced(asked, index)
    except BankError as error:
        error.field = f"{path}.percent"
        raise


def _later_rates(sources: Sources, own: TermsAsked) -> tuple[RateStep, ...]:
    found = []
    for position, step in enumerate(own.later_rates):
        path = f"terms.later_rates.{position}.rate"
        pricing.check_source(step.rate, path)
        dated = replace(sources, on=max(sources.on, step.since))
        found.append(RateStep(step.since, _of_rate(dated, step.rate, path).rate))
    return tuple(found)


def _events(sources: Sources, asked: Asked) -> list[Event]:
    found = []
    for position, event in enumerate(asked.events):
        path, rate = f"events.{position}", None
        if event.rate is not None:
            pricing.check_source(event.rate, f"{path}.rate")
            dated = replace(sources, on=max(sources.on, event.on))
            rate = _of_rate(dated, event.rate, f"{path}.rate").rate
        found.append(event_of(event, rate, path))
    return found


def _slots(
    sources: Sources, plan: LoanPlan | None, asked: Asked, own: TermsAsked, until: date
) -> list[SlotShare]:
    found = []
    for kind, name in ((SlotKind.INSURANCE, "insurances"), (SlotKind.CHARGE, "charges")):
        slots, path = getattr(own, name), f"terms.{name}"
        if slots is None:
            slots, path = getattr(plan, name, ()), "product"
        found += sources.shares(offer.wanted(slots, asked.options), kind, path, until)
    return found


def _calendar(work: UnitOfWork, plan: LoanPlan, on: date) -> Calendar:
    """The calendar of the caller's branch, or of the first one, where due dates move."""
    if plan.due_date_shift is Shift.NONE:
        return EVERY_DAY
    branch = work.context.actor.branch or administration.branch_codes(work.config, on)[0]
    found: Calendar = administration.calendar_of(work.config, branch, on)
    return found
