"""Whatever is asked wrongly is refused by its own code, in the reader's language, and nothing is written."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.modules.accounting import public as accounting
from chalicelib.platform import texts
from chalicelib.platform.access import tokens
from chalicelib.platform.posting.days import GATES, all_gates
from chalicelib.platform.storage.codec import Item
from chalicelib.workflows.end_of_day import service as end_of_day
from chalicelib.workflows.onboarding import command as onboarding
from chalicelib.workflows.seeding import command as seeding
from tests.functional.accounting.books import BRANCHES, a_voucher, change_control
from tests.support.api import Client, Reply
from tests.support.bank import FIRST, FIXTURES, SECOND, Bank
from tests.support.given import an_account, money

TABLES = ("core", "journal", "config", "audit")
LANGUAGES = ("es", "en")
DEPOSITS = "/v1/deposits/accounts/{}/deposits"
WITHDRAWALS = "/v1/deposits/accounts/{}/withdrawals"
RUNS = "/v1/platform/closing-runs"
VOUCHERS = "/v1/accounting/vouchers"
OLD_SECONDS = 1200


@dataclass(frozen=True)
class Scene:
    """A bank with an account of a hundred, a closed one, one of another cooperative, and a closed month."""

    bank: Bank
    account: str
    closed: str
    foreign: str
    user: str
    expired: Client
    forged: Client

    def deposit(self, body: Any, account: str = "", **options: Any) -> Reply:
        return self.bank("teller").post(DEPOSITS.format(account or self.account), body, **options)


@pytest.fixture(scope="module")
def scene(module_bank: Bank) -> Scene:
    bank = module_bank
    account, closed = (an_account(bank, plan="S2", balance=balance)["id"] for balance in ("100.00", ""))
    bank("officer").post(f"/v1/deposits/accounts/{closed}/closures", {"reason": "ya no la usa"}).expect(201)
    foreign = an_account(bank, tenant=SECOND, balance="50000")["id"]
    first = DEPOSITS.format(account)
    bank("teller").post(first, {"amount": money("1.00")}, key="used-before").expect(201)
    begin_july(bank)
    change_control(bank, late_days=40)
    month = {"state": "closed", "reason": "fin de mes"}
    bank("accountant").post("/v1/accounting/periods/1/2026-06/closings", month).expect(201)
    user = bank.person("teller").id
    bank("admin").patch(f"/v1/administration/users/{user}", {"name": "Otro Nombre"}).expect(200)
    return Scene(bank, account, closed, foreign, user, expired(bank), forged(bank))


def begin_july(bank: Bank) -> None:
    """Let the branches stand on the first of July, with the ledger of June closed."""
    first, last, july = date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)
    for day in (first, last):
        work = bank.work()
        for branch in BRANCHES:
            accounting.close_ledger(work, branch, day)
        work.commit()
    work = bank.work()
    for branch in BRANCHES:
        for gate in all_gates(work, branch):
            moved = replace(gate, previous_date=last, business_date=july, next_date=july + timedelta(days=1))
            work.put(GATES, moved)
    work.commit()


def expired(bank: Bank) -> Client:
    """The teller with a token of the bank's own that ended ten minutes ago."""
    then = tokens.clock.epoch_seconds() - OLD_SECONDS
    with patch.object(tokens.clock, "epoch_seconds", lambda: then):
        token = bank("teller").token()
    return Client(FIRST, "teller", lambda: token)


def forged(bank: Bank) -> Client:
    """The teller with a token that names the other cooperative under the signature of their own."""
    head, _, signature = bank("teller").token().split(".")
    content = bank("admin", SECOND).token().split(".")[1]
    return Client(FIRST, "teller", lambda: f"{head}.{content}.{signature}")


def stored(bank: Bank) -> dict[tuple[str, str, str], str]:
    """Everything in the tables, but for the counters of requests and the record of refusals."""
    return {
        (name, item["pk"]["S"], item["sk"]["S"]): repr(sorted(item.items())) for name, item in _kept(bank)
    }


