"""What other modules tell of the products that a party has with the cooperative (PTY-63, PTY-70)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money

WHOLE: Final = Decimal("100.0000")
"""The percentage of whoever owns all of an account."""
Nature = Literal["held", "owed", "contingent"]
"""``held``: the cooperative keeps it for the party; ``owed``: the party owes it; ``contingent``: neither yet."""


@dataclass(frozen=True, slots=True)
class ProductSummary:
    """One account or product of a party; ``role`` is what the party is in it (owner, guarantor …).

    ``kind`` is what people call such products (savings, checking, contributions, term_deposit, loan …), ``name`` what
    this one is called in the caller's language. ``balance`` is never negative: what an overdrawn account lacks is
    ``owed``. ``accrued`` is interest earned, or owed, and not yet paid; ``rate`` the annual percentage that the balance
    earns or costs now. ``active`` is false for what has ended.
    ``party_id`` is its main holder. Of an owner, ``ownership_pct`` is its part of the account, and ``share``,
    ``share_available`` and ``share_blocked`` are that part of the amounts; None where it owns all of it.
    """

    application: str
    account_id: str
    number: str
    product: str
    state: str
    opened_on: date
    balance: Money
    role: str = "owner"
    nature: Nature = "held"
    available: Money | None = None
    branch: str = ""
    kind: str = ""
    name: str = ""
    blocked: Money | None = None
    accrued: Decimal | None = None
    rate: Decimal | None = None
    matures_on: date | None = None
    active: bool = True
    party_id: str = ""
    owner: bool | None = None
    ownership_pct: Decimal | None = None
    share: Money | None = None
    share_available: Money | None = None
    share_blocked: Money | None = None

    @property
    def owns(self) -> bool:
        """Whether the party owns it, or a part of it; where ``owner`` does not say, the role does."""
        return self.role == "owner" if self.owner is None else self.owner

    @property
    def own_balance(self) -> Money:
        """What of the balance is the owner's."""
        return self.balance if self.share is None else self.share

    @property
    def own_available(self) -> Money | None:
        """What of the available amount is the owner's; None where the product has no such amount."""
        return self.available if self.share_available is None else self.share_available

    @property
    def own_blocked(self) -> Money | None:
        """What of the blocked amount is the owner's; None where the product has no such amount."""
        return self.blocked if self.share_blocked is None else self.share_blocked

    @property
    def joint_pct(self) -> Decimal | None:
        """The percentage of a party that owns it together with others, without zeros at its end: 50, 33.3334."""
        if not self.owns or self.ownership_pct is None or self.ownership_pct >= WHOLE:
            return None
        return Decimal(f"{self.ownership_pct.normalize():f}")

    @property
    def joint(self) -> bool:
        """Whether the party owns it together with others."""
        return self.joint_pct is not None


@dataclass(frozen=True, slots=True)
class ProductTotal:
    """What is held, owed and contingent in one currency."""

    currency: str
    held: Money
    owed: Money
    contingent: Money


def totals(products: Iterable[ProductSummary]) -> list[ProductTotal]:
    """Totals by currency, of what the party owns of its products."""
    listed = [product for product in products if product.owns]
    return [
        ProductTotal(code, *(_sum(listed, code, nature) for nature in ("held", "owed", "contingent")))
        for code in sorted({product.balance.currency for product in listed})
    ]


def _sum(products: list[ProductSummary], currency: str, nature: str) -> Money:
    amounts = (
        product.own_balance
        for product in products
        if product.nature == nature and product.balance.currency == currency
    )
    return sum(amounts, Money.zero(currency))


def standing(products: Iterable[ProductSummary], *, counts_as_customer: bool, related: bool) -> str:
    """``customer`` with a product of its own, ``related`` with only a role or relation, ``prospect`` else (PTY-13)."""
    listed = list(products)
    if counts_as_customer and any(product.owns for product in listed):
        return "customer"
    return "related" if listed or related else "prospect"
