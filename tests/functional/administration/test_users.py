"""Staff: enrolled with a temporary password that nobody else sees, changed, blocked, limited to their branches."""

import re
from typing import Any

import pytest

from chalicelib.platform.http.routes import all_operations
from chalicelib.platform.notifications import NOTIFICATIONS
from tests.functional.parties.people import a_natural_person, publish, register
from tests.support.bank import Bank

USERS = "/v1/administration/users"
SESSIONS = "/v1/access/sessions"


def a_user(**given: Any) -> dict[str, Any]:
    """The body of a new user: a teller of branch 1."""
    return {
        "username": "nueva.cajera",
        "name": "Nueva Cajera",
        "email": "nueva@example.test",
        "roles": ["teller"],
        "branch": "1",
        **given,
    }


def password_sent_to(bank: Bank, user_id: str) -> str:
    """The temporary password in the newest notice to a person, as only its reader gets it."""
    notices = list(bank.work().all(NOTIFICATIONS, recipient=user_id))
    words = notices[-1].messages[0].body.split("contraseña temporal ")[1]
    return words.split()[0].rstrip(".")


def signed_in(bank: Bank, username: str, password: str) -> Any:
    body = {"tenant": "sisa", "username": username, "password": password}
    return bank().post(SESSIONS, body)


def test_temporary_password_goes_to_the_person_alone_and_must_be_changed(bank: Bank) -> None:
    made = bank("admin").post(USERS, a_user()).expect(201)
    assert "password" not in made.text.replace("must_change_password", "")
    password = password_sent_to(bank, made["id"])
    session = signed_in(bank, "nueva.cajera", password).expect(201)
    assert session["must_change_password"] is True
    audited = bank("auditor").get("/v1/platform/audit-events?operation=administration.create_user").text
    assert password not in audited
    shown = bank("admin").get(f"/v1/platform/notifications?recipient={made['id']}")
    assert password not in shown.text


def test_what_a_new_user_may_not_have(bank: Bank) -> None:
    def refused(**given: Any) -> str:
        return bank("admin").post(USERS, a_user(**given)).code

    assert refused(email="") == "nowhere_to_notify"
    assert refused(roles=["pilot"]) == "unknown_role"
    assert refused(branch="77") == "unknown_branch"
    assert refused(branch_scope="list") == "branch_scope_incomplete"
    assert refused(username="TELLER") == "username_taken"
    assert refused(username="con espacio") == "malformed_username"
    assert refused(branch="0") == "wrong_format"
    assert bank("teller").post(USERS, a_user()).expect(403).code == "permission_denied"


def test_a_blocked_user_is_out_at_once_and_can_come_back(bank: Bank) -> None:
    user = bank.person("teller2")
    bank("teller2").get("/v1/administration/branches").expect(200)
    path = f"{USERS}/{user.id}"
    blocked = bank("admin").post(f"{path}/blocks", {"reason": "Vacaciones"}).expect(201)
    assert blocked["state"] == "blocked"
    assert bank("teller2").get("/v1/administration/branches").status == 401
    assert bank("admin").post(f"{path}/blocks", {"reason": "otra vez"}).expect(409).code == "user_state"
    bank("admin").post(f"{path}/unblocks", {"reason": "Regresa"}).expect(201)
    assert bank("admin").get(path)["state"] == "active"


def test_reset_password_ends_the_old_one(bank: Bank) -> None:
    made = bank("admin").post(USERS, a_user()).expect(201)
    first = password_sent_to(bank, made["id"])
    bank("admin").post(f"{USERS}/{made['id']}/password-resets").expect(201)
    second = password_sent_to(bank, made["id"])
    assert first != second
    assert signed_in(bank, "nueva.cajera", first).status == 401
    signed_in(bank, "nueva.cajera", second).expect(201)


def test_nobody_changes_their_own_access(bank: Bank) -> None:
    own = f"{USERS}/{bank.person('admin').id}"
    assert bank("admin").patch(own, {"roles": ["auditor"]}).expect(409).code == "own_access"
    assert bank("admin").post(f"{own}/blocks", {"reason": "yo misma"}).expect(409).code == "own_access"
    assert (
        bank("admin").patch(own, {"name": "Rosa María Quishpe"}).expect(200)["name"] == "Rosa María Quishpe"
    )


def test_changed_roles_and_branches_hold_from_the_next_request(bank: Bank) -> None:
    user = bank.person("teller")
    body = a_natural_person()
    assert bank("teller").post("/v1/parties/parties", body).status == 403
    before = bank("admin").get(f"{USERS}/{user.id}")
    change = {"roles": ["teller", "officer"], "branch": "2", "branch_scope": "own"}
    after = bank("admin").patch(f"{USERS}/{user.id}", change, if_match=before.etag).expect(200)
    assert (after["branches"], after["branch_scope"]) == (["2"], "own")
    assert bank("teller").post("/v1/parties/parties", body).expect(403).code == "outside_branch_scope"
    bank("teller").post("/v1/parties/parties", {**body, "branch": "2"}).expect(201)
    stale = bank("admin").patch(f"{USERS}/{user.id}", {"name": "X"}, if_match=before.etag)
    assert stale.expect(412).code == "stale_version"


