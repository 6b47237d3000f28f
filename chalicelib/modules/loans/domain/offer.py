"""What a product admits: how much, for how long, how often, and what one loan may change of it."""

from calendar import monthrange
from datetime import date, timedelta

from chalicelib.kernel.money import Money
from chalicelib.kernel.schedule.errors import MixedCurrencies
from chalicelib.kernel.schedule.terms import LARGEST_INSTALMENTS, Unit
from chalicelib.modules.loans.domain.asked import Asked, TermsAsked
from chalicelib.modules.loans.errors import (
    AmountOutOfLimits,
    FirstDueTooLate,
    FrequencyNotOffered,
    MethodNotOffered,
    NoRateTier,
    TermNotOverridable,
    TermOutOfLimits,
    UnknownOption,
)
from chalicelib.modules.loans.plans import LoanPlan, LoanSlot, PaymentFrequency, RateTier

PLAN_FIELDS = {
    "rate": "fixed_rate",
    "later_rates": "fixed_rate",
    "formula": "amortisation_plan",
    "growth": "amortisation_plan",
    "fixed_principal": "amortisation_plan",
    "capitalises": "amortisation_plan",
    "rounding": "amortisation_plan",
    "irregular": "amortisation_plan",
    "draw_value": "level_basis",
}
"""The field of the plan that lets a term be changed, where it has another name."""


def check_amount(plan: LoanPlan, principal: Money) -> None:
    """The principal is in the product's currency and limits. Raises MixedCurrencies, AmountOutOfLimits."""
    if principal.currency != plan.currency:
        raise MixedCurrencies("principal", currency=principal.currency, loan_currency=plan.currency)
    least, most = Money.of(plan.amount_min, plan.currency), Money.of(plan.amount_max, plan.currency)
    if not least.minor <= principal.minor <= most.minor:
        raise AmountOutOfLimits("principal", minimum=least.text, maximum=most.text, currency=plan.currency)


def frequency_of(plan: LoanPlan, asked: PaymentFrequency | None) -> PaymentFrequency:
    """The frequency asked for, or the product's first. Raises FrequencyNotOffered."""
    if asked is None:
        return plan.frequencies[0]
    if asked not in plan.frequencies:
        raise FrequencyNotOffered("frequency", unit=asked.unit.value, every=asked.every)
    return asked


def method_of(plan: LoanPlan, asked: str | None) -> str:
    """The code of the amortisation plan asked for, or the product's own. Raises MethodNotOffered."""
    if asked is None:
        return plan.amortisation_plan
    if asked not in (plan.amortisation_plan, *plan.amortisation_choices):
        raise MethodNotOffered("method", method=asked)
    return asked


def instalments_between(plan: LoanPlan, frequency: PaymentFrequency, on: date) -> tuple[int, int]:
    """Fewest and most instalments of a loan that is paid out on a day, by the product's limits of term."""
    if frequency.unit is Unit.MONTHS and plan.term_unit == "months":
        return -(-plan.term_min // frequency.every), min(
            plan.term_max // frequency.every, LARGEST_INSTALMENTS
        )
    if plan.term_unit == "months":
        shortest, longest = later(on, plan.term_min), later(on, plan.term_max)
    else:
        shortest, longest = on + timedelta(plan.term_min), on + timedelta(plan.term_max)
    ends = [nominal_end(on, frequency, many) for many in range(1, LARGEST_INSTALMENTS + 1)]
    fewest = next((many for many, end in enumerate(ends, 1) if end >= shortest), LARGEST_INSTALMENTS)
    return fewest, max((many for many, end in enumerate(ends, 1) if end <= longest), default=0)


def check_term(plan: LoanPlan, frequency: PaymentFrequency, instalments: int, on: date) -> None:
    """The number of instalments is within the product's term. Raises TermOutOfLimits, which names both limits."""
    fewest, most = instalments_between(plan, frequency, on)
    if not fewest <= instalments <= most:
        raise TermOutOfLimits(
            "instalments",
            minimum=plan.term_min,
            maximum=plan.term_max,
            unit=plan.term_unit,
            least=fewest,
            most=most,
        )


def check_first_due(plan: LoanPlan, disbursed_on: date, first_due_on: date | None) -> None:
    """The first instalment is not put off too long. Raises FirstDueTooLate."""
    if first_due_on and (first_due_on - disbursed_on).days > plan.first_due_days_max:
        raise FirstDueTooLate("first_due_on", days=plan.first_due_days_max)


def tier_of(plan: LoanPlan, principal: Money) -> RateTier | None:
    """The tier of an amount; None where the product has none. Raises NoRateTier."""
    if not plan.rate_tiers:
        return None
    for tier in plan.rate_tiers:
        if tier.holds(principal.decimal):
            return tier
    raise NoRateTier("principal", amount=principal.text, currency=plan.currency)


def overridden(plan: LoanPlan, terms: TermsAsked | None) -> list[str]:
    """The terms that differ from the product's by the loan's own will. Raises TermNotOverridable (LON-10)."""
    if terms is None:
        return []
    allowed = plan.fields_overridable()
    for name in terms.given():
        if PLAN_FIELDS.get(name, name) not in allowed:
            raise TermNotOverridable(f"terms.{name}", name=name)
    return terms.given()


def wanted(slots: tuple[LoanSlot, ...], options: tuple[str, ...]) -> tuple[LoanSlot, ...]:
    """The slots that are always charged and the optional ones asked for, with no tax on what is not charged."""
    chosen = tuple(slot for slot in slots if not slot.optional or slot.code in options)
    codes = {slot.code for slot in chosen}
    return tuple(slot for slot in chosen if slot.of is None or slot.of in codes)


def check_options(slots: tuple[LoanSlot, ...], asked: Asked) -> None:
    """Every option asked for is an optional slot. Raises UnknownOption."""
    known = {slot.code for slot in slots if slot.optional}
    for position, code in enumerate(asked.options):
        if code not in known:
            raise UnknownOption(f"options.{position}", option=code)


def day_count_of(plan: LoanPlan, frequency: PaymentFrequency, instalments: int, on: date) -> str:
    """How days are counted in a loan of this length (LON-43)."""
    end = nominal_end(on, frequency, instalments)
    for rule in sorted(plan.day_count_by_term, key=lambda rule: rule.up_to_months):
        if end <= later(on, rule.up_to_months):
            return rule.day_count
    return plan.day_count


def later(day: date, months: int) -> date:
    """So many months later, on the same day or the month's last; the end of time where there is no such year."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def nominal_end(on: date, frequency: PaymentFrequency, instalments: int) -> date:
    """When a loan of so many regular periods ends."""
    if frequency.unit is Unit.MONTHS:
        return later(on, frequency.every * instalments)
    days = instalments * frequency.every * (7 if frequency.unit is Unit.WEEKS else 1)
    return date.fromordinal(min(date.max.toordinal(), on.toordinal() + days))
