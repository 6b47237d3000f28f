"""Vouchers: entered by one person, authorised by another, numbered without gaps, undone by their mirror."""

from datetime import timedelta

import pytest

from chalicelib.modules.accounting.service import vouchers
from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.posting.records import JOURNAL
from chalicelib.platform.work import VersionConflict
from chalicelib.workflows.end_of_day import cut_over
from tests.functional.accounting.books import (
    a_voucher,
    applied,
    authorise,
    balance,
    capture,
    change_account,
    change_control,
    close_day,
    do,
    enrol,
    line,
    set_parameter,
    today,
    usd,
)
from tests.support.bank import Bank

VOUCHERS = "/v1/accounting/vouchers"


def numbers(bank: Bank) -> list[str]:
    found = bank("accountant").get(f"{VOUCHERS}?limit=200").expect(200)["items"]
    return sorted(voucher["number"] for voucher in found if voucher["number"])


@pytest.mark.feature("ACC-13")
def test_an_unbalanced_voucher_can_be_kept_but_not_submitted(bank: Bank) -> None:
    body = a_voucher(line("450790", "100.00"), line("110105", "-90.00"))
    refused = bank("accountant").post(VOUCHERS, body)
    assert (refused.status, refused.code) == (422, "voucher_unbalanced")
    assert "10,00" in refused["detail"]
    draft = capture(bank, {**body, "submit": False})
    assert draft["state"] == "draft"
    path = f"{VOUCHERS}/{draft['id']}"
    assert bank("accountant").post(f"{path}/submissions").code == "voucher_unbalanced"
    right = a_voucher(line("450790", "90.00"), line("110105", "-90.00"))
    changed = bank("accountant").put(path, right, if_match=draft["version"]).expect(200)
    assert changed["version"] == draft["version"] + 1
    assert bank("accountant").post(f"{path}/submissions").expect(200)["state"] == "pending_authorisation"
    assert bank("accountant").put(path, right).code == "voucher_state_forbids"


@pytest.mark.feature("ACC-13")
def test_every_currency_balances_on_its_own(bank: Bank) -> None:
    body = a_voucher(line("450790", "10.00"), line("110105", "-10.00", currency="EUR"))
    assert bank("accountant").post(VOUCHERS, body).code == "voucher_unbalanced"
    both = a_voucher(
        line("450790", "10.00"),
        line("110105", "-10.00"),
        line("450790", "7.00", currency="EUR"),
        line("110105", "-7.00", currency="EUR"),
    )
    voucher = authorise(bank, capture(bank, both)).expect(201)
    assert voucher["state"] == "applied"
    assert balance(bank, "450790", currency="EUR") == "7.00"


