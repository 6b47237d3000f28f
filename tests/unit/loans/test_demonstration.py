"""The products of the demonstration cooperatives: each can be simulated at its limits, within what the law admits."""

from datetime import UTC, date, datetime
from functools import cache

import pytest

from chalicelib.kernel.money import Money
from chalicelib.modules.loans.domain.asked import Asked, InsuredAsked
from chalicelib.modules.loans.domain.offer import instalments_between
from chalicelib.modules.loans.plans import LoanPlan, PaymentFrequency
from chalicelib.modules.loans.service.simulation import simulate
from chalicelib.platform.context import Actor, ActorKind, Context, TenantContext
from chalicelib.platform.parameters.snapshot import Snapshot, build
from chalicelib.platform.parameters.versions import ParameterVersion, VersionState
from chalicelib.platform.work import UnitOfWork
from tests.support.memory import MemoryStore
from tests.unit.packs import COOPERATIVES, manifest, whole

DAY = date(2026, 6, 1)
OFFICER = Actor(ActorKind.STAFF, "officer", permissions=("loans.*",), branches=("1",))
BORROWER = (InsuredAsked(date(1980, 5, 17)),)


@cache
def parameters(cooperative: str) -> Snapshot:
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return build(
        1,
        (
            ParameterVersion(
                row.kind,
                row.code,
                row.scope,
                int(f"{row.effective_from:%y%m%d}"),
                row.effective_from,
                VersionState.APPROVED,
                row.body,
                "manifest",
                made,
            )
            for row in whole(cooperative)
        ),
    )


def work_of(cooperative: str) -> UnitOfWork:
    header = manifest(cooperative)
    tenant = TenantContext(
        cooperative, header["country"], header["currency"], "es", ("es", "en"), header["locale"], "UTC"
    )
    context = Context(tenant, OFFICER, "req_test", "console", "es")
    return UnitOfWork(MemoryStore(cooperative), context, parameters(cooperative))


def products() -> list[tuple[str, str]]:
    return [
        (cooperative, row.code)
        for cooperative in COOPERATIVES
        for row in whole(cooperative)
        if row.kind == "loans.plan"
    ]


@pytest.mark.parametrize(("cooperative", "code"), products())
def test_a_product_works_at_its_limits(cooperative: str, code: str) -> None:
    work = work_of(cooperative)
    plan: LoanPlan = work.config.get("loans.plan", code, DAY)
    methods = (plan.amortisation_plan, *plan.amortisation_choices)
    for method in methods:
        check(work, code, plan, method, plan.frequencies[0], largest=True)
    for frequency in plan.frequencies:
        check(work, code, plan, methods[0], frequency, largest=False)


def check(
    work: UnitOfWork, code: str, plan: LoanPlan, method: str, frequency: PaymentFrequency, largest: bool
) -> None:
    principal = Money.of(plan.amount_max if largest else plan.amount_min, plan.currency)
    options = [slot.code for slot in (*plan.insurances, *plan.charges) if slot.optional]
    asked = Asked(
        principal,
        instalments_between(plan, frequency, DAY)[largest],
        product=code,
        frequency=frequency,
        method=method,
        disbursed_on=DAY,
        options=tuple(options),
        insured=BORROWER,
    )
    found = simulate(work, asked)
    assert found.rows[-1].balance_minor == 0
    assert found.schedule.totals.principal_minor == principal.minor
    assert found.cost.annual is not None
    assert "warning" not in {notice.severity for notice in found.notices}