def _kept(bank: Bank) -> Iterator[tuple[str, Item]]:
    store = bank.store()
    for name in TABLES:
        pages = store.client.get_paginator("scan").paginate(TableName=store.table(name), ConsistentRead=True)
        for item in (item for page in pages for item in page["Items"]):
            told = item.get("kind", {}).get("S") == "security" or "#heads" in item["pk"]["S"]
            if "#throttle#" not in item["pk"]["S"] and not told:
                yield name, item


Asked = Callable[[Scene, dict[str, str]], Reply]


def a_deposit(body: Any, account: str = "account", **options: Any) -> Asked:
    return lambda scene, headers: scene.deposit(body, getattr(scene, account), headers=headers, **options)


def of(amount: str, currency: str = "USD", **more: Any) -> dict[str, Any]:
    return {"amount": {"amount": amount, "currency": currency}, **more}


def a_withdrawal(scene: Scene, headers: dict[str, str]) -> Reply:
    return scene.bank("teller").post(WITHDRAWALS.format(scene.account), of("101.01"), headers=headers)


def an_old_version(scene: Scene, headers: dict[str, str]) -> Reply:
    path = f"/v1/administration/users/{scene.user}"
    return scene.bank("admin").patch(path, {"name": "Tarde"}, if_match=1, headers=headers)


def with_token(who: str) -> Asked:
    def ask(scene: Scene, headers: dict[str, str]) -> Reply:
        client: Client = getattr(scene, who)
        return client.post(DEPOSITS.format(scene.account), of("1.00"), headers=headers)

    return ask


def a_closed_date(scene: Scene, headers: dict[str, str]) -> Reply:
    return scene.bank("operator").post(RUNS, {"business_date": "2026-06-30"}, headers=headers)


def a_voucher_of_june(scene: Scene, headers: dict[str, str]) -> Reply:
    return scene.bank("accountant").post(VOUCHERS, a_voucher(effective_date="2026-06-30"), headers=headers)


def a_late_deposit(scene: Scene, headers: dict[str, str]) -> Reply:
    path = DEPOSITS.format(scene.account)
    return scene.bank("manager").post(path, of("1.00", value_date="2026-06-30"), headers=headers)


