"""Joint accounts in the portal: whoever owns a part sees the account, and no more than that part counts."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chalicelib.platform.storage.store import Store
from tests.functional.member_portal.conftest import a_term_deposit
from tests.functional.parties.people import have
from tests.functional.parties.test_account_parties import owner, stand_on, tie
from tests.support.api import Client, Reply
from tests.support.bank import Bank
from tests.support.given import a_member, an_account, money
from tests.support.pdf import text_of

POSITION = "/v1/member_portal/position"
SIGNER = {"names": {"es": "Firma autorizada"}, "permits_query": True}
SILENT = {"names": {"es": "Titular sin consulta"}, "owner": True, "permits_query": False}


def asked_of(portal: Client, account: dict[str, Any]) -> list[Reply]:
    """Everything that a member may ask of an account."""
    base = f"/v1/member_portal/accounts/{account['id']}"
    return [portal.get(f"{base}/{part}") for part in ("movements", "statement", "statements")]


def row_of(portal: Client, account: dict[str, Any]) -> dict[str, Any] | None:
    listed = portal.get(POSITION).expect(200)["accounts"]
    return next((row for row in listed if row["id"] == account["id"]), None)


def held_at_the_office(bank: Bank, party_id: str) -> dict[str, str]:
    """What the office says that a party holds."""
    (total,) = bank("teller").get(f"/v1/parties/parties/{party_id}/products").expect(200)["totals"]
    held: dict[str, str] = total["held"]
    return held


def a_pair(bank: Bank) -> tuple[str, str]:
    return a_member(bank)["id"], a_member(bank)["id"]


@pytest.mark.parametrize(
    ("percentages", "shares"),
    [(("50", "50"), ("50.00", "50.01")), (("33.3334", "66.6666"), ("33.34", "66.67"))],
)
def test_each_owner_sees_the_whole_and_counts_their_share_as_the_office_does(
    bank: Bank, percentages: tuple[str, str], shares: tuple[str, str]
) -> None:
    pair = a_pair(bank)
    account = an_account(bank, plan="S2", party_id=pair[0], balance="100.01")
    an_account(bank, plan="S2", party_id=pair[0], balance="10.00")
    hold = {"amount": money("20.00"), "code": "GAR", "reason": "garantía"}
    bank("manager").post(f"/v1/deposits/accounts/{account['id']}/holds", hold).expect(201)
    tie(bank, account, owner(pair[0], percentages[0]), owner(pair[1], percentages[1], "CO_OWNER")).expect(200)
    for party_id, percentage, share in zip(pair, percentages, shares, strict=True):
        portal = bank.member(party_id)
        row = row_of(portal, account)
        assert row is not None
        assert [row[name]["amount"] for name in ("ledger", "available", "held")] == [
            "100.01",
            "80.01",
            "20.00",
        ]
        assert (row["joint"], row["ownership_pct"], row["share"]) == (True, percentage, money(share))
        assert {reply.status for reply in asked_of(portal, account)} == {200}
        (total,) = portal.get(POSITION).expect(200)["totals"]
        assert total["ledger"] == total["net"] == held_at_the_office(bank, party_id)
        assert Decimal(total["available"]["amount"]) < Decimal(total["ledger"]["amount"])


def test_an_account_that_is_all_theirs_says_nothing_of_shares(bank: Bank) -> None:
    holder, stranger = a_pair(bank)
    account = an_account(bank, party_id=holder, balance="10.00")
    portal, foreign = bank.member(holder), bank.member(stranger)
    for _ in range(2):
        row = row_of(portal, account)
        assert row is not None
        assert (row["joint"], row["ownership_pct"], row["share"]) == (False, None, None)
        assert {reply.status for reply in asked_of(foreign, account)} == {404}
        tie(bank, account, owner(holder)).expect(200)


def test_the_document_counts_the_share_and_says_what_the_whole_is(bank: Bank) -> None:
    holder, other = a_pair(bank)
    account = an_account(bank, plan="S2", party_id=holder, balance="1520.35")
    tie(bank, account, owner(holder, "80"), owner(other, "20", "CO_OWNER")).expect(200)
    answer = bank.member(other).post(f"{POSITION}/documents").expect(201)
    text = text_of(base64.b64decode(answer["content_base64"]))
    assert "304,07 USD" in text, "the net"
    assert " ".join(text.split()).find("cuenta conjunta, su parte 20 % de 1.520,35 USD") > 0
    assert text.count("1.520,35") == 1, "no column and no total counts the whole"


def test_signers_beneficiaries_and_owners_who_may_not_ask_see_nothing_of_it(bank: Bank) -> None:
    have(bank, "parties.account_role", {"SIGNER": SIGNER, "SILENT": SILENT})
    holder, signer, heir, silent = (a_member(bank)["id"] for _ in range(4))
    account = an_account(bank, plan="S2", party_id=holder, balance="100.00")
    parts = [owner(signer, role="SIGNER"), owner(heir, "100", "BENEFICIARY"), owner(silent, "10", "SILENT")]
    tie(bank, account, owner(holder, "90"), *parts).expect(200)
    for party_id in (signer, heir, silent):
        portal = bank.member(party_id)
        assert portal.get(POSITION).expect(200)["accounts"] == []
        refused = asked_of(portal, account)
        assert {(reply.status, reply.code) for reply in refused} == {(404, "unknown_account")}


def test_whoever_is_an_owner_no_more_sees_it_no_more(bank: Bank) -> None:
    holder, old = a_pair(bank)
    account = an_account(bank, plan="S2", party_id=holder, balance="100.00")
    tie(bank, account, owner(holder), owner(old, role="CO_OWNER")).expect(200)
    portal = bank.member(old)
    assert row_of(portal, account) is not None
    stand_on(bank, date(2026, 6, 2))
    tie(bank, account, owner(holder)).expect(200)
    assert row_of(portal, account) is None
    assert {reply.status for reply in asked_of(portal, account)} == {404}
    own = row_of(bank.member(holder), account)
    assert own is not None
    assert own["joint"] is False


def test_a_joint_term_deposit_is_there_without_the_account_of_another(bank: Bank) -> None:
    holder, other = a_pair(bank)
    account = an_account(bank, plan="S2", party_id=holder, balance="1000.00")
    certificate = a_term_deposit(bank, account, "500.00")
    tie(bank, certificate, owner(holder, "60"), owner(other, "40", "CO_OWNER")).expect(200)
    portal = bank.member(other)
    (listed,) = portal.get("/v1/member_portal/term-deposits").expect(200)["items"]
    detail = portal.get(f"/v1/member_portal/term-deposits/{certificate['id']}").expect(200)
    for shown in (listed, detail):
        assert (shown["number"], shown["account_id"], shown["account_number"]) == (
            certificate["number"],
            "",
            "",
        )
    (total,) = portal.get(POSITION).expect(200)["totals"]
    assert total["ledger"] == money("200.00") == held_at_the_office(bank, other)
    (own,) = bank.member(holder).get("/v1/member_portal/term-deposits").expect(200)["items"]
    assert own["account_number"] == account["number"]


@contextmanager
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The calls for records that are made within the block, by the kind of call."""
    made: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("get", "get_many", "pages"):
            true = getattr(Store, name)

            def noted(store: Store, *args: Any, true: Any = true, name: str = name, **named: Any) -> Any:
                made.append(name)
                return true(store, *args, **named)

            patch.setattr(Store, name, noted)
        yield made


def test_what_a_joint_account_costs_is_one_read_and_never_grows_with_their_number(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder, other = a_pair(bank)
    mine, theirs = bank.member(holder), bank.member(other)
    calls: list[list[str]] = []
    for _ in range(2):
        for _ in range(2):
            account = an_account(bank, plan="S2", party_id=holder)
            tie(bank, account, owner(holder), owner(other, role="CO_OWNER")).expect(200)
        theirs.get(POSITION).expect(200)
        with reads(monkeypatch) as made:
            theirs.get(POSITION).expect(200)
        calls.append(made)
    assert calls[0] == calls[1], "four joint accounts are read with as many calls as two"
    path = f"/v1/member_portal/accounts/{account['id']}/movements"
    counted = []
    for portal in (mine, theirs):
        portal.get(path).expect(200)
        with reads(monkeypatch) as made:
            portal.get(path).expect(200)
        counted.append(made)
    assert sorted(counted[1]) == sorted([*counted[0], "get"])
