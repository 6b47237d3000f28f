"""Nobody reaches another cooperative's records: every operation of the bank is tried with the other one's ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from chalicelib.platform import clock
from chalicelib.platform.closing.runs import RUNS, ClosingRun, RunState
from chalicelib.platform.http.routes import MEMBER, PUBLIC, Operation, all_operations
from chalicelib.platform.today import calendar_day
from tests.functional.accounting.books import a_voucher
from tests.functional.deposits.test_batches import a_file
from tests.support.api import Client, Reply
from tests.support.bank import FIRST, SECOND, Bank, load_routes
from tests.support.given import a_member, an_account

load_routes()
FAR = date(2026, 5, 4)
TOKENS = {"month": "2026-06", "language": "es", "key": "menu.deposits", "branch": "1"}
PLACEHOLDER = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Scene:
    """Records of one cooperative, and callers of the other who want them."""

    secrets: dict[str, str]
    """What only the first cooperative knows: none of it may ever be in an answer to the others."""
    ids: dict[str, str]
    callers: dict[str, Client]
    auditor: Client


@pytest.fixture(scope="module")
def scene(module_bank: Bank) -> Scene:
    api = module_bank
    holder = a_member(api, given_1="Intransferible", surname_1="Reservada")
    account = an_account(api, party_id=holder["id"], balance="321.09")
    receipt = api("teller").post(
        f"/v1/deposits/accounts/{account['id']}/deposits",
        {"amount": {"amount": "1.00", "currency": "USD"}, "narrative": "secreto del mostrador"},
    )
    ids = {
        "party_id": holder["id"],
        "account_id": account["id"],
        "entry_id": receipt.expect(201)["entry_id"],
        "user_id": api.person("teller").id,
        **_kept_of(api, holder["id"], account["id"]),
    }
    stranger = a_member(api, tenant=SECOND)
    an_account(api, tenant=SECOND, party_id=stranger["id"])
    callers = {
        "administrator": _all_powerful(api),
        "member": api.member(stranger["id"], SECOND),
    }
    secrets = {"name": "Reservada", "narrative": "secreto del mostrador", **ids}
    return Scene(secrets, ids, callers, api("auditor", SECOND))


def _kept_of(api: Bank, holder: str, account: str) -> dict[str, str]:
    """Ids of what else a cooperative keeps, by the name that addresses give it; ``id`` stands for several."""
    other, payee = a_member(api)["id"], an_account(api, balance="5.00")["id"]
    one = {"amount": "1.00", "currency": "USD"}
    of_account, of_party = f"/v1/deposits/accounts/{account}", f"/v1/parties/parties/{holder}"

    def made(who: str, path: str, body: dict[str, Any], status: int = 201) -> str:
        return str(api(who).post(path, body).expect(status)["id"])

    saver = an_account(api, balance="2000.00")["id"]
    term = {"product": "DPF", "amount": {**one, "amount": "500.00"}, "account_id": saver, "term_days": 90}
    order = {"from_account": account, "to_account": payee, "amount": one, "date": "2026-06-15"}
    run = api.work()
    run.put(RUNS, ClosingRun("run_foreign", FAR, FAR, ("1",), RunState.FAILED, "usr_x", clock.now()))
    run.commit()
    return {
        "voucher": made("accountant", "/v1/accounting/vouchers", a_voucher()),
        "hold_id": made("officer", f"{of_account}/holds", {"code": "GAR", "amount": one, "reason": "aval"}),
        "caution_id": made("manager", f"{of_account}/cautions", {"text": "Pida la libreta"}),
        "transfer_id": made("teller", "/v1/deposits/scheduled-transfers", order),
        "relation_id": made(
            "officer", f"{of_party}/relations", {"relationship_type": "SPOUSE", "party_id": other}
        ),
        "address_id": made("officer", f"{of_party}/addresses", BODIES["AddAddress"]),
        "copy_id": made("officer", f"{of_account}/statement-copies", BODIES["AddStatementCopy"]),
        "deposit_id": made("officer", "/v1/term_deposits/deposits", term),
        "batch_id": made("manager", "/v1/deposits/batches", a_file(("1", "credit", "1.00", "100"))),
        "approval": _waiting(api, saver),
        "run_id": "run_foreign",
    }


def _waiting(api: Bank, account: str) -> str:
    """Id of an operation that waits for a second person."""
    today = calendar_day(api.work()).isoformat()
    rule = {"code": "deposits.post_withdrawal", "effective_from": today, "body": {"from_amount": "1000"}}
    version = api("admin").post("/v1/platform/parameters/platform.approval_rule", rule).expect(201)["id"]
    agreed = {"decision": "approve", "reason": "test"}
    api("admin2").post(f"/v1/platform/parameter-versions/{version}/approvals", agreed).expect(201)
    asked = {"amount": {"amount": "1000.00", "currency": "USD"}}
    path = f"/v1/deposits/accounts/{account}/withdrawals"
    return str(api("teller").post(path, asked).expect(202)["id"])


def _all_powerful(api: Bank) -> Client:
    """Somebody of the other cooperative who may do everything there: only the boundary itself can stop them."""
    from dataclasses import replace

    from chalicelib.platform.access.people import PEOPLE

    person = api.person("admin", SECOND)
    roles = tuple(
        sorted({role for (code, _), each in api.staff.items() if code == SECOND for role in each.roles})
    )
    work = api.work(SECOND)
    work.put(PEOPLE, replace(work.get(PEOPLE, id=person.id), roles=roles))
    work.commit()
    return api("admin", SECOND)


def targets() -> list[Operation]:
    """Every operation that takes part in a cooperative's data."""
    return [operation for operation in all_operations() if operation.permission != PUBLIC]