@pytest.mark.feature("ACC-42", "ACC-43")
def test_a_voucher_posts_only_when_another_person_authorises_it(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert (voucher["state"], voucher["number"], voucher["entry_id"]) == ("pending_authorisation", "", "")
    assert balance(bank, "110105") == "0.00"
    own = authorise(bank, voucher, "accountant")
    assert (own.status, own.code) == (409, "author_cannot_authorise")
    assert balance(bank, "110105") == "0.00"
    done = authorise(bank, voucher, "accountant2").expect(201).json
    assert (done["state"], done["number"]) == ("applied", "DIA-000001")
    assert (done["author"]["name"], done["authoriser"]["name"]) == ("Mercedes Albán", "Fausto Yánez")
    assert balance(bank, "110105") == "-12.50"
    assert authorise(bank, voucher, "accountant2").code == "voucher_state_forbids"


@pytest.mark.feature("ACC-42")
def test_whether_a_voucher_needs_authorisation_is_a_parameter(bank: Bank) -> None:
    assert capture(bank, a_voucher(concept="ADJUST"))["state"] == "applied"
    change_control(bank, voucher_approval="over_threshold", voucher_approval_threshold="100.00")
    small, large = a_voucher(), a_voucher(line("450790", "100.00"), line("110105", "-100.00"))
    assert [capture(bank, body)["state"] for body in (small, large)] == ["applied", "pending_authorisation"]
    change_control(bank, scope="branch:2", voucher_approval="never", voucher_approval_threshold=None)
    assert capture(bank, {**large, "branch": "2"})["state"] == "applied"


def test_a_rejected_voucher_never_posts(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    rejected = authorise(bank, voucher, decision="reject").expect(201).json
    assert (rejected["state"], rejected["reason"]) == ("rejected", "revisado")
    assert authorise(bank, voucher).code == "voucher_state_forbids"
    assert balance(bank, "110105") == "0.00"
    waiting = bank("accountant").get(f"{VOUCHERS}?state=pending_authorisation").expect(200)
    assert waiting["items"] == []


@pytest.mark.feature("ACC-41")
def test_a_user_enters_data_only_for_the_branches_where_they_are_enrolled(bank: Bank) -> None:
    clerk = enrol(bank, "clerk", "1")
    body = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00", "2"))
    refused = clerk.post(VOUCHERS, body)
    assert (refused.status, refused.code) == (403, "branch_not_enrolled")
    assert refused["field"] == "lines.0.branch"
    clerk = enrol(bank, "clerk", "1", "2")
    assert clerk.post(VOUCHERS, body).status == 201


def test_a_voucher_of_another_branch_is_not_found(bank: Bank) -> None:
    voucher = capture(bank, a_voucher(branch="2"))
    clerk = enrol(bank, "clerk", "1")
    for reply in (
        clerk.get(f"{VOUCHERS}/{voucher['id']}"),
        clerk.post(f"{VOUCHERS}/{voucher['id']}/authorisations", {"decision": "approve"}),
        bank("accountant", "paramo").get(f"{VOUCHERS}/{voucher['id']}"),
        bank("accountant").get(f"{VOUCHERS}/vou_unknown"),
    ):
        assert (reply.status, reply.code) == (404, "unknown_voucher")


@pytest.mark.feature("ACC-76")
def test_each_concept_numbers_its_own_vouchers_without_gaps(bank: Bank) -> None:
    concept = {"names": {"es": "Préstamos"}, "prefix": "LOAN", "approval_required": False}
    set_parameter(bank, "accounting.voucher_concept", "LOANS", concept)
    for number in (1, 2):
        assert capture(bank, a_voucher(concept="LOANS"))["number"] == f"LOAN-{number:06d}"
    authorise(bank, capture(bank, a_voucher()), decision="reject").expect(201)
    refused = bank("accountant").post(
        VOUCHERS, a_voucher(line("999", "1.00"), line("110105", "-1.00"), concept="LOANS")
    )
    assert refused.status == 422
    assert applied(bank)["number"] == "DIA-000001"
    assert capture(bank, a_voucher(concept="LOANS"))["number"] == "LOAN-000003"


def test_two_vouchers_applied_at_once_never_share_a_number(bank: Bank) -> None:
    made = [capture(bank, a_voucher())["id"] for _ in range(2)]
    works = [bank.work(), bank.work()]
    first, second = (vouchers.decide(work, each, True, "") for work, each in zip(works, made, strict=True))
    assert first.number == second.number == "DIA-000001"
    works[0].commit()
    with pytest.raises(VersionConflict):
        works[1].commit()
    assert authorise(bank, {"id": made[1]}).expect(201)["number"] == "DIA-000002"


@pytest.mark.feature("ACC-78")
def test_an_injected_failure_leaves_no_half_entry(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.platform.storage.store import Store

    real, calls = Store.transact, []

    def dies(store: Store, writes: list) -> None:
        calls.append(len(writes))
        raise ConnectionError

    body = a_voucher(line("450790", "5.00", "2"), line("110105", "-5.00"), concept="ADJUST")
    accountant = bank("accountant")
    monkeypatch.setattr(Store, "transact", dies)
    assert accountant.post(VOUCHERS, body, key="once").status == 500
    assert calls
    monkeypatch.setattr(Store, "transact", real)
    assert numbers(bank) == []
    journal = [
        item
        for branch in "12"
        for shard in range(4)
        for item in bank.work().all(JOURNAL, branch=branch, business_date=today(bank), shard=shard)
    ]
    assert journal == []
    assert bank("accountant").post(VOUCHERS, body, key="once").expect(201)["number"] == "AJU-000001"


def test_a_retried_capture_has_one_effect(bank: Bank) -> None:
    body = a_voucher(concept="ADJUST")
    first = bank("accountant").post(VOUCHERS, body, key="same").expect(201)
    again = bank("accountant").post(VOUCHERS, body, key="same").expect(201)
    assert (again.headers["Idempotency-Hit"], again.json) == ("true", first.json)
    assert bank("accountant").post(VOUCHERS, a_voucher(), key="same").code == "idempotency_key_reused"
    assert bank("accountant").post(VOUCHERS, body, key="").status in (400, 422)
    assert balance(bank, "110105") == "-12.50"


@pytest.mark.feature("ACC-61")
def test_a_voucher_is_found_by_its_number_and_date_of_capture(bank: Bank) -> None:
    rows = [
        line("450790", "30.00"),
        line("250405", "20.00"),
        line("110105", "-45.00"),
        line("569005", "-5.00"),
    ]
    voucher = applied(bank, *rows)
    asked = f"{VOUCHERS}?number={voucher['number']}&captured_on={today(bank)}"
    found = bank("auditor").get(asked).expect(200)["items"]
    assert len(found) == 1
    assert [(row["account"], row["side"], row["amount"]["amount"]) for row in found[0]["lines"]] == [
        ("450790", "debit", "30.00"),
        ("250405", "debit", "20.00"),
        ("110105", "credit", "45.00"),
        ("569005", "credit", "5.00"),
    ]
    assert found[0]["author"]["name"] == "Mercedes Albán"
    assert found[0]["authoriser"]["name"] == "Fausto Yánez"
    assert found[0]["entry_id"].startswith("ent_")
    other_day = today(bank) - timedelta(days=1)
    assert (
        bank("auditor").get(f"{VOUCHERS}?number={voucher['number']}&captured_on={other_day}")["items"] == []
    )
    assert bank("auditor").get(f"{VOUCHERS}?number=DIA-999999")["items"] == []


def test_vouchers_are_listed_newest_first_page_by_page(bank: Bank) -> None:
    made = [capture(bank, a_voucher(concept="ADJUST"))["id"] for _ in range(3)]
    made.append(capture(bank, a_voucher(branch="2"))["id"])
    first = bank("accountant").get(f"{VOUCHERS}?limit=3").expect(200)
    second = bank("accountant").get(f"{VOUCHERS}?limit=3&cursor={first['next_cursor']}").expect(200)
    assert [row["id"] for row in (*first["items"], *second["items"])] == made[::-1]
    assert second["next_cursor"] is None
    assert [row["id"] for row in bank("accountant").get(f"{VOUCHERS}?branch=2")["items"]] == made[3:]
    assert len(bank("accountant").get(f"{VOUCHERS}?state=applied&limit=2")["items"]) == 2
    assert bank("accountant").get(f"{VOUCHERS}?cursor=nonsense").code == "unknown_cursor"


@pytest.mark.feature("ACC-81")
def test_a_posted_voucher_is_corrected_only_by_its_reversal(bank: Bank) -> None:
    voucher = applied(bank, line("450790", "40.00", "2"), line("110105", "-40.00"))
    asked = bank("accountant").post(f"{VOUCHERS}/{voucher['id']}/reversals", {"reason": "cuenta equivocada"})
    undoing = asked.expect(201).json
    assert (undoing["state"], undoing["reverses"]) == ("pending_authorisation", voucher["id"])
    again = bank("accountant2").post(f"{VOUCHERS}/{voucher['id']}/reversals", {"reason": "otra vez"})
    assert (again.status, again.code) == (409, "voucher_reversal_exists")
    assert authorise(bank, undoing, "accountant").code == "author_cannot_authorise"
    done = authorise(bank, undoing).expect(201).json
    assert (done["state"], done["number"]) == ("applied", "DIA-000002")
    for account in ("450790", "110105", "190801", "290801"):
        for branch in ("1", "2"):
            assert balance(bank, account, branch) == "0.00"
    original = bank("accountant").get(f"{VOUCHERS}/{voucher['id']}").expect(200)
    assert (original["state"], original["reversal"]) == ("reversed", undoing["id"])
    entries = [
        bank("auditor").get(f"/v1/accounting/entries/{each['entry_id']}").json for each in (voucher, done)
    ]
    assert entries[0]["reversed_by"] == entries[1]["id"]
    assert entries[1]["reverses"] == entries[0]["id"]
    last = bank("accountant").post(f"{VOUCHERS}/{undoing['id']}/reversals", {"reason": "al revés"})
    assert (last.status, last.code) == (409, "reversal_is_final")


@pytest.mark.feature("ACC-81")
def test_nothing_edits_the_journal(bank: Bank) -> None:
    methods = {operation.method for operation in all_operations() if "/entries" in operation.path}
    assert methods == {"GET"}
    voucher = applied(bank)
    assert bank("accountant").put(f"{VOUCHERS}/{voucher['id']}", a_voucher()).code == "voucher_state_forbids"


def test_a_rejected_reversal_lets_another_be_asked_for(bank: Bank) -> None:
    voucher = applied(bank)
    path = f"{VOUCHERS}/{voucher['id']}/reversals"
    first = bank("accountant").post(path, {"reason": "por error"}).expect(201).json
    authorise(bank, first, decision="reject").expect(201)
    second = bank("accountant").post(path, {"reason": "de nuevo"}).expect(201).json
    assert authorise(bank, second).expect(201)["state"] == "applied"


@pytest.mark.feature("ACC-14")
def test_in_batch_mode_vouchers_are_applied_by_the_end_of_day(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    voucher = applied(bank)
    assert (voucher["state"], voucher["number"]) == ("authorised", "")
    assert balance(bank, "110105") == "0.00"
    waiting = bank("accountant").get(f"{VOUCHERS}?state=authorised").expect(200)["items"]
    assert [row["id"] for row in waiting] == [voucher["id"]]
    day = close_day(bank)
    after = bank("accountant").get(f"{VOUCHERS}/{voucher['id']}").expect(200)
    assert (after["state"], after["business_date"], after["number"]) == (
        "applied",
        day.isoformat(),
        "DIA-000001",
    )
    assert balance(bank, "110105", date=day) == "-12.50"
    assert bank("accountant").get(f"{VOUCHERS}?state=authorised")["items"] == []


def test_a_batch_voucher_of_a_branch_that_stands_elsewhere_is_applied_on_the_open_date(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    voucher = applied(bank, line("450790", "5.00", "2"), line("110105", "-5.00"))
    day = today(bank)
    do(bank, lambda work: cut_over.move(work, ("1",), day))
    do(bank, lambda work: vouchers.apply_at_close(work, voucher["id"], day))
    after = bank("accountant").get(f"{VOUCHERS}/{voucher['id']}").expect(200)
    assert (after["state"], after["business_date"]) == ("applied", today(bank).isoformat())
    parts = bank("auditor").get(f"/v1/accounting/entries/{after['entry_id']}").expect(200)["legs"]
    dates = {leg["branch"]: leg["business_date"] for leg in parts}
    assert dates == {"1": today(bank).isoformat(), "2": day.isoformat()}


def test_at_the_close_an_account_that_was_deactivated_does_not_stop_the_day(bank: Bank) -> None:
    change_control(bank, posting_mode="batch")
    voucher = applied(bank)
    change_account(bank, "450790", active=False)
    day = close_day(bank)
    assert balance(bank, "259005", date=day) == "12.50"
    found = bank("auditor").get("/v1/accounting/exceptions").expect(200)["items"]
    assert [(row["role"], row["reason"]) for row in found] == [("gl:450790", "inactive_account")]
    assert found[0]["source"]["id"] == voucher["id"]


def test_authorising_needs_its_permission_and_its_version(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert authorise(bank, voucher, "teller").status == 403
    path = f"{VOUCHERS}/{voucher['id']}/authorisations"
    stale = bank("accountant2").post(path, {"decision": "approve"}, if_match=voucher["version"] + 7)
    assert (stale.status, stale.code) == (412, "stale_version")
    assert bank("accountant2").post(path, {"decision": "approve"}, if_match=voucher["version"]).status == 201


def test_amounts_of_the_voucher_are_those_of_the_line(bank: Bank) -> None:
    voucher = capture(bank, a_voucher())
    assert voucher["lines"][0]["amount"] == usd("12.50")
