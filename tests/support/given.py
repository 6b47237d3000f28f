"""What a test begins with: members, organisations and accounts, made through the API as staff make them.

holder = a_member(api)
account = an_account(api, plan="S1", balance="100.00")
"""

from datetime import date
from random import Random
from typing import Any

from chalicelib.kernel.money import Money, currency
from chalicelib.workflows.seeding.documents import Documents
from tests.support.bank import FIRST, Bank

_documents = Documents(Random(7))
ORGANISATION_DOCUMENTS = {"EC": ("R", "ENTITY"), "CO": ("NIT", "ENTITY")}
PERSON_DOCUMENTS = {"EC": ("C", "MEMBER"), "CO": ("CC", "MEMBER")}


def money(amount: str | int, code: str = "USD") -> dict[str, str]:
    """An amount as the API takes it."""
    return Money.of(amount, code).to_api()


def document_number(api: Bank, document_type: str, tenant: str = FIRST) -> str:
    """A number of this type that holds and that nobody has."""
    return _documents.number(api.work(tenant).config.get("parties.document_rule", document_type, date.max))


def a_member(
    api: Bank, *, tenant: str = FIRST, who: str = "officer", branch: str = "1", **fields: Any
) -> dict[str, Any]:
    """A natural person that the officer has registered, as the API answers."""
    document_type, party_type = PERSON_DOCUMENTS[api.work(tenant).context.tenant.country]
    asked = {
        "kind": "natural",
        "party_type": party_type,
        "branch": branch,
        "document_type": document_type,
        "given_1": "Sisa",
        "surname_1": "Lema",
        "birth_date": "1990-01-01",
        **fields,
    }
    asked.setdefault("document_number", document_number(api, asked["document_type"], tenant))
    made: dict[str, Any] = api(who, tenant).post("/v1/parties/parties", asked).expect(201).json
    return made


def an_organisation(
    api: Bank, *, tenant: str = FIRST, who: str = "officer", branch: str = "1", **fields: Any
) -> dict[str, Any]:
    """A legal person, as the API answers."""
    document_type, party_type = ORGANISATION_DOCUMENTS[api.work(tenant).context.tenant.country]
    asked = {
        "kind": "legal",
        "party_type": party_type,
        "branch": branch,
        "document_type": document_type,
        "document_number": document_number(api, document_type, tenant),
        "business_name": "Asociación Warmi",
        **fields,
    }
    made: dict[str, Any] = api(who, tenant).post("/v1/parties/parties", asked).expect(201).json
    return made


def an_account(
    api: Bank,
    *,
    tenant: str = FIRST,
    plan: str = "S1",
    branch: str = "1",
    party_id: str = "",
    balance: str = "",
    who: str = "",
    **fields: Any,
) -> dict[str, Any]:
    """An account of a (new) member, with a first deposit where a balance is given; as the API shows it."""
    officer = who or ("officer" if branch == "1" else f"officer{branch}")
    holder = party_id or a_member(api, tenant=tenant, who=officer, branch=branch)["id"]
    asked = {"party_id": holder, "plan": plan, "branch": branch, **fields}
    account = api(officer, tenant).post("/v1/deposits/accounts", asked).expect(201).json
    if balance:
        deposit(api, account["id"], balance, tenant=tenant)
    made: dict[str, Any] = api(officer, tenant).get(f"/v1/deposits/accounts/{account['id']}").expect(200).json
    return made


def deposit(
    api: Bank, account_id: str, amount: str, *, tenant: str = FIRST, who: str = "teller"
) -> dict[str, Any]:
    """A cash deposit at the teller's branch; the receipt."""
    code = currency(api.work(tenant).context.tenant.currency).code
    path = f"/v1/deposits/accounts/{account_id}/deposits"
    receipt: dict[str, Any] = api(who, tenant).post(path, {"amount": money(amount, code)}).expect(201).json
    return receipt


def withdraw(
    api: Bank, account_id: str, amount: str, *, tenant: str = FIRST, who: str = "teller"
) -> dict[str, Any]:
    """A cash withdrawal at the teller's branch; the receipt."""
    code = currency(api.work(tenant).context.tenant.currency).code
    path = f"/v1/deposits/accounts/{account_id}/withdrawals"
    receipt: dict[str, Any] = api(who, tenant).post(path, {"amount": money(amount, code)}).expect(201).json
    return receipt
