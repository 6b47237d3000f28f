"""Where in the request a term of the engine comes from."""

from chalicelib.modules.loans.domain.asked import TermsAsked

OWN = {
    "growth": "terms.growth",
    "grace": "terms.grace",
    "irregular": "terms.irregular",
    "later_rates": "terms.later_rates",
    "rounding": "terms.rounding",
    "unit": "terms.rounding.unit",
    "principal_fixed": "terms.fixed_principal",
    "timing": "terms.interest_timing",
    "accrual": "terms.interest_method",
    "capitalises": "terms.capitalises",
    "day_count": "terms.day_count",
}
STATED = {"first_due": "first_due_on", "rate": "product", "formula": "method", "due_dates": "product"}
LAST = {"due": "due_on", "every": "every_instalments"}


def request_path(path: str | None, own: TermsAsked, slots: list[str]) -> str | None:
    """The request's field for a path of the engine's terms; ``slots`` are the fields of its slots, in their order."""
    if not path:
        return path
    first, *rest = path.split(".")
    if first == "slots" and rest and int(rest[0]) < len(slots):
        return ".".join([slots[int(rest[0])], *rest[1:]]) if slots[int(rest[0])] != "product" else "product"
    if first == "rate":
        return "terms.rate.percent" if own.rate else "product"
    if first == "formula":
        return "terms.formula" if own.formula else "method"
    if first in OWN:
        rest = [LAST.get(part, part) for part in rest]
        return ".".join([OWN[first], *rest])
    return ".".join([STATED.get(first, first), *rest])
