"""What whoever reads a simulation has to know beside its figures."""

from decimal import Decimal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.kernel.schedule.rows import Schedule
from chalicelib.modules.loans.domain.pricing import Priced, shown
from chalicelib.modules.loans.plans import LoanPlan
from chalicelib.modules.loans.service.sources import Ceiling
from chalicelib.platform import formats, wording
from chalicelib.platform.work import UnitOfWork

INFORMATION, CONFIRM, WARNING = "information", "confirm", "warning"
PUBLISHED_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice with its words; ``severity`` is ``information``, ``confirm`` (a figure to confirm) or ``warning``."""

    code: str
    severity: str
    text: str


def notices_of(
    work: UnitOfWork,
    plan: LoanPlan | None,
    principal: Money,
    schedule: Schedule,
    priced: Priced,
    ceiling: Ceiling | None,
    unverified: list[str],
) -> list[Notice]:
    """The notices of a simulation, the gravest first."""
    found = [*ceiling_notices(work, plan, schedule.effective.percent, ceiling)]
    if priced.limited:
        found.append(_notice(work, f"rate_{priced.limited.value}", INFORMATION))
    found += unverified_notices(work, unverified)
    for requirement in plan.requirements if plan else ():
        if principal.decimal >= requirement.from_amount:
            text = name_in(requirement.texts, work.context.language)
            found.append(Notice("requirement", INFORMATION, text))
    return [*found, _notice(work, "indicative", INFORMATION)]


def ceiling_notices(
    work: UnitOfWork, plan: LoanPlan | None, effective: Decimal, ceiling: Ceiling | None
) -> list[Notice]:
    """Whether a rate is above what the law admits, as published, to two decimals; or that this is not known."""
    if plan is None or plan.ceiling is None:
        return []
    if ceiling is None:
        return [_notice(work, "ceiling_unknown", CONFIRM)]
    rounded = shown(effective, PUBLISHED_DECIMALS)
    if rounded <= ceiling.percent:
        return []
    locale = formats.locale_for(work.context.tenant, work.context.language)
    return [
        _notice(
            work,
            "rate_above_ceiling",
            WARNING,
            effective=formats.percent(rounded, locale),
            ceiling=formats.percent(ceiling.percent, locale),
            name=ceiling.name,
            since=formats.day(ceiling.since, locale),
        )
    ]


def unverified_notices(work: UnitOfWork, names: list[str]) -> list[Notice]:
    """One notice for each parameter that the cooperative has still to confirm."""
    return [_notice(work, "to_be_confirmed", CONFIRM, name=name) for name in names]


def _notice(work: UnitOfWork, code: str, severity: str, **params: str) -> Notice:
    return Notice(code, severity, wording.say(work, f"loans.notices.{code}", **params))
