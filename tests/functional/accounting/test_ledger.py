"""What the ledger shows: derived from the journal, whole at every level, open day included."""

from datetime import timedelta
from decimal import Decimal

import pytest

from chalicelib.modules.accounting import public as accounting
from tests.functional.accounting.books import (
    BRANCHES,
    a_voucher,
    an_account,
    applied,
    balance,
    close_day,
    deposit,
    line,
    post,
    today,
)
from tests.functional.parties.people import publish
from tests.support.bank import Bank

TRIAL_BALANCE = "/v1/accounting/trial-balance"
ZERO = {"amount": "0.00", "currency": "USD"}


def rows(reply) -> dict[str, dict]:
    return {row["code"]: row for row in reply.expect(200)["items"]}


def amount(value: dict) -> Decimal:
    return Decimal(value["amount"])


def held(bank: Bank, account: str) -> Decimal:
    """What a deposit account holds now."""
    return amount(bank("auditor").get(f"/v1/deposits/accounts/{account}/balances").expect(200)["ledger"])


@pytest.mark.feature("GEN-51", "ACC-01", "ACC-80")
def test_a_deposit_and_its_accounting_are_one(bank: Bank) -> None:
    account = an_account(bank)
    receipt = deposit(bank, account, "100.00")
    entry = bank("auditor").get(f"/v1/accounting/entries/{receipt['entry_id']}").expect(200)
    assert [
        (leg["account"], leg["side"], leg["amount"]["amount"], leg["account_id"]) for leg in entry["legs"]
    ] == [
        ("110105", "debit", "100.00", ""),
        ("210135", "credit", "100.00", account),
    ]
    assert balance(bank, "210135", "1") == "-100.00"
    assert held(bank, account) == Decimal("100.00")
    too_much = bank("teller").post(
        f"/v1/deposits/accounts/{account}/withdrawals", {"amount": {"amount": "500.00", "currency": "USD"}}
    )
    assert too_much.status == 422
    assert balance(bank, "210135", "1") == "-100.00"


@pytest.mark.feature("ACC-01")
def test_the_ledger_ties_to_the_detail_of_its_sub_ledger(bank: Bank) -> None:
    accounts = [an_account(bank), an_account(bank, "2"), an_account(bank)]
    for account, money in zip(accounts, ("10.00", "20.50", "30.25"), strict=True):
        deposit(bank, account, money)
    day = close_day(bank)
    work = bank.work()
    for branch, detail in (("1", 40_25), ("2", 20_50)):
        shown = accounting.balance(work, branch, "member_deposits", "savings", "USD", day)
        assert -shown == detail
    detail = sum((held(bank, account) for account in accounts), Decimal(0))
    assert detail == Decimal("60.75") == -Decimal(balance(bank, "2101"))


@pytest.mark.feature("ACC-38")
def test_cash_received_for_an_account_of_another_branch_has_both_inter_branch_legs(bank: Bank) -> None:
    receipt = deposit(bank, an_account(bank, "2"), "100.00")
    entry = bank("auditor").get(f"/v1/accounting/entries/{receipt['entry_id']}").expect(200)
    legs = [
        (leg["branch"], leg["role"], leg["account"], leg["side"], leg["component"]) for leg in entry["legs"]
    ]
    assert legs == [
        ("1", "cash_on_hand", "110105", "debit", "principal"),
        ("1", "interbranch_due_to", "290801", "credit", "2"),
        ("2", "member_deposits", "210135", "credit", "principal"),
        ("2", "interbranch_due_from", "190801", "debit", "1"),
    ]
    for branch in BRANCHES:
        assert (
            bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}").expect(200)["totals"]["difference"]
            == ZERO
        )


@pytest.mark.feature("ACC-37")
def test_accounts_that_originate_inter_branch_entries_are_listed_and_others_do_not(bank: Bank) -> None:
    body = bank.work().config.get("accounting.account", "450790", today(bank)).to_body()
    publish(bank, "accounting.account", "450790", {**body, "interbranch": False})
    listed = bank("auditor").get("/v1/accounting/accounts?interbranch=true").expect(200)["items"]
    codes = {row["code"] for row in listed}
    assert {"110105", "210135"} <= codes
    assert "450790" not in codes
    receipt = deposit(bank, an_account(bank, "2"), "100.00")
    entry = bank("auditor").get(f"/v1/accounting/entries/{receipt['entry_id']}").expect(200)
    legs = [(leg["branch"], leg["account"], leg["side"]) for leg in entry["legs"]]
    assert {("1", "290801", "credit"), ("2", "190801", "debit")} <= set(legs)
    across = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00"))
    refused = bank("accountant").post("/v1/accounting/vouchers", across)
    assert (refused.status, refused.code, refused["field"]) == (
        422,
        "line_account_own_branch",
        "lines.0.account",
    )
    within = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00", "2"))
    assert bank("accountant").post("/v1/accounting/vouchers", within).status == 201


