"""Interest that does not go into its own account: a close takes it, the start of the next day pays it elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.modules.deposits.domain.account import AccountState
from chalicelib.modules.deposits.domain.year_sums import of_year
from chalicelib.modules.deposits.service import enquiry, opening
from chalicelib.modules.deposits.tables import ACCOUNTS, SHARDS
from chalicelib.platform.closing import dues
from chalicelib.platform.parameters.versions import VERSIONS, ParameterVersion, VersionState
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork
from tests.functional.deposits.conftest import CloseDays, SetParameter
from tests.functional.deposits.test_features import a_plan
from tests.support.bank import Bank
from tests.support.given import a_member, an_account
from tests.support.small_bank import SmallBank, a_bank, close_day

FIRST_OF_JUNE = {"names": {"es": "Una vez"}, "unit": "user", "dates": ["2026-06-01"]}
GIVES_12_34 = "45.041"
"""10,000.00 at this rate on 365 days earn 12.34 in a day."""


@pytest.fixture
def plan(set_parameter: SetParameter) -> None:
    """ONE pays a day's interest of 12.34 on the first of June; HUNDRED 100.00, taxed at 2 %."""
    set_parameter("administration.cycle", "ONCE", FIRST_OF_JUNE)
    set_parameter("deposits.plan", "ONE", a_plan(fixed_rate=GIVES_12_34, interest_cycle="ONCE"))
    taxed = {"withholding_applies": True, "withholding_pct": "2"}
    set_parameter("deposits.plan", "HUNDRED", a_plan(fixed_rate="365", interest_cycle="ONCE", **taxed))


def history(bank: Bank, account: dict[str, Any], on: str = "2026-06-02") -> list[dict[str, Any]]:
    path = f"/v1/deposits/accounts/{account['id']}/transactions?from={on}&to={on}&order=oldest"
    rows: list[dict[str, Any]] = bank("manager").get(path).expect(200)["items"]
    return rows