def address(operation: Operation, ids: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "id":
            name = next((each for each in ("voucher", "approval") if f"/{each}s/" in operation.path), name)
        return ids.get(name) or TOKENS.get(name) or ids["account_id"]

    path = PLACEHOLDER.sub(value, operation.path)
    return f"{path}?{'&'.join(_query(operation, ids))}" if operation.query else path


def _query(operation: Operation, ids: dict[str, str]) -> Iterator[str]:
    """Every id a query takes, as the other cooperative's; and the dates that queries require."""
    for name, info in operation.query.model_fields.items() if operation.query else ():
        alias = info.alias or name
        if name in ids:
            yield f"{alias}={ids[name]}"
        elif info.is_required():
            yield f"{alias}={_required(name)}"


def _required(name: str) -> str:
    return "2026-06-01" if "date" in name or name in ("from_", "to", "since", "after") else "1"


BODIES: dict[str, dict[str, Any]] = {
    "MoneyRequest": {"amount": {"amount": "1.00", "currency": "USD"}},
    "TransferRequest": {
        "from_account": "{account_id}",
        "to_account": "{account_id}",
        "amount": {"amount": "1.00", "currency": "COP"},
    },
    "OpenAccount": {"party_id": "{party_id}", "plan": "S1", "branch": "1"},
    "StatementRequest": {"from": "2026-06-01", "to": "2026-06-30"},
    "ChargeRequest": {"charge": "STATEMENT"},
    "HoldRequest": {"code": "LEGAL", "reason": "por orden"},
    "MaintainAccount": {"overrides": {}},
    "AddStatementCopy": {"name": "Contadora", "email": "contadora@minga.test"},
    "ChangeParty": {"branch": "1"},
    "ChangeUser": {"name": "Otra Persona"},
    "AddNote": {"text": "una nota"},
    "Relate": {"to_party": "{party_id}", "relationship_type": "SPOUSE"},
    "Reason": {"reason": "por probar"},
    "WithdrawalRequest": {"amount": {"amount": "1.00", "currency": "USD"}},
    "ScheduleTransfer": {
        "from_account": "{account_id}",
        "to_account": "{account_id}",
        "amount": {"amount": "1.00", "currency": "COP"},
        "date": "2026-06-15",
    },
    "WaiveCharge": {"charge": "STATEMENT", "reason": "por probar"},
    "IssueBook": {"first": 101, "last": 125},
    "ChequePayment": {"number": 101, "amount": {"amount": "1.00", "currency": "USD"}},
    "StopRequest": {"first": 101, "last": 101, "reason": "por probar"},
    "ClosureRequest": {"reason": "por probar"},
    "DirectInterest": {"method": "account", "interest_account": "{account_id}"},
    "SetOverdraftLimit": {
        "amount": {"amount": "1.00", "currency": "USD"},
        "rate_steps": [{"rate": "18"}],
        "valid_from": "2026-06-01",
        "valid_until": "2026-12-31",
        "reason": "por probar",
    },
    "AddAddress": {"address_type": "HOME", "line_1": "Calle 1", "city": "Quito"},
    "ChangeIdentity": {"given_1": "Otra", "reason": "por probar"},
    "UseAddress": {"address_id": "adr_1"},
    "SetAccountParties": {"parties": [{"party_id": "pty_1", "role": "OWNER"}]},
    "Decision": {"decision": "approve"},
}


def body_of(model: type[BaseModel] | None, ids: dict[str, str]) -> Any:
    if model is None:
        return None
    filled = BODIES.get(model.__name__, {})
    return {name: value.format(**ids) if isinstance(value, str) else value for name, value in filled.items()}


def ask(caller: Client, operation: Operation, ids: dict[str, str]) -> Reply:
    return caller.send(operation.method, address(operation, ids), body_of(operation.request, ids))


LAST = ("sign_out", "sign_out_member")
"""Asked in a session's last request, so not here."""


@pytest.mark.feature("GEN-07")
@pytest.mark.parametrize("who", ["administrator", "member"])
def test_every_operation_refuses_the_other_cooperatives_ids(scene: Scene, who: str) -> None:
    caller, leaks = scene.callers[who], []
    for operation in targets():
        if operation.handler.__name__ in LAST:
            continue
        reply = ask(caller, operation, scene.ids)
        shown = reply.text if reply.status < 300 else ""
        told = [name for name, secret in scene.secrets.items() if secret in shown]
        if reply.status >= 500 or told:
            leaks.append((operation.name, reply.status, told, reply.text[:200]))
    assert not leaks


def _by_id() -> list[Operation]:
    owned = re.compile(r"{[a-z]+_id}|/(vouchers|approvals)/{id}")
    return [operation for operation in targets() if owned.search(operation.path)]


@pytest.mark.feature("GEN-07")
def test_a_foreign_id_is_as_unknown_as_one_that_never_was(scene: Scene) -> None:
    """404 and never 403 for whoever may do the thing, with the same words as for an id that does not exist."""
    invented = {name: f"{value[:-6]}000000" for name, value in scene.ids.items()}
    wrong = []
    for operation in _by_id():
        caller = scene.callers["member" if operation.realm == MEMBER else "administrator"]
        foreign, unknown = (ask(caller, operation, ids) for ids in (scene.ids, invented))
        if foreign.status not in (404, 422) or (foreign.status, foreign.code) != (
            unknown.status,
            unknown.code,
        ):
            wrong.append((operation.name, foreign.status, foreign.text[:160], unknown.status, unknown.code))
    assert not wrong
    assert sum(ask_status(scene, operation) == 404 for operation in _by_id()) > len(_by_id()) * 0.8


def ask_status(scene: Scene, operation: Operation) -> int:
    caller = scene.callers["member" if operation.realm == MEMBER else "administrator"]
    return ask(caller, operation, scene.ids).status


@pytest.mark.feature("GEN-07")
def test_who_tried_is_on_record_in_their_own_cooperative(scene: Scene) -> None:
    for operation, who in (
        ("deposits.read_account", "administrator"),
        ("member_portal.list_member_movements", "member"),
    ):
        declared = next(each for each in targets() if each.name == operation)
        ask(scene.callers[who], declared, scene.ids).expect(404)
        found = scene.auditor.get(f"/v1/platform/audit-events?kind=security&operation={operation}").expect(
            200
        )
        assert scene.callers[who].person_id in {event["actor"] for event in found["items"]}


def test_nothing_changed_in_the_cooperative_that_was_asked_for(scene: Scene, module_bank: Bank) -> None:
    account = module_bank("teller").get(f"/v1/deposits/accounts/{scene.ids['account_id']}").expect(200)
    assert account["ledger"]["amount"] == "322.09"
    assert FIRST != SECOND