WRONG: dict[str, tuple[Asked, int, str, str]] = {
    "malformed JSON": (a_deposit(None, raw=b'{"amount":'), 400, "malformed_json", ""),
    "an unknown field": (a_deposit(of("1.00", regalo=1)), 422, "unknown_field", "regalo"),
    "a missing field": (a_deposit({}), 422, "required", "amount"),
    "a number for an amount": (
        a_deposit({"amount": {"amount": 1.5, "currency": "USD"}}),
        422,
        "malformed_money",
        "amount",
    ),
    "a number for a text": (a_deposit(of("1.00", narrative=7)), 422, "wrong_type", "narrative"),
    "a list": (a_deposit([1]), 422, "not_an_object", ""),
    "a negative amount": (a_deposit(of("-1.00")), 422, "amount_not_positive", "amount"),
    "nothing": (a_deposit(of("0.00")), 422, "amount_not_positive", "amount"),
    "too many decimals": (a_deposit(of("1.001")), 422, "excess_decimals", "amount"),
    "another currency": (a_deposit(of("1.00", "EUR")), 422, "currency_mismatch", "amount.currency"),
    "an unknown account": (
        lambda scene, headers: scene.deposit(of("1.00"), "dep_none", headers=headers),
        404,
        "unknown_account",
        "account_id",
    ),
    "a closed account": (a_deposit(of("1.00"), "closed"), 409, "account_closed", "account_id"),
    "more than there is": (a_withdrawal, 422, "insufficient_funds", "amount"),
    "a version that has changed": (an_old_version, 412, "stale_version", "If-Match"),
    "no key": (a_deposit(of("1.00"), key=""), 400, "idempotency_key_missing", "Idempotency-Key"),
    "a key of something else": (
        a_deposit(of("2.00"), key="used-before"),
        422,
        "idempotency_key_reused",
        "Idempotency-Key",
    ),
    "an expired token": (with_token("expired"), 401, "not_signed_in", ""),
    "a forged token": (with_token("forged"), 401, "not_signed_in", ""),
    "an account of another cooperative": (
        a_deposit(of("1.00"), "foreign"),
        404,
        "unknown_account",
        "account_id",
    ),
    "the end of a day that is over": (a_closed_date, 409, "closed_date", "business_date"),
    "a voucher of a closed month": (a_voucher_of_june, 409, "period_closed", "effective_date"),
    "a deposit dated back": (a_late_deposit, 422, "backdating_not_allowed", "value_date"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_request_is_refused_in_both_languages_and_writes_nothing(scene: Scene, name: str) -> None:
    ask, status, code, field = WRONG[name]
    ask(scene, {})  # who asks is signed in, and what they ask is refused, before anything is compared
    before = stored(scene.bank)
    replies = {language: ask(scene, {"accept-language": language}) for language in LANGUAGES}
    for language, reply in replies.items():
        assert (reply.status, reply.code, reply.json.get("field", "")) == (status, code, field)
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert "{" not in reply["title"] + reply["detail"]
        assert re.fullmatch(pattern(code, language), reply["detail"])
    assert replies["es"]["detail"] != replies["en"]["detail"]
    assert stored(scene.bank) == before


def said(code: str, language: str) -> str:
    return texts.text(f"errors.{code}.detail", language)


def pattern(code: str, language: str) -> str:
    """What the catalogue says, with anything for its placeholders."""
    return ".+".join(re.escape(part) for part in re.split(r"{\w+}", said(code, language)))


def test_a_second_run_while_one_is_under_way_is_refused_and_writes_nothing(bank: Bank) -> None:
    work = bank.work()
    run = end_of_day.start(work)
    work._afterwards.clear()
    work.commit()
    bank("operator")
    before = stored(bank)
    details = set()
    for language in LANGUAGES:
        reply = bank("operator").post(RUNS, {}, headers={"accept-language": language})
        assert (reply.status, reply.code) == (409, "run_in_progress")
        assert end_of_day.find(bank.work(), run.id) == end_of_day.find(work.fresh(), run.id)
        details.add(reply["detail"])
    assert len(details) == len(LANGUAGES)
    assert stored(bank) == before


MANIFESTS = {
    "a cycle": ("branches.yaml", 'parent: "1"', 'parent: "2"', "reference_cycle"),
    "an unknown reference": (
        "deposit_plans.yaml",
        "interest_code: TIERED",
        "interest_code: TIRED",
        "unknown_reference",
    ),
    "a duplicate": ("interest_codes.yaml", "code: BANDED", "code: TIERED", "set_repeated"),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_wrong_manifest_is_refused_in_both_languages_and_writes_nothing(
    scene: Scene, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, right, wrong, code = MANIFESTS[name]
    shutil.copytree(FIXTURES / FIRST, tmp_path / FIRST)
    path = tmp_path / FIRST / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    before, told = stored(scene.bank), {}
    for language in LANGUAGES:
        assert onboarding.main([FIRST, "--yes", "--language", language], tmp_path) == 1
        told[language] = capsys.readouterr().out
        assert f"✗ {FIRST}: {file}: " in told[language]
        assert re.search(f": {code}: {pattern(code, language)}\n", told[language])
    assert told["es"] != told["en"]
    assert stored(scene.bank) == before


def test_a_running_cooperative_is_not_seeded_and_nothing_is_written(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored(scene.bank)
    for language in LANGUAGES:
        asked = [FIRST, "--members", "2", "--months", "0", "--language", language]
        assert seeding.main(asked, FIXTURES) == 1
        expected = said("tenant_not_empty", language).split("{")[0]
        assert f"✗ tenant_not_empty: {expected}" in capsys.readouterr().out
    assert said("tenant_not_empty", "es") != said("tenant_not_empty", "en")
    assert stored(scene.bank) == before
