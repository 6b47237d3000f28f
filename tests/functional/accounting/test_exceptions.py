"""Exceptions: money whose account is missing waits in suspense, with all that is needed to move it on."""

import pytest

from tests.functional.accounting.books import (
    an_account,
    applied,
    balance,
    change_account,
    change_control,
    close_day,
    deposit,
    line,
    post,
    set_parameter,
    today,
)
from tests.support import given
from tests.support.bank import Bank

EXCEPTIONS = "/v1/accounting/exceptions"
SUSPENSE = "259005"


def listed(bank: Bank, asked: str = "", who: str = "auditor") -> list[dict]:
    found: list[dict] = bank(who).get(f"{EXCEPTIONS}?{asked}").expect(200)["items"]
    return found


@pytest.mark.feature("GEN-52", "ACC-35", "ACC-64")
def test_an_event_without_rule_waits_in_suspense_until_it_is_reposted(bank: Bank) -> None:
    post(bank, ("1", "cash_on_hand", "40.00"), ("1", "fx_gain", "-40.00"), code="fx_sale")
    assert balance(bank, SUSPENSE) == "-40.00"
    found = listed(bank)
    assert len(found) == 1
    exception = found[0]
    assert {
        name: exception[name] for name in ("event", "role", "product", "side", "reason", "state", "branch")
    } == {
        "event": "fx_sale",
        "role": "fx_gain",
        "product": "savings",
        "side": "credit",
        "reason": "no_rule",
        "state": "open",
        "branch": "1",
    }
    assert (exception["amount"]["amount"], exception["business_date"]) == ("40.00", today(bank).isoformat())
    path = f"{EXCEPTIONS}/{exception['id']}/repostings"
    missing = bank("accountant").post(path)
    assert (missing.status, missing.code) == (409, "ledger_rule_missing")
    close_day(bank)
    set_parameter(bank, "accounting.role_map", "fx_gain", {"account": "569005"})
    done = bank("accountant").post(path).expect(201)
    assert (done["state"], done["account"]) == ("cleared", "569005")
    assert [balance(bank, account) for account in (SUSPENSE, "569005", "110105")] == [
        "0.00",
        "-40.00",
        "40.00",
    ]
    assert listed(bank) == []
    assert [row["cleared_by"] for row in listed(bank, "state=cleared")] == [done["entry_id"]]
    again = bank("accountant").post(path)
    assert (again.status, again.code) == (409, "posting_exception_cleared")
    entry = bank("auditor").get(f"/v1/accounting/entries/{done['entry_id']}").expect(200)
    assert entry["source"] == {
        "module": "accounting",
        "id": exception["id"],
        "path": f"/accounting/exceptions/{exception['id']}",
    }


@pytest.mark.feature("GEN-52", "ACC-35")
@pytest.mark.parametrize(
    ("account", "reason"),
    [("999999", "unknown_account"), ("450790", "inactive_account"), ("1101", "inactive_account")],
)
def test_an_unknown_or_inactive_account_goes_to_suspense(bank: Bank, account: str, reason: str) -> None:
    change_account(bank, "450790", active=False)
    set_parameter(bank, "accounting.role_map", "rounding_expense", {"account": account})
    post(bank, ("1", "rounding_expense", "0.01"), ("1", "cash_on_hand", "-0.01"))
    assert [(row["reason"], row["suspense_account"]) for row in listed(bank)] == [(reason, SUSPENSE)]
    assert listed(bank, f"reason={reason}") == listed(bank)


@pytest.mark.feature("ACC-35")
def test_suspense_is_kept_by_branch(bank: Bank) -> None:
    change_control(bank, scope="branch:2", suspense_account="230205")
    for branch in ("1", "2"):
        post(bank, (branch, "cash_on_hand", "3.00"), (branch, "fx_gain", "-3.00"), at=branch)
    assert [balance(bank, account, branch) for account, branch in ((SUSPENSE, "1"), ("230205", "2"))] == [
        "-3.00",
        "-3.00",
    ]


