"""A loan officer's desk: simulations asked for as staff do, and what of the answer a test looks at."""

from typing import Any

from tests.support.bank import Bank
from tests.support.given import money

SIMULATIONS = "/v1/loans/simulations"
TEN_THOUSAND: dict[str, Any] = {
    "principal": money("10000"),
    "instalments": 12,
    "terms": {"rate": {"percent": "18"}},
}
"""10,000 at 1.5 % a month for a year: the loan of the specification's examples."""


def simulated(api: Bank, who: str = "officer", **asked: Any) -> dict[str, Any]:
    """The answer to a simulation; ``terms`` are added to those of the usual loan."""
    body = {**TEN_THOUSAND, **asked}
    if "terms" in asked and "product" not in asked:
        body["terms"] = {**TEN_THOUSAND["terms"], **asked["terms"]}
    if "product" in asked:
        body.pop("terms", None)
        body |= {"terms": asked["terms"]} if "terms" in asked else {}
    answer: dict[str, Any] = api(who).post(SIMULATIONS, body).expect(200).json
    return answer


def refused(api: Bank, who: str = "officer", **asked: Any) -> tuple[int, str, str]:
    """(status, code, field) of a simulation that the bank refuses."""
    body = {**TEN_THOUSAND, **asked}
    if "terms" in asked and asked["terms"] is not None:
        body["terms"] = {**TEN_THOUSAND["terms"], **asked["terms"]}
    if body["terms"] is None:
        del body["terms"]
    answer = api(who).post(SIMULATIONS, body)
    return answer.status, answer.code, answer.json.get("field", "")


def column(answer: dict[str, Any], name: str) -> list[Any]:
    """A column of the rows: amounts as texts, anything else as it is."""
    values = [row[name] for row in answer["rows"]]
    return [value["amount"] if isinstance(value, dict) else value for value in values]


def slot(answer: dict[str, Any], code: str) -> list[str]:
    """What an insurance or charge takes in each row; nothing where it takes nothing."""
    return [
        next((each["amount"]["amount"] for each in row["slots"] if each["code"] == code), "")
        for row in answer["rows"]
    ]


def named(text: str) -> dict[str, str]:
    """A name in both languages."""
    return {"es": text, "en": text}