def shown(bank: Bank, account: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bank("manager").get(f"/v1/deposits/accounts/{account['id']}").expect(200).json
    return found


def cheques(bank: Bank) -> list[dict[str, Any]]:
    path = "/v1/deposits/cheque-requests?branch=1&from=2026-06-01&to=2026-06-30"
    rows: list[dict[str, Any]] = bank("manager").get(path).expect(200)["items"]
    return rows


@pytest.mark.feature("DEP-27")
@pytest.mark.usefixtures("plan")
def test_interest_of_one_account_is_credited_to_another_and_both_say_so(
    bank: Bank, close_days: CloseDays
) -> None:
    receiver = an_account(bank, plan="S2")
    source = an_account(
        bank,
        plan="ONE",
        balance="10000.00",
        overrides={"interest_payment_method": "account"},
        interest_account=receiver["number"],
    )
    close_days(1)
    assert shown(bank, receiver)["ledger"]["amount"] == "12.34"
    assert shown(bank, source)["ledger"]["amount"] == "10000.00"
    assert Decimal(shown(bank, source)["accrued_interest"]) < Decimal("0.005")
    cleared, credited = history(bank, source)[0], history(bank, receiver)[0]
    assert (cleared["amount"]["amount"], credited["amount"]["amount"]) == ("0.00", "12.34")
    for row in (cleared, credited):
        assert all(each in row["narrative"] for each in ("12.34", source["number"], receiver["number"]))
    assert cleared["entry_id"] == credited["entry_id"]
    assert credited["value_date"] == "2026-06-02"
    close_days(1)


@pytest.mark.usefixtures("plan")
def test_tax_is_withheld_from_interest_wherever_it_goes(bank: Bank, close_days: CloseDays) -> None:
    receiver = an_account(bank, plan="S2")
    terms: dict[str, Any] = {"overrides": {"interest_payment_method": "account"}}
    source = an_account(
        bank, plan="HUNDRED", balance="10000.00", interest_account=receiver["number"], **terms
    )
    payee = an_account(
        bank, plan="HUNDRED", balance="10000.00", overrides={"interest_payment_method": "cheque"}
    )
    close_days(1)
    assert shown(bank, receiver)["ledger"]["amount"] == "98.00"
    assert [row["code"] for row in history(bank, source)] == ["I01", "X01"]
    assert [row["amount"]["amount"] for row in cheques(bank)] == ["98.00"]
    for earned in (source, payee):
        account = bank.work().get(ACCOUNTS, id=earned["id"])
        sums = of_year(account.year_sums, 2026)
        assert (sums["interest_paid_ytd"], sums["tax_withheld_ytd"]) == (10_000, 200)
    into = bank.work().get(ACCOUNTS, id=receiver["id"])
    assert of_year(into.year_sums, 2026)["interest_paid_ytd"] == 0
    close_days(1)


@pytest.mark.feature("DEP-28")
@pytest.mark.usefixtures("plan")
def test_interest_by_cheque_makes_one_request_payable_to_the_holder(
    bank: Bank, close_days: CloseDays
) -> None:
    holder = a_member(bank)
    source = an_account(
        bank,
        plan="ONE",
        balance="10000.00",
        party_id=holder["id"],
        overrides={"interest_payment_method": "cheque"},
    )
    close_days(2)
    request = cheques(bank)[0]
    assert len(cheques(bank)) == 1
    assert (request["amount"]["amount"], request["payee"]) == ("12.34", holder["id"])
    entry = bank("accountant").get(f"/v1/accounting/entries/{request['entry_id']}").expect(200).json
    assert "cashier_cheques_payable" in str(entry)
    assert shown(bank, source)["ledger"]["amount"] == "10000.00"


@pytest.mark.feature("DEP-29")
@pytest.mark.usefixtures("plan")
def test_interest_cheque_is_payable_to_a_third_person_and_the_change_is_audited(
    bank: Bank, close_days: CloseDays
) -> None:
    third = a_member(bank, given_1="Inti")
    source = an_account(bank, plan="ONE", balance="10000.00")
    path = f"/v1/deposits/accounts/{source['id']}/interest-destination"
    bank("manager").put(path, {"method": "cheque"}).expect(200)
    set_to = bank("manager").put(path, {"method": "cheque", "interest_payee": third["id"]}).expect(200).json
    assert (set_to["method"], set_to["interest_payee"]) == ("cheque", third["id"])
    close_days(1)
    assert [(row["payee"], row["amount"]["amount"]) for row in cheques(bank)] == [(third["id"], "12.34")]
    assert "Inti" in cheques(bank)[0]["payee_name"]
    events = bank("auditor").get("/v1/platform/audit-events?operation=deposits.direct_interest").expect(200)
    changes = events["items"][0]["changes"]
    assert any(change["after"] == third["id"] and not change["before"] for change in changes), changes


@pytest.mark.parametrize("wrong", ["itself", "foreign", "unknown", "none"])
@pytest.mark.usefixtures("plan")
def test_interest_goes_only_to_an_open_account_of_the_same_currency(
    bank: Bank, set_parameter: SetParameter, wrong: str
) -> None:
    source = an_account(bank, plan="ONE")
    number = {"itself": source["number"], "unknown": "99999999", "none": ""}.get(wrong, "")
    if wrong == "foreign":
        set_parameter("deposits.plan", "EUR", a_plan(currency="EUR", product_number=21))
        number = an_account(bank, plan="EUR")["number"]
    asked = {"method": "account", "interest_account": number}
    refused = bank("manager").put(f"/v1/deposits/accounts/{source['id']}/interest-destination", asked)
    expected = "unknown_account" if wrong == "unknown" else "interest_account_not_allowed"
    assert (refused.code, refused["field"]) == (expected, "interest_account")


# -- what cannot be carried out ---------------------------------------------------------------------------------


def a_pair(bank: SmallBank) -> tuple[str, str]:
    """(an account that pays its interest to another branch's account, that account)."""
    receiver = bank.an_account("S2", "2")
    number = bank.account(receiver).number
    asked = opening.Opening(
        bank.a_party(), "1", "S1", "", {"interest_payment_method": "account"}, interest_account=number
    )
    source = bank.do(lambda work: opening.open_account(work, asked)).id
    bank.deposit(source, "9000.00")
    return source, receiver


def closed(work: UnitOfWork, account_id: str) -> None:
    """What is left of an account that was closed: no balance, and out of its shard's register."""
    account = work.get(ACCOUNTS, id=account_id)
    work.put(ACCOUNTS, replace(account, state=AccountState.CLOSED))
    shard = work.get(SHARDS, branch=account.branch, number=account.shard)
    work.put(SHARDS, replace(shard, indexed=shard.indexed - 1))


def test_interest_for_a_closed_account_waits_with_its_problem_and_goes_where_it_is_directed_next() -> None:
    bank = a_bank()
    source, receiver = a_pair(bank)
    bank.do(lambda work: closed(work, receiver))
    close_day(bank)
    owed = bank.account(source).interest_due_minor
    assert owed > 0
    waits = dues.listed(bank.work(), "1")
    assert [(due.state, due.problem, due.tries) for due in waits] == [("failed", "account_closed", 1)]
    close_day(bank)
    assert [due.tries for due in dues.listed(bank.work(), "1")] == [2]
    other = bank.an_account("S2", "1")
    number = bank.account(other).number
    bank.do(lambda work: opening.direct_interest(work, source, "account", number))
    close_day(bank)
    assert bank.account(source).interest_due_minor == 0
    assert bank.account(other).ledger_minor > 0
    assert dues.listed(bank.work(), "1") == []
    assert [due.state for due in dues.listed(bank.work(), "1", bank.today())] == ["applied"]
    close_day(bank)


def with_a_cycle_that_ends_on_saturday(bank: SmallBank) -> None:
    """The cooperative of the small bank has a cycle SAT that ends on 30 May."""
    cycle = ParameterVersion(
        kind="administration.cycle",
        code="SAT",
        scope="tenant",
        number=990101,
        effective_from=date(2026, 1, 1),
        state=VersionState.APPROVED,
        body={"names": {"es": "Sábado"}, "unit": "user", "dates": ["2026-05-30"]},
        maker="usr_admin",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    tenant = bank.work().get(TENANTS)
    bank.store.batch_put("config", [VERSIONS.encode(bank.store.tenant, cycle, 1)])
    changed = replace(tenant, config_version=cycle.number)
    bank.store.batch_put("config", [TENANTS.encode(bank.store.tenant, changed, tenant.version)])


def test_interest_of_a_cycle_that_ended_on_saturday_counts_from_sunday_where_it_arrives_on_monday() -> None:
    bank = a_bank()
    with_a_cycle_that_ends_on_saturday(bank)
    receiver = bank.an_account("S2", "2", funds="100.00", overrides={"interest_cycle": "YEAR_END"})
    bank.an_account(
        "S1",
        "1",
        funds="90000.00",
        overrides={"interest_payment_method": "account", "interest_cycle": "SAT"},
        interest_account=bank.account(receiver).number,
    )
    close_day(bank)
    arrived = bank.account(receiver).ledger_minor - 10_000
    assert arrived > 0
    days = bank.do(lambda work: enquiry.interest_days(work, receiver, date(2026, 5, 30), date(2026, 5, 31)))
    assert [row.balance.minor for row in days] == [10_000, 10_000 + arrived]
    earned = bank.do(lambda work: enquiry.accrued(work, bank.account(receiver)))
    friday = bank.do(lambda work: enquiry.interest_days(work, receiver, date(2026, 5, 29), date(2026, 5, 29)))
    assert earned == pytest.approx(
        friday[0].interest + sum(row.interest for row in days), abs=Decimal("0.00001")
    )
    close_day(bank)