def test_staff_are_listed_by_filters_within_the_callers_branches(bank: Bank) -> None:
    def names(query: str, who: str = "admin") -> list[str]:
        return [row["username"] for row in bank(who).get(f"{USERS}?{query}").expect(200)["items"]]

    assert set(names("role=teller")) == {"teller", "teller2"}
    assert set(names("branch=2")) == {"manager2", "teller2", "officer2"}
    assert names("q=lema") == ["teller2"]
    assert set(names("", who="manager2")) == {"manager2", "teller2", "officer2"}
    other = bank.person("teller")
    assert bank("manager2").get(f"{USERS}/{other.id}").expect(404).code == "unknown_user"
    paged, cursor = [], ""
    while True:
        page = bank("admin").get(f"{USERS}?limit=5{cursor}").json
        assert len(page["items"]) <= 5
        paged += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(paged) == 12


def test_members_of_the_portal_are_no_users(bank: Bank) -> None:
    party = register(bank, a_natural_person()).json
    member = bank.member(party["id"])
    listed = bank("admin").get(f"{USERS}?limit=200")["items"]
    assert member.person_id not in {row["id"] for row in listed}
    assert bank("admin").get(f"{USERS}/{member.person_id}").expect(404).code == "unknown_user"
    assert member.get("/v1/administration/branches").expect(403)


@pytest.mark.feature("ADM-04", "ADM-05", "ADM-06")
def test_a_function_is_opened_to_a_user_a_group_or_all(bank: Bank) -> None:
    run = {"format": "json", "filters": {}}

    def status(who: str) -> int:
        return bank(who).post("/v1/platform/reports/incomplete_parties/runs", run).status

    role = {"names": {"es": "Operaciones"}, "permissions": ["platform.run_reports"], "branch_scope": "all"}
    publish(bank, "administration.role", "operations", role)
    publish(bank, "administration.role", "accountant", role)
    assert [status(who) for who in ("operator", "accountant", "accountant2")] == [403, 403, 403]
    for_one = {"permission": "parties.read", "subject_kind": "user", "subject": "operator"}
    publish(bank, "administration.function_grant", "read_for_one", for_one)
    assert [status(who) for who in ("operator", "accountant", "accountant2")] == [200, 403, 403]
    denied = bank("auditor").get("/v1/platform/audit-events?kind=security")["items"]
    assert {row["actor_name"] for row in denied} >= {"Mercedes Albán", "Fausto Yánez"}
    for_group = {"permission": "parties.read", "subject_kind": "group", "subject": "readers"}
    publish(bank, "administration.function_grant", "read_for_group", for_group)
    publish(bank, "administration.role", "readers", {"names": {"es": "Lectores"}, "permissions": ["x.y"]})
    user = bank.person("accountant")
    bank("admin").patch(f"{USERS}/{user.id}", {"roles": ["accountant", "readers"]}).expect(200)
    assert [status(who) for who in ("operator", "accountant", "accountant2")] == [200, 200, 403]
    for_all = {"permission": "parties.read", "subject_kind": "everyone"}
    publish(bank, "administration.function_grant", "read_for_all", for_all)
    assert [status(who) for who in ("operator", "accountant", "accountant2")] == [200, 200, 200]


@pytest.mark.feature("GEN-43")
def test_applications_outside_the_profile_are_closed_and_the_attempt_is_on_record(bank: Bank) -> None:
    closed = [operation for operation in all_operations() if operation.module == "deposits"]
    for operation in closed:
        path = re.sub(r"{(\w+)}", "x", operation.path)
        assert bank("operator").send(operation.method, path, {}).expect(403).code == "permission_denied"
    events = bank("auditor").get("/v1/platform/audit-events?kind=security&limit=200")["items"]
    assert {row["operation"] for row in events} == {operation.name for operation in closed}
    assert {row["actor_name"] for row in events} == {"Carolina Tipán"}


@pytest.mark.feature("GEN-39")
def test_the_menu_follows_the_permissions_and_so_does_the_address(bank: Bank) -> None:
    def options(who: str) -> set[str]:
        nodes, found = list(bank(who).get("/v1/platform/me")["menu"]), set()
        while nodes:
            node = nodes.pop()
            found.add(node["code"])
            nodes += node["children"]
        return found

    assert "administration.users" in options("admin")
    assert "administration.users" not in options("teller")
    assert bank("teller").get(USERS).expect(403).code == "permission_denied"


def test_roles_are_read_with_what_they_permit(bank: Bank) -> None:
    rows = {row["code"]: row for row in bank("admin").get("/v1/administration/roles")["items"]}
    assert rows["officer"]["name"] == "Oficial de servicios"
    assert "parties.register" in rows["officer"]["permissions"]
    assert rows["operations"]["masked_fields"] == ["document_number"]
