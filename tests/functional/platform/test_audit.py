"""The audit trail through the API: who, what, before and after; search; proof against alteration."""

from typing import Any

import pytest

from chalicelib.platform import audit, aws, texts
from chalicelib.platform.audit import EVENTS
from tests.functional.platform.conftest import Change
from tests.support.bank import FIRST, SECOND, Bank
from tests.support.given import a_member, an_account, deposit

EVENTS_PATH, VERIFY = "/v1/platform/audit-events", "/v1/platform/audit-verifications"


def found(api: Bank, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api("auditor").get(f"{EVENTS_PATH}?{query}").expect(200)["items"]
    return items


def verified(api: Bank) -> dict[str, Any]:
    result: dict[str, Any] = api("auditor").post(VERIFY, {}).expect(201).json
    return result


@pytest.mark.feature("GEN-86")
def test_a_changed_name_shows_old_and_new_and_an_altered_row_is_found(api: Bank) -> None:
    member = a_member(api)
    manager = api.person("manager").id
    path = f"/v1/parties/parties/{member['id']}/identity-changes"
    asked = {"surname_1": "Cachimuel", "reason": "Corrección del apellido"}
    api("manager").post(path, asked, if_match=member["version"]).expect(201)
    row = found(api, f"actor={manager}&operation=parties.*")[0]
    changes = {(change["before"], change["after"]) for change in row["changes"]}
    assert ("Lema", "Cachimuel") in changes
    assert (row["actor_name"], row["kind"]) == ("Gabriela Cevallos", "write")
    assert (row["address"], row["device"], row["branch"]) == ("192.0.2.1", "test", "1")
    assert row["request_id"].startswith("req-")
    assert verified(api)["valid"] is True
    chain, number = f"staff:{manager}", 1
    altered(FIRST, chain, number, "function", "parties.nothing_happened")
    broken = verified(api)
    assert (broken["valid"], broken["first_broken"]) == (False, f"{chain}:{number}")


def altered(tenant: str, chain: str, number: int, field: str, value: str) -> None:
    """Somebody with access to the table changes a stored row."""
    table, pk, sk = EVENTS.key(tenant, chain=chain, number=number)
    aws.dynamodb().update_item(
        TableName=f"minga-{table}",
        Key={"pk": {"S": pk}, "sk": {"S": sk}},
        UpdateExpression="SET #f = :v",
        ExpressionAttributeNames={"#f": field},
        ExpressionAttributeValues={":v": {"S": value}},
    )
    audit.forget_heads()


def test_a_removed_row_is_found(api: Bank) -> None:
    for _ in range(3):
        a_member(api)
    officer = api.person("officer").id
    table, pk, sk = EVENTS.key(FIRST, chain=f"staff:{officer}", number=2)
    aws.dynamodb().delete_item(TableName=f"minga-{table}", Key={"pk": {"S": pk}, "sk": {"S": sk}})
    assert verified(api)["first_broken"] == f"staff:{officer}:3"


def test_every_write_is_on_record_under_who_did_it(api: Bank) -> None:
    account = an_account(api)
    deposit(api, account["id"], "25.00")
    row = found(api, f"actor={api.person('teller').id}")[0]
    assert (row["operation"], row["actor_kind"]) == ("deposits.post_deposit", "staff")


def test_a_row_says_in_the_readers_language_what_was_done_and_to_what(api: Bank) -> None:
    account = an_account(api)
    spanish = found(api, "operation=deposits.open_account")[0]
    assert (spanish["operation_name"], spanish["entity_name"]) == ("Abrir una cuenta", "Cuenta")
    assert (spanish["operation"], spanish["entity"]) == ("deposits.open_account", account["id"])
    client = api("auditor")
    client.language = "en"
    english = client.get(f"{EVENTS_PATH}?operation=deposits.*").expect(200)["items"][0]
    assert (english["operation_name"], english["entity_name"]) == ("Open an account", "Account")
    assert english["hash"] == spanish["hash"]


def test_a_row_names_a_parameter_by_its_kind_and_a_refusal_by_its_title(api: Bank, change: Change) -> None:
    change("platform.approval_rule", "deposits.post_deposit", {"from_amount": "900"})
    assert found(api, "operation=platform.propose_parameter")[0]["entity_name"] == "Reglas de doble control"
    assert api("teller").get(EVENTS_PATH).status == 403
    refused = found(api, "kind=security")[0]
    assert (refused["operation_name"], refused["entity"]) == ("Consultar la auditoría", "permission_denied")
    assert refused["entity_name"] == texts.text("errors.permission_denied.title", "es")


def test_an_operation_that_no_longer_exists_is_called_by_its_code(api: Bank) -> None:
    a_member(api)
    chain = f"staff:{api.person('officer').id}"
    altered(FIRST, chain, 1, "function", "parties.retired_long_ago")
    row = found(api, "operation=parties.retired_long_ago")[0]
    assert row["operation_name"] == "parties.retired_long_ago"


def test_the_report_of_the_trail_names_operations_and_things(api: Bank) -> None:
    account = an_account(api)
    filters = {"from_date": "2020-01-01", "to_date": "2999-01-01", "operation": "deposits.open_account"}
    path = "/v1/platform/reports/platform.audit_trail/runs"
    row = api("auditor").post(path, {"filters": filters}).expect(200)["rows"][0]
    assert (row["operation_name"], row["operation"]) == ("Abrir una cuenta", "deposits.open_account")
    assert (row["entity_name"], row["entity"]) == ("Cuenta", account["id"])


def test_looking_at_the_trail_is_itself_on_record(api: Bank) -> None:
    found(api)
    assert found(api, "operation=platform.search_audit")[0]["kind"] == "read"


def test_the_chains_of_all_people_are_one_list_newest_first(api: Bank) -> None:
    for _ in range(3):
        member = a_member(api)
        account = an_account(api, party_id=member["id"])
        deposit(api, account["id"], "25.00")
    every = found(api, "kind=write&limit=200")
    instants = [row["at"] for row in every]
    assert instants == sorted(instants, reverse=True)
    paged: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = api("auditor").get(f"{EVENTS_PATH}?kind=write&limit=2{cursor}").expect(200).json
        paged += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert [row["id"] for row in paged] == [row["id"] for row in every]


@pytest.mark.parametrize(
    ("query", "expected"), [("from=2999-01-01", 0), ("to=1999-01-01", 0), ("entity=", 1)]
)
def test_a_search_by_dates_and_entity_finds_what_fits(api: Bank, query: str, expected: int) -> None:
    member = a_member(api)
    wanted = query if expected == 0 else f"entity={member['id']}"
    assert len(found(api, wanted)) >= expected
    if expected == 0:
        assert found(api, wanted) == []


@pytest.mark.parametrize(
    "query", ["from=x", "kind=other", "limit=0", "cursor=zzz", "from=0001-01-01", "to=9999-12-31"]
)
def test_a_malformed_search_is_refused(api: Bank, query: str) -> None:
    assert api("auditor").get(f"{EVENTS_PATH}?{query}").status == 422


def test_only_auditors_read_the_trail_and_only_their_own_cooperatives(api: Bank) -> None:
    a_member(api)
    assert api("teller").get(EVENTS_PATH).status == 403
    theirs = api("auditor", SECOND).get(EVENTS_PATH).expect(200)["items"]
    assert not [row for row in theirs if row["actor_name"] == "Andrés Villacís"]
    assert api("auditor", SECOND).post(VERIFY, {"chain": f"staff:{api.person('officer').id}"})["checked"] == 0