@pytest.mark.feature("GEN-53", "ACC-78")
def test_every_branch_balances_at_every_moment(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "70.00"), ("2", "fee_income_deposits", "-70.00"))
    applied(bank, line("450790", "5.00", "2"), line("110105", "-5.00"))
    for _ in range(2):
        for branch in BRANCHES:
            found = bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}").expect(200)
            assert found["totals"]["difference"] == found["totals"]["closing"] == ZERO
            assert found["totals"]["debits"] == found["totals"]["credits"]
        day = close_day(bank)
        assert accounting.proof(bank.work(), BRANCHES, day) == {"1/USD": 0, "2/USD": 0}


@pytest.mark.feature("ACC-34", "ACC-60")
def test_the_levels_of_the_chart_keep_the_total(bank: Bank) -> None:
    post(
        bank,
        ("1", "cash_on_hand", "70.00"),
        ("1", "cheques_in_clearing", "30.00"),
        ("1", "fee_income_deposits", "-100.00"),
    )
    deepest = rows(bank("auditor").get(f"{TRIAL_BALANCE}?level=4"))
    assert {
        code: deepest[code]["closing"]["amount"] for code in ("1", "11", "1101", "1104", "110105", "110401")
    } == {
        "1": "100.00",
        "11": "100.00",
        "1101": "70.00",
        "1104": "30.00",
        "110105": "70.00",
        "110401": "30.00",
    }
    for level in (1, 2, 3, 4):
        found = bank("auditor").get(f"{TRIAL_BALANCE}?level={level}").expect(200)
        assert max(row["level"] for row in found["items"]) == level
        lowest = [row for row in found["items"] if row["level"] == level]
        assert sum(amount(row["closing"]) for row in lowest) == 0
        assert sum(amount(row["debits"]) for row in lowest) == 100 == amount(found["totals"]["debits"])


@pytest.mark.feature("GEN-57", "ACC-66")
def test_branches_print_their_own_and_sum_to_the_consolidated(bank: Bank) -> None:
    deposit(bank, an_account(bank, "2"), "100.00")
    post(bank, ("1", "cash_on_hand", "7.00"), ("1", "fee_income_deposits", "-7.00"))
    own = [rows(bank("auditor").get(f"{TRIAL_BALANCE}?branch={branch}")) for branch in BRANCHES]
    whole = rows(bank("auditor").get(TRIAL_BALANCE))
    for code, row in whole.items():
        for column in ("opening", "debits", "credits", "closing"):
            parts = [amount(each[code][column]) for each in own if code in each]
            assert sum(parts, Decimal(0)) == amount(row[column])
    eliminated = bank("auditor").get(f"{TRIAL_BALANCE}?eliminate_interbranch=true").expect(200)
    assert {"190801", "290801"} & whole.keys() == {"190801", "290801"}
    assert not {"19", "29", "190801", "290801"} & rows(eliminated).keys()
    assert eliminated["totals"]["difference"] == ZERO


@pytest.mark.feature("ACC-60")
def test_a_zone_and_a_branch_with_those_under_it_are_the_sums_of_their_branches(bank: Bank) -> None:
    first = today(bank).isoformat()
    for code in ("2", "3", "4"):
        publish(bank, "administration.branch", code, {"name": f"N{code}", "parent": "1", "region": "Norte"})
    for code in ("3", "4"):
        path = f"/v1/administration/branches/{code}/openings"
        bank("admin").post(path, {"first_business_date": first}).expect(201)
    for branch, money in (("1", "70.00"), ("2", "5.00"), ("3", "8.00"), ("4", "13.00")):
        post(bank, (branch, "cash_on_hand", money), (branch, "fee_income_deposits", f"-{money}"), at=branch)
    cash = {
        asked: rows(bank("auditor").get(f"{TRIAL_BALANCE}?{asked}"))["1101"]["closing"]["amount"]
        for asked in ("region=Norte", "node=1", "node=2", "branch=1", "branch=2", "branch=3", "branch=4")
    }
    assert cash == {
        "region=Norte": "26.00",
        "node=1": "96.00",
        "node=2": "5.00",
        "branch=1": "70.00",
        "branch=2": "5.00",
        "branch=3": "8.00",
        "branch=4": "13.00",
    }
    north = rows(bank("auditor").get(f"{TRIAL_BALANCE}?region=Norte&level=2"))
    assert north["1"]["closing"]["amount"] == north["11"]["closing"]["amount"] == "26.00"
    assert bank("auditor").get(f"{TRIAL_BALANCE}?region=Sur").code == "branch_not_found"


