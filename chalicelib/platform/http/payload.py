"""Base models of what comes in and goes out, and the types that amounts have on the wire."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.kernel.currency import currency as currency_of
from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import AmountTooLarge, Money

MOST_DIGITS = 21
MOST_MINOR = 10**MOST_DIGITS
"""Requests stay below; interest of such a balance still fits into a stored number for centuries."""

MONEY_SCHEMA = {
    "type": "object",
    "required": ["amount", "currency"],
    "additionalProperties": False,
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?[0-9]{1,24}(\.[0-9]{1,6})?$", "examples": ["1234.50"]},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["USD"]},
    },
}


class Payload(BaseModel):
    """What a caller sends: unknown fields are refused and nothing is converted silently."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, str_strip_whitespace=True, defer_build=True
    )


class OpenPayload(Payload):
    """What a caller of an open operation sends: a visitor names the cooperative, others need not."""

    tenant: str = Field("", max_length=40)


class View(BaseModel):
    """What the bank answers."""

    model_config = ConfigDict(frozen=True, from_attributes=True, serialize_by_alias=True, defer_build=True)


def _money(value: Any) -> Money:
    if isinstance(value, Money):
        return value
    if not isinstance(value, dict) or not {"amount", "currency"} == set(value):
        raise PydanticCustomError("malformed_money", "amount and currency")
    amount, currency = value["amount"], value["currency"]
    if not isinstance(amount, str) or not isinstance(currency, str):
        raise PydanticCustomError("malformed_money", "amount and currency as text")
    try:
        money = Money.of(amount, currency)
        if abs(money.minor) >= MOST_MINOR:
            raise AmountTooLarge("amount", digits=MOST_DIGITS - currency_of(currency).decimals)
        return money
    except BankError as error:
        raise PydanticCustomError(
            error.code, "{reason}", {"reason": error.code, **_texts(error.params)}
        ) from None


def _positive(value: Any) -> Money:
    money = _money(value)
    if money.minor <= 0:
        raise PydanticCustomError("amount_not_positive", "amount must be positive")
    return money


def _texts(params: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in params.items()}


_WIRE = PlainSerializer(lambda money: money.to_api(), return_type=dict)
Amount = Annotated[Any, BeforeValidator(_money), _WIRE, WithJsonSchema(MONEY_SCHEMA)]
"""A Money of any sign: ``{"amount": "-12.50", "currency": "USD"}``."""
PositiveAmount = Annotated[Any, BeforeValidator(_positive), _WIRE, WithJsonSchema(MONEY_SCHEMA)]
"""A Money above zero."""


class Listed(View):
    """A page of a list."""

    items: list[Any]
    next_cursor: str | None = None


class DocumentView(View):
    """A finished file: pdf, csv or xlsx."""

    filename: str
    content_type: str
    content_base64: str


class WarningView(View):
    """Something to know of an operation that was done all the same, in the caller's language."""

    code: str
    message: str


class Warned(View):
    """An answer that may bring warnings; the platform puts them there."""

    warnings: list[WarningView] = []


class Nothing(View):
    """An empty answer."""