@pytest.mark.feature("ACC-36")
def test_memorandum_lines_have_a_suspense_of_their_own(bank: Bank) -> None:
    terms = {"account_class": "memo_debit", "normal_side": "debit"}
    for code, level, parent in (
        ("7", 1, None),
        ("71", 2, "7"),
        ("7109", 3, "71"),
        ("710905", 4, "7109"),
        ("710999", 4, "7109"),
    ):
        body = {"names": {"es": code}, "level": level, "parent": parent, "postable": level == 4, **terms}
        set_parameter(bank, "accounting.account", code, body)
    change_control(bank, suspense_memo_account="710999")
    set_parameter(bank, "accounting.role_map", "memo_contra", {"account": "710905"})
    post(bank, ("1", "memo_overdraft_interest", "9.00"), ("1", "memo_contra", "-9.00"))
    set_parameter(bank, "accounting.role_map", "memo_overdraft_interest", {"account": "71098888"})
    post(bank, ("1", "memo_overdraft_interest", "2.00"), ("1", "memo_contra", "-2.00"))
    post(bank, ("1", "cash_on_hand", "40.00"), ("1", "fx_gain", "-40.00"))
    assert [balance(bank, account) for account in ("710999", SUSPENSE)] == ["11.00", "-40.00"]


def test_without_any_suspense_account_nothing_is_posted(bank: Bank) -> None:
    change_account(bank, SUSPENSE, active=False)
    change_account(bank, "549005", active=False)
    account = an_account(bank)
    deposit(bank, account, "50.00")
    set_parameter(bank, "accounting.role_map", "cash_on_hand", {"account": "999999"})
    refused = bank("teller").post(
        f"/v1/deposits/accounts/{account}/deposits", {"amount": {"amount": "5.00", "currency": "USD"}}
    )
    assert (refused.status, refused.code) == (409, "suspense_account_missing")
    assert balance(bank, "2101") == "-50.00"


def test_a_member_deposit_in_suspense_is_still_owed_to_the_member(bank: Bank) -> None:
    from chalicelib.modules.accounting import public as accounting

    set_parameter(bank, "accounting.role_map", "member_deposits", {"account": "999999"})
    account = an_account(bank)
    deposit(bank, account, "50.00")
    shown = accounting.balance(bank.work(), "1", "member_deposits", "savings", "USD", today(bank))
    assert shown == -50_00
    exception = listed(bank)[0]
    set_parameter(bank, "accounting.role_map", "member_deposits", {"account": "210135"})
    bank("accountant").post(f"{EXCEPTIONS}/{exception['id']}/repostings").expect(201)
    work = bank.work()
    assert accounting.balance(work, "1", "member_deposits", "savings", "USD", today(bank)) == -50_00
    assert [balance(bank, each) for each in (SUSPENSE, "210135")] == ["0.00", "-50.00"]


def test_a_reversal_takes_from_the_ledger_accounts_that_the_entry_went_to(bank: Bank) -> None:
    entry = deposit(bank, without_minimum(bank, "2"), "50.00")["entry_id"]
    set_parameter(bank, "accounting.role_map", "member_deposits", {"account": "210150"})
    reverse(bank, entry)
    assert [balance(bank, each) for each in ("210135", "210150", "110105")] == ["0.00", "0.00", "0.00"]


def test_a_reversal_of_what_was_moved_out_of_suspense_takes_it_from_where_it_went(bank: Bank) -> None:
    set_parameter(bank, "accounting.role_map", "member_deposits", {"account": "999999"})
    entry = deposit(bank, without_minimum(bank, "1"), "50.00")["entry_id"]
    set_parameter(bank, "accounting.role_map", "member_deposits", {"account": "210135"})
    bank("accountant").post(f"{EXCEPTIONS}/{listed(bank)[0]['id']}/repostings").expect(201)
    reverse(bank, entry)
    assert [balance(bank, each) for each in (SUSPENSE, "210135", "110105")] == ["0.00", "0.00", "0.00"]


def without_minimum(bank: Bank, branch: str) -> str:
    return str(given.an_account(bank, plan="S2", branch=branch)["id"])


def reverse(bank: Bank, entry: str) -> None:
    path = f"/v1/deposits/transactions/{entry}/reversals"
    bank("teller").post(path, {"reason": "monto equivocado"}).expect(201)


def test_two_lines_of_one_entry_in_suspense_are_two_exceptions(bank: Bank) -> None:
    post(bank, ("1", "fx_loss", "1.00"), ("1", "fx_loss", "2.00"), ("1", "cash_on_hand", "-3.00"))
    assert sorted(row["amount"]["amount"] for row in listed(bank)) == ["1.00", "2.00"]


