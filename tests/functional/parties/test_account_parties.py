"""Who is tied to an account: owners and their shares, roles of the cooperative's own, dates, history, reports."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.modules.deposits.domain.account import AccountState
from chalicelib.modules.deposits.service.opening import Opening, open_account
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.posting.days import GATES, all_gates
from tests.functional.parties.people import a_natural_person, have, publish, register
from tests.functional.term_deposits.conftest import a_plan
from tests.support.api import Reply
from tests.support.bank import SECOND, Bank
from tests.support.given import a_member, an_account, money

PARTIES = "/v1/parties/parties"
SIGNER = {"names": {"es": "Firma autorizada", "en": "Authorised signer"}, "permits_query": True}


def path(account: dict[str, Any]) -> str:
    return f"/v1/parties/accounts/{account['id']}/parties"


def a_person(bank: Bank, **given: Any) -> str:
    """The id of a new party."""
    return str(register(bank, a_natural_person(**given))["id"])


def owner(party_id: str, percentage: str | None = None, role: str = "OWNER", **given: Any) -> dict[str, Any]:
    return {"party_id": party_id, "role": role, "ownership_pct": percentage, **given}


def tie(bank: Bank, account: dict[str, Any], *parts: dict[str, Any], **given: Any) -> Reply:
    return bank("officer").put(path(account), {"parties": list(parts), **given})


def rows(reply: Reply, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in reply["items"]]


def stand_on(bank: Bank, day: date) -> None:
    """Let branch 1 stand on another day."""
    work = bank.work()
    for gate in all_gates(work, "1"):
        work.put(GATES, replace(gate, previous_date=gate.business_date, business_date=day))
    work.commit()


def report(bank: Bank, code: str, **filters: Any) -> list[dict[str, Any]]:
    body = {"format": "json", "filters": filters}
    run = bank("officer").post(f"/v1/platform/reports/{code}/runs", body).expect(200)
    return list(run["rows"])


@pytest.mark.feature("PTY-37")
def test_account_shows_each_party_with_role_share_address_and_line(bank: Bank) -> None:
    have(bank, "parties.account_role", {"SIGNER": SIGNER})
    home = [{"address_type": "HOME", "line_1": "Calle Sucre 4", "city": "Otavalo"}]
    holder, other, signer = a_person(bank, addresses=home), a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder, balance="1000.00")
    sole = bank("teller").get(path(account)).expect(200)
    assert rows(sole, "party_id", "role", "role_name", "ownership_pct") == [
        (holder, "OWNER", "Titular", "100.0000")
    ]
    tie(
        bank,
        account,
        owner(holder, "60", mailing_line=1),
        owner(other, "40", "CO_OWNER", mailing_line=2),
        {"party_id": signer, "role": "SIGNER"},
    ).expect(200)
    seen = bank("teller").get(path(account)).expect(200)
    assert rows(seen, "party_id", "role_name", "owner", "ownership_pct", "line_1", "mailing_line") == [
        (holder, "Titular", True, "60.0000", "Calle Sucre 4", 1),
        (other, "Cotitular", True, "40.0000", "", 2),
        (signer, "Firma autorizada", False, None, "", None),
    ]
    assert [row["share"] and row["share"]["amount"] for row in seen["items"]] == ["600.00", "400.00", None]
    assert seen["former"] == []


@pytest.mark.feature("PTY-44")
def test_owners_of_a_certificate_make_one_hundred(bank: Bank) -> None:
    publish(bank, "term_deposits.plan", "X", a_plan())
    holder, one, two = (a_person(bank) for _ in range(3))
    source = an_account(bank, plan="S2", party_id=holder, balance="1000.00")
    asked = {"product": "X", "amount": money("1000.00"), "account_id": source["id"], "term_days": 90}
    certificate = bank("officer").post("/v1/term_deposits/deposits", asked).expect(201).json
    refused = tie(bank, certificate, owner(holder, "50"), owner(one, "40")).expect(422)
    assert (refused.code, refused["field"]) == ("ownership_not_whole", "parties.0.ownership_pct")
    assert "90,0000" in refused["detail"]
    tie(bank, certificate, owner(holder, "50"), owner(one, "50")).expect(200)
    thirds = ("33.3334", "33.3333", "33.3333")
    people = (holder, one, two)
    stated = [owner(party, percentage) for party, percentage in zip(people, thirds, strict=True)]
    shown = tie(bank, certificate, *stated).expect(200)
    assert rows(shown, "party_id", "ownership_pct") == list(zip(people, thirds, strict=True))
    assert [row["share"]["amount"] for row in shown["items"]] == ["333.34", "333.33", "333.33"]
    equal = tie(bank, certificate, *(owner(party) for party in people)).expect(200)
    assert [row["ownership_pct"] for row in equal["items"]] == list(thirds)


@pytest.mark.feature("PTY-33")
def test_an_account_has_twelve_parties(bank: Bank) -> None:
    people = [a_person(bank) for _ in range(12)]
    account = an_account(bank, party_id=people[0])
    parts = [owner(people[0]), *({"party_id": each, "role": "CO_BORROWER"} for each in people[1:])]
    tie(bank, account, *parts).expect(200)
    assert [row["party_id"] for row in bank("teller").get(path(account))["items"]] == people
    for party in (people[0], people[11]):
        held = bank("teller").get(f"{PARTIES}/{party}/products")["items"]
        assert [row["account_id"] for row in held] == [account["id"]]


@pytest.mark.feature("PTY-33")
def test_a_party_has_thirty_accounts(bank: Bank) -> None:
    party, other = a_person(bank), a_person(bank)
    opened: list[str] = []
    for holder in [party] * 25 + [other] * 5:
        work = bank.work()
        opened.append(open_account(work, Opening(holder, "1", "S1")).id)
        work.commit()
    for account_id in opened[25:]:
        tie(bank, {"id": account_id}, owner(other), owner(party, role="CO_OWNER")).expect(200)
    held = bank("teller").get(f"{PARTIES}/{party}/products")["items"]
    assert sorted(row["account_id"] for row in held) == sorted(opened)
    assert [row["role"] for row in held].count("CO_OWNER") == 5


@pytest.mark.feature("PTY-34")
def test_a_role_of_the_cooperatives_own_can_be_given_and_is_no_debtor(bank: Bank) -> None:
    publish(bank, "parties.account_role", "SIGNER", SIGNER)
    holder, signer, borrower = a_person(bank), a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder)
    parts = (owner(holder), {"party_id": signer, "role": "SIGNER"})
    shown = tie(bank, account, *parts, {"party_id": borrower, "role": "CO_BORROWER"}).expect(200)
    assert rows(shown, "role", "liable", "permits_query") == [
        ("OWNER", True, True),
        ("SIGNER", False, True),
        ("CO_BORROWER", True, False),
    ]
    listed = report(bank, "account_parties")
    assert [row["role"] for row in listed] == ["OWNER", "SIGNER", "CO_BORROWER"]
    debtors = report(bank, "account_parties", debtors=True)
    assert [row["role"] for row in debtors] == ["OWNER", "CO_BORROWER"]


@pytest.mark.feature("PTY-35")
def test_a_co_owner_is_replaced_from_a_date_and_stays_in_history(bank: Bank) -> None:
    holder, old, new = a_person(bank), a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder)
    first = tie(bank, account, owner(holder, "50"), owner(old, "50", "CO_OWNER")).expect(200)
    stand_on(bank, date(2026, 6, 2))
    asked = [owner(holder, "50"), owner(new, "50", "CO_OWNER")]
    body = {"parties": asked, "effective_from": "2026-06-02"}
    second = bank("officer").put(path(account), body, if_match=first.etag).expect(200)
    assert rows(second, "party_id", "since", "ended_on") == [
        (holder, "2026-06-01", None),
        (new, "2026-06-02", None),
    ]
    assert [(row["party_id"], row["ended_on"]) for row in second["former"]] == [(old, "2026-06-02")]
    before = bank("teller").get(f"{path(account)}?on=2026-06-01").expect(200)
    assert rows(before, "party_id") == [(holder,), (old,)]
    held = bank("teller").get(f"{PARTIES}/{old}/products")["items"]
    assert held == []
    stale = bank("officer").put(path(account), body, if_match=first.etag).expect(412)
    assert stale.code == "stale_version"


@pytest.mark.feature("PTY-36")
def test_another_owner_gets_mail_of_one_account_elsewhere(bank: Bank) -> None:
    homes = [{"address_type": "HOME", "line_1": "Calle 1"}, {"address_type": "WORK", "line_1": "Calle 2"}]
    holder, other = a_person(bank), a_person(bank, addresses=homes)
    x, y = (an_account(bank, party_id=holder) for _ in range(2))
    for account in (x, y):
        tie(bank, account, owner(holder), owner(other, role="CO_OWNER")).expect(200)
    listed = bank("teller").get(f"{PARTIES}/{other}/addresses")["items"]
    second = next(row["id"] for row in listed if row["line_1"] == "Calle 2")
    link = f"{PARTIES}/{other}/account-addresses/{x['id']}"
    bank("officer").put(link, {"address_id": second}).expect(200)
    seen = {account["id"]: bank("teller").get(path(account))["items"][1]["line_1"] for account in (x, y)}
    assert seen == {x["id"]: "Calle 2", y["id"]: "Calle 1"}


@pytest.mark.feature("PTY-38")
def test_parties_and_accounts_are_reported_with_totals_by_role(bank: Bank) -> None:
    people = [a_person(bank) for _ in range(10)]
    for _ in range(4):
        an_account(bank, party_id=people[0])
    joint = an_account(bank, party_id=people[0])
    owners = [owner(each) for each in people[:6]]
    borrowers = [{"party_id": each, "role": "CO_BORROWER"} for each in people[6:]]
    tie(bank, joint, *owners, *borrowers).expect(200)
    body = {"format": "json"}
    run = bank("officer").post("/v1/platform/reports/account_party_totals/runs", body).expect(200)
    assert {row["role"]: row["parts"] for row in run["rows"]} == {"OWNER": 10, "CO_BORROWER": 4}
    assert run["totals"]["parts"] == 14
    listed = report(bank, "account_parties", role="CO_BORROWER", application="deposits", branch="1")
    assert [(row["account"], row["role_name"]) for row in listed] == [(joint["number"], "Codeudor")] * 4
    assert report(bank, "account_parties", application="term_deposits") == []


@pytest.mark.feature("PTY-53")
def test_beneficiaries_share_one_hundred_and_are_no_customers(bank: Bank) -> None:
    holder = a_person(bank)
    account = an_account(bank, party_id=holder, balance="100.00")
    minimum = {"party_type": "RELATED", "form": "min_beneficiary"}
    one, other, backer = (a_person(bank, **minimum) for _ in range(3))

    def named(first: str, second: str) -> Reply:
        return tie(
            bank,
            account,
            owner(holder),
            owner(one, first, "BENEFICIARY"),
            owner(other, second, "BENEFICIARY"),
            {"party_id": backer, "role": "BACKER"},
        )

    refused = named("60", "30").expect(422)
    assert (refused.code, refused["field"]) == ("ownership_not_whole", "parties.1.ownership_pct")
    shown = named("60", "40").expect(200)
    assert rows(shown, "role", "ownership_pct", "owner") == [
        ("OWNER", "100.0000", True),
        ("BENEFICIARY", "60.0000", False),
        ("BENEFICIARY", "40.0000", False),
        ("BACKER", None, False),
    ]
    for party in (one, other, backer):
        assert bank("teller").get(f"{PARTIES}/{party}/profile")["standing"] == "related"
    profile = bank("teller").get(f"{PARTIES}/{one}/profile")
    assert (profile["products"][0]["role"], profile["totals"]) == ("BENEFICIARY", [])
    assert bank("teller").get(f"{PARTIES}/{holder}/profile")["standing"] == "customer"


def test_totals_of_a_party_hold_its_share_of_joint_accounts(bank: Bank) -> None:
    holder, other = a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder, balance="100.00")
    an_account(bank, party_id=holder, balance="10.00")
    tie(bank, account, owner(holder, "75"), owner(other, "25", "CO_OWNER")).expect(200)
    for party, held in ((holder, "85.00"), (other, "25.00")):
        shown = bank("teller").get(f"{PARTIES}/{party}/products")
        assert [total["held"]["amount"] for total in shown["totals"]] == [held]
    assert bank("teller").get(f"{PARTIES}/{other}/profile")["standing"] == "customer"
    seen = bank.member(holder).get("/v1/member_portal/position").expect(200)
    assert account["id"] in {row["id"] for row in seen["accounts"]}


@pytest.fixture(scope="module")
def scene(module_bank: Bank) -> dict[str, Any]:
    """An account of a holder, people who may be tied to it and some who may not; refusals change none of it."""
    bank = module_bank
    have(bank, "parties.account_role", {"OLD": {"names": {"es": "Antiguo"}, "active": False}})
    have(bank, "parties.account_role", {"TUTOR": {"names": {"es": "Tutor"}, "most_parties": 1}})
    holder, other, gone, blocked = (a_person(bank) for _ in range(4))
    for party, state in ((gone, "closed"), (blocked, "blocked")):
        change = {"state": state, "reason": "Por probar"}
        bank("manager").post(f"{PARTIES}/{party}/identity-changes", change).expect(201)
    foreign = a_member(bank, tenant=SECOND)["id"]
    account = an_account(bank, party_id=holder)
    elsewhere = an_account(bank, tenant=SECOND, party_id=foreign)
    names = {"holder": holder, "other": other, "gone": gone, "blocked": blocked, "foreign": foreign}
    return {"account": account, "elsewhere": elsewhere, **names}


BAD: list[tuple[list[dict[str, Any]], str, str]] = [
    ([owner("holder", "50"), owner("other", "40")], "ownership_not_whole", "parties.0.ownership_pct"),
    ([owner("holder", "60"), owner("other", "60")], "ownership_not_whole", "parties.0.ownership_pct"),
    ([owner("holder", "50.00001"), owner("other", "50")], "ownership_decimals", "parties.0.ownership_pct"),
    ([owner("holder", "50"), owner("other")], "ownership_missing", "parties.1.ownership_pct"),
    ([owner("holder", "0"), owner("other", "100")], "ownership_out_of_range", "parties.0.ownership_pct"),
    ([owner("holder", "-1")], "invalid_request", "parties.0.ownership_pct"),
    ([owner("holder"), owner("other", role="KING")], "unknown_reference", "parties.1.role"),
    ([owner("holder"), owner("other", role="OLD")], "account_role_not_offered", "parties.1.role"),
    ([owner("holder"), owner("holder", role="CO_OWNER")], "account_party_twice", "parties.1.party_id"),
    ([owner("holder"), *[owner("other", role="BACKER")] * 2], "account_party_twice", "parties.2.party_id"),
    ([owner("holder"), owner("foreign")], "unknown_party", "parties.1.party_id"),
    ([owner("holder"), owner("gone", role="BACKER")], "party_not_eligible", "parties.1.party_id"),
    ([owner("holder"), owner("blocked")], "owner_not_allowed", "parties.1.party_id"),
    ([owner("other")], "holder_not_owner", "parties"),
    ([owner("holder"), owner("other", "10", "BACKER")], "ownership_not_for_role", "parties.1.ownership_pct"),
    ([owner("holder", mailing_line=4)], "mailing_line_out_of_range", "parties.0.mailing_line"),
    ([owner("holder", mailing_line=1), owner("other", mailing_line=1)], "mailing_line_taken", ""),
    ([owner("holder"), owner("other", role="BACKER", mailing_line=2)], "role_prints_nothing", ""),
    ([owner("holder"), owner("other", role="TUTOR"), owner("gone", role="TUTOR")], "too_many_in_role", ""),
    ([], "too_short", "parties"),
]


@pytest.mark.parametrize(("parts", "code", "field"), BAD)
def test_wrong_parties_of_an_account_are_refused(
    module_bank: Bank, scene: dict[str, Any], parts: list[dict[str, Any]], code: str, field: str
) -> None:
    asked = [{**part, "party_id": scene[part["party_id"]]} for part in parts]
    refused = tie(module_bank, scene["account"], *asked)
    assert (refused.code, refused["field"] if field else "") == (code, field)
    assert refused.status == (404 if code == "unknown_party" else 422)
    assert module_bank("teller").get(path(scene["account"])).json["version"] == 0


@pytest.mark.parametrize(
    ("effective_from", "code"),
    [("2026-05-31", "effective_before_opening"), ("2026-06-02", "effective_in_future")],
)
def test_parties_change_between_the_opening_and_today(
    module_bank: Bank, scene: dict[str, Any], effective_from: str, code: str
) -> None:
    asked = owner(scene["holder"])
    refused = tie(module_bank, scene["account"], asked, effective_from=effective_from).expect(422)
    assert (refused.code, refused["field"]) == (code, "effective_from")


def test_accounts_of_others_and_unknown_ones_are_not_there(module_bank: Bank, scene: dict[str, Any]) -> None:
    for account in (scene["elsewhere"], {"id": "dep_1"}, {"id": "nothing"}):
        assert module_bank("teller").get(path(account)).expect(404).code == "unknown_account"
        refused = tie(module_bank, account, owner(scene["holder"])).expect(404)
        assert refused.code == "unknown_account"


def test_a_change_is_not_dated_before_the_last_one(bank: Bank) -> None:
    holder, other = a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder)
    stand_on(bank, date(2026, 6, 3))
    tie(bank, account, owner(holder), owner(other, role="CO_OWNER")).expect(200)
    refused = tie(bank, account, owner(holder), effective_from="2026-06-02").expect(422)
    assert refused.code == "effective_before_last_change"
    history = tie(bank, account, owner(holder)).expect(200)["former"]
    assert [(row["party_id"], row["since"], row["ended_on"]) for row in history] == [
        (holder, "2026-06-01", "2026-06-03"),
        (holder, "2026-06-03", "2026-06-03"),
        (other, "2026-06-03", "2026-06-03"),
    ]


def test_closed_account_keeps_its_parties(bank: Bank) -> None:
    holder = a_person(bank)
    account = an_account(bank, party_id=holder)
    work = bank.work()
    work.put(ACCOUNTS, replace(work.get(ACCOUNTS, id=account["id"]), state=AccountState.CLOSED))
    work.commit()
    assert tie(bank, account, owner(holder)).expect(409).code == "account_ended"
    bank("teller").get(path(account)).expect(200)


def test_changed_parties_are_on_record_and_a_repeated_request_has_one_effect(bank: Bank) -> None:
    holder, other = a_person(bank), a_person(bank)
    account = an_account(bank, party_id=holder)
    body = {"parties": [owner(holder, "50"), owner(other, "50", "CO_OWNER")]}
    first = bank("officer").put(path(account), body, key="tie-1").expect(200)
    again = bank("officer").put(path(account), body, key="tie-1").expect(200)
    assert (again["version"], again.headers["Idempotency-Hit"]) == (first["version"], "true")
    reused = bank("officer").put(path(account), {"parties": [owner(holder)]}, key="tie-1")
    assert reused.expect(422).code == "idempotency_key_reused"
    unchanged = bank("officer").put(path(account), body).expect(200)
    assert unchanged["version"] == first["version"]
    query = "/v1/platform/audit-events?operation=parties.set_account_parties"
    events = bank("auditor").get(query).expect(200)["items"]
    assert any("ownership_pct" in str(event["changes"]) for event in events)
    denied = bank("teller").put(path(account), body).expect(403)
    assert denied.code == "permission_denied"
