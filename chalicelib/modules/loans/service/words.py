"""What the parts of a loan are called in the reader's language."""

from typing import Any

from chalicelib.kernel.names import name_in
from chalicelib.kernel.schedule.terms import Growth, LoanTerms
from chalicelib.modules.loans.plans import AmortisationPlan, LoanSlot, PaymentFrequency
from chalicelib.platform import formats, wording
from chalicelib.platform.work import UnitOfWork


def frequency(work: UnitOfWork, found: PaymentFrequency, language: str = "") -> str:
    """ "Mensual", "Cada 45 días"."""
    named = wording.find(work, f"loans.frequencies.{found.unit.value}_{found.every}", language)
    return named or wording.say(work, f"loans.frequencies.{found.unit.value}", language, every=found.every)


def formula(work: UnitOfWork, code: str, language: str = "") -> str:
    """The name of a formula; its code where it is one of the cooperative's own."""
    return wording.find(work, f"loans.formulas.{code}.name", language) or code


def formula_words(work: UnitOfWork, terms: LoanTerms, language: str = "") -> str:
    """How a schedule's instalments come about."""
    return _formula_words(work, terms.formula, _growth(work, terms.growth), language)


def method_words(work: UnitOfWork, plan: AmortisationPlan, currency: str, language: str = "") -> str:
    """How an amortisation plan's instalments come about."""
    growth: dict[str, Any] = {"every": 1, "percent": "", "amount": ""}
    if plan.growth is not None:
        locale = formats.locale_for(work.context.tenant, language or work.context.language)
        growth["every"] = plan.growth.every_instalments
        if plan.growth.percent is not None:
            growth["percent"] = formats.percent(plan.growth.percent, locale)
        if plan.growth.amount is not None:
            growth["amount"] = f"{formats.number(f'{plan.growth.amount:f}', locale)} {currency}"
    return _formula_words(work, plan.formula, growth, language)


def day_count(work: UnitOfWork, name: str, language: str = "") -> str:
    """How days are counted."""
    return wording.say(work, f"loans.day_counts.{name.replace('/', '_')}", language)


def slot_name(work: UnitOfWork, slot: LoanSlot, language: str = "") -> str:
    """The name of an insurance or charge."""
    return name_in(slot.names, language or work.context.language)


def _growth(work: UnitOfWork, growth: Growth | None) -> dict[str, Any]:
    locale = formats.locale_for(work.context.tenant, work.context.language)
    if growth is None:
        return {}
    return {
        "every": growth.every,
        "percent": "" if growth.percent is None else formats.percent(growth.percent, locale),
        "amount": "" if growth.amount is None else formats.amount_with_currency(growth.amount, locale),
    }


def _formula_words(work: UnitOfWork, code: str, growth: dict[str, Any], language: str) -> str:
    if wording.find(work, f"loans.formulas.{code}.words", language) is None:
        return formula(work, code, language)
    return wording.say(work, f"loans.formulas.{code}.words", language, **growth)