@pytest.mark.feature("ACC-63")
def test_a_branchs_day_is_opening_movement_and_closing(bank: Bank) -> None:
    post(bank, ("2", "cash_on_hand", "1000.00"), ("2", "fee_income_deposits", "-1000.00"), at="2")
    close_day(bank)
    post(bank, ("2", "cash_on_hand", "300.00"), ("2", "fee_income_deposits", "-300.00"), at="2")
    post(bank, ("2", "rounding_expense", "200.00"), ("2", "cash_on_hand", "-200.00"), at="2")
    day = today(bank, "2")
    for _ in range(2):
        cash = rows(bank("auditor").get(f"{TRIAL_BALANCE}?branch=2&date={day}&currency=USD"))["110105"]
        found = [cash[name]["amount"] for name in ("opening", "debits", "credits", "closing")]
        assert found == ["1000.00", "300.00", "200.00", "1100.00"]
        close_day(bank)


@pytest.mark.feature("ACC-29")
def test_movements_between_two_dates_lead_from_opening_to_closing(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "50.00"), ("1", "fee_income_deposits", "-50.00"))
    first = today(bank) + timedelta(days=1)
    for amounts in (("10.00", "20.00"), ("30.00",), ("40.00",)):
        close_day(bank)
        for each in amounts:
            post(bank, ("1", "cash_on_hand", each), ("1", "fee_income_deposits", f"-{each}"))
    post(bank, ("2", "cash_on_hand", "0.05"), ("1", "cash_on_hand", "-0.05"))
    last = today(bank)
    asked = f"/v1/accounting/movements?account=1101&from={first}&to={last}"
    found = bank("auditor").get(f"{asked}&branch=1").expect(200).json
    assert [found[name]["amount"] for name in ("opening", "debits", "credits", "closing")] == [
        "50.00",
        "100.00",
        "0.05",
        "149.95",
    ]
    assert [row["balance"]["amount"] for row in found["items"]] == [
        "60.00",
        "80.00",
        "110.00",
        "150.00",
        "149.95",
    ]
    days = (
        bank("auditor")
        .get(f"/v1/accounting/balances?account=1101&branch=1&from={last}&to={last}")
        .expect(200)
    )
    assert days["items"][0]["closing"] == found["closing"]
    whole = bank("auditor").get(asked).expect(200)
    assert (len(whole["items"]), whole["closing"]["amount"]) == (6, "150.00")
    paged, cursor = [], ""
    while True:
        page = bank("auditor").get(f"{asked}&limit=2{cursor}").expect(200)
        paged += page["items"]
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert paged == whole["items"]
    assert bank("auditor").get(f"{asked}&cursor=abc").code == "unknown_cursor"


@pytest.mark.feature("ACC-62")
def test_balances_day_by_day_of_a_branch_with_the_consolidated_value(bank: Bank) -> None:
    first = today(bank)
    post(bank, ("1", "cash_on_hand", "50.00"), ("1", "fee_income_deposits", "-50.00"))
    post(bank, ("2", "cash_on_hand", "8.00"), ("2", "fee_income_deposits", "-8.00"))
    for _ in range(6):
        close_day(bank)
    post(bank, ("1", "cash_on_hand", "1.00"), ("1", "fee_income_deposits", "-1.00"))
    last = today(bank)
    asked = f"/v1/accounting/balances?account=1101&branch=1&currency=USD&from={first}&to={last}"
    found = bank("auditor").get(asked).expect(200)["items"]
    assert len(found) == (last - first).days + 1
    assert [row["date"] for row in found] == [
        (first + timedelta(days=n)).isoformat() for n in range(len(found))
    ]
    assert {row["closing"]["amount"] for row in found[:-1]} == {"50.00"}
    assert (found[-1]["closing"]["amount"], found[-1]["consolidated"]["amount"]) == ("51.00", "59.00")
    assert found[0]["consolidated"]["amount"] == "58.00"


@pytest.mark.feature("ACC-59")
def test_an_accounts_standing_shows_month_end_and_turnover(bank: Bank) -> None:
    day = today(bank)
    post(bank, ("1", "cash_on_hand", "100.00"), ("1", "fee_income_deposits", "-100.00"))
    while today(bank).month == day.month:
        close_day(bank)
    post(bank, ("1", "cash_on_hand", "50.00"), ("1", "fee_income_deposits", "-50.00"))
    close_day(bank)
    post(bank, ("1", "rounding_expense", "30.00"), ("1", "cash_on_hand", "-30.00"))
    found = bank("auditor").get("/v1/accounting/accounts/110105/standing?branch=1").expect(200)
    assert (found["balance"]["amount"], found["month_end"]["amount"], found["normal_side"]) == (
        "120.00",
        "100.00",
        "debit",
    )
    assert found["month"] == {
        "debits": {"amount": "50.00", "currency": "USD"},
        "credits": {"amount": "30.00", "currency": "USD"},
    }
    assert (found["year"]["debits"]["amount"], found["year_end"]["amount"]) == ("150.00", "0.00")
    assert (found["day_opening"]["amount"], found["day"]["credits"]["amount"]) == ("150.00", "30.00")
    credit = bank("auditor").get("/v1/accounting/accounts/5/standing").expect(200)
    assert (credit["balance"]["amount"], credit["normal_side"]) == ("-150.00", "credit")