@pytest.mark.feature("ACC-70")
def test_the_exception_report_shows_side_balance_and_transaction(bank: Bank) -> None:
    change_account(
        bank, "569005", maximum_balance="100.00", minimum_transaction="1.00", maximum_transaction="50.00"
    )
    post(bank, ("1", "rounding_income", "60.00"), ("1", "cash_on_hand", "-60.00"))
    post(
        bank,
        ("2", "cash_on_hand", "120.50"),
        ("2", "rounding_income", "-120.00"),
        ("2", "rounding_income", "-0.50"),
        at="2",
    )
    asked = {"filters": {"on": today(bank).isoformat()}, "format": "json", "language": "en"}
    bank("auditor").language = "en"
    found = bank("auditor").post("/v1/platform/reports/account_exceptions/runs", asked).expect(200)["rows"]
    assert [(row["branch"], row["account"], row["kind"], row["amount"]["amount"]) for row in found] == [
        ("1", "110105", "Balance on the wrong side", "-60.00"),
        ("1", "569005", "Balance on the wrong side", "-60.00"),
        ("1", "569005", "Transaction above the maximum", "60.00"),
        ("2", "569005", "Balance above the maximum", "120.50"),
        ("2", "569005", "Transaction above the maximum", "120.00"),
        ("2", "569005", "Transaction below the minimum", "0.50"),
    ]


def test_exceptions_are_listed_page_by_page_and_within_the_scope(bank: Bank) -> None:
    for branch in ("1", "2", "1"):
        post(bank, (branch, "cash_on_hand", "3.00"), (branch, "fx_gain", "-3.00"), at=branch)
    first = bank("auditor").get(f"{EXCEPTIONS}?limit=2").expect(200)
    second = bank("auditor").get(f"{EXCEPTIONS}?limit=2&cursor={first['next_cursor']}").expect(200)
    assert len({row["id"] for row in (*first["items"], *second["items"])}) == 3
    assert second["next_cursor"] is None
    assert len(listed(bank, "branch=2")) == 1
    assert listed(bank, "from=2030-01-01") == []
    of_branch_2 = listed(bank, "branch=2")[0]["id"]
    from tests.functional.accounting.books import enrol

    clerk = enrol(bank, "clerk", "1")
    assert {row["branch"] for row in clerk.get(EXCEPTIONS).expect(200)["items"]} == {"1"}
    for reply in (
        clerk.get(f"{EXCEPTIONS}/{of_branch_2}"),
        clerk.post(f"{EXCEPTIONS}/{of_branch_2}/repostings"),
        bank("accountant", "paramo").get(f"{EXCEPTIONS}/{of_branch_2}"),
    ):
        assert (reply.status, reply.code) == (404, "unknown_posting_exception")
    assert bank("auditor").post(f"{EXCEPTIONS}/{of_branch_2}/repostings").status == 403


@pytest.mark.feature("GEN-54")
def test_from_an_entry_to_its_source_and_back(bank: Bank) -> None:
    voucher = applied(bank, line("450790", "5.00"), line("110105", "-5.00"))
    entry = bank("auditor").get(f"/v1/accounting/entries/{voucher['entry_id']}").expect(200)
    assert entry["source"]["module"] == "accounting"
    origin = bank("auditor").get(f"/v1{entry['source']['path']}").expect(200)
    assert (origin["id"], origin["entry_id"]) == (voucher["id"], entry["id"])


def test_reports_come_in_every_form_and_language(bank: Bank) -> None:
    applied(bank)
    post(bank, ("1", "cash_on_hand", "40.00"), ("1", "fx_gain", "-40.00"))
    day = today(bank).isoformat()
    filters = {
        "trial_balance": {"branch": "1", "level": 4},
        "journal_of_day": {"branch": "1"},
        "account_movements": {"account": "110105", "since": day, "until": day},
        "posting_exceptions": {},
        "account_exceptions": {},
    }
    offered = {
        row["code"]: row for row in bank("accountant").get("/v1/platform/reports").expect(200)["items"]
    }
    assert filters.keys() <= offered.keys()
    for code, asked in filters.items():
        assert all(column["label"] for column in offered[code]["columns"])
        for form in ("json", "csv", "xlsx", "pdf"):
            body = {"filters": asked, "format": form, "language": "en"}
            assert bank("accountant").post(f"/v1/platform/reports/{code}/runs", body).status == 200
    body = {"filters": filters["trial_balance"], "format": "json", "language": "es"}
    found = bank("accountant").post("/v1/platform/reports/trial_balance/runs", body).expect(200)["rows"]
    assert found[-1]["name"] == "Total"
    assert (found[-1]["debits"], found[-1]["closing"]["amount"]) == (found[-1]["credits"], "0.00")
