"""What the platform promises of every operation: nothing twice, no digit lost."""

from typing import Any

import pytest

from chalicelib.platform import clock, idempotency
from chalicelib.platform.storage.store import Store
from tests.support.bank import Bank
from tests.support.given import an_account, money

HUGE = "999999999999999999.99"


@pytest.mark.feature("GEN-26")
def test_a_very_large_amount_is_posted_read_and_totalled_exactly(api: Bank) -> None:
    account = an_account(api, plan="S2")
    path = f"/v1/deposits/accounts/{account['id']}"
    receipt = api("teller").post(f"{path}/deposits", {"amount": money(HUGE)}).expect(201).json
    assert receipt["amount"] == money(HUGE)
    assert api("teller").get(f"{path}/balances")["ledger"] == money(HUGE)
    moved = api("officer").get(f"{path}/transactions?from=2026-06-01&to=2026-06-01").expect(200)["items"]
    assert [row["balance"] for row in moved] == [money(HUGE)]
    api("teller").post(f"{path}/deposits", {"amount": money("0.02")}).expect(201)
    total = api("teller").get(f"{path}/balances")["ledger"]
    assert total == money("1000000000000000000.01")
    balance = api("accountant").get("/v1/accounting/trial-balance?branch=1&date=2026-06-01").expect(200)
    assert "1000000000000000000.01" in balance.text


@pytest.mark.feature("GEN-87")
def test_the_same_key_and_content_have_one_effect_and_one_answer(api: Bank) -> None:
    account = an_account(api, balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    first = api("teller").post(path, {"amount": money("25.00")}, key="k-1").expect(201)
    again = api("teller").post(path, {"amount": money("25.00")}, key="k-1").expect(201)
    assert again.text == first.text
    assert again.headers["Idempotency-Hit"] == "true"
    assert api("teller").get(f"/v1/deposits/accounts/{account['id']}/balances")["ledger"] == money("125.00")
    other = api("teller").post(path, {"amount": money("26.00")}, key="k-1")
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    missing = api("teller").post(path, {"amount": money("25.00")}, key="")
    assert (missing.status, missing.code) == (400, "idempotency_key_missing")
    assert api("teller2").post(path, {"amount": money("25.00")}, key="k-1").status == 201


@pytest.mark.feature("GEN-87")
def test_of_two_equal_requests_at_once_one_does_the_work_and_both_get_its_answer(
    api: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no "in progress" to wait for (ADR 6): the later commit is refused and finds the first answer."""
    account = an_account(api, balance="100.00")
    path = f"/v1/deposits/accounts/{account['id']}/deposits"
    body, real, answers = {"amount": money("25.00")}, Store.transact, []

    def at_the_same_moment(store: Store, writes: list[dict[str, Any]]) -> None:
        monkeypatch.setattr(Store, "transact", real)
        answers.append(api("teller").post(path, body, key="k-1").expect(201))
        store.transact(writes)

    monkeypatch.setattr(Store, "transact", at_the_same_moment)
    answers.append(api("teller").post(path, body, key="k-1").expect(201))
    assert answers[0].text == answers[1].text
    assert [answer.headers.get("Idempotency-Hit") for answer in answers] == [None, "true"]
    assert api("teller").get(f"/v1/deposits/accounts/{account['id']}/balances")["ledger"] == money("125.00")


@pytest.mark.feature("GEN-87")
def test_keys_of_money_are_kept_35_days_and_others_one(api: Bank) -> None:
    account = an_account(api, balance="100.00")
    teller = api.person("teller").id
    api("teller").post(
        f"/v1/deposits/accounts/{account['id']}/deposits", {"amount": money("25.00")}, key="k-1"
    ).expect(201)
    api("teller").put("/v1/platform/me/language", {"language": "en"}, key="k-2").expect(204)
    work = api.work()
    days = {
        key: (
            work.get(idempotency.ANSWERS, principal=f"staff:{teller}", key=key).expires_at
            - clock.epoch_seconds()
            + 60
        )
        // 86_400
        for key in ("k-1", "k-2")
    }
    assert days == {"k-1": 35, "k-2": 1}
