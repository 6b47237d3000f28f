"""The register of product modules: each tells what it holds; parties ask, and never import them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from chalicelib.kernel.dataclass import dataclass
from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.platform import declared
from chalicelib.platform.posting.accounts import UnknownAccount
from chalicelib.platform.work import UnitOfWork

OfParty = Callable[[UnitOfWork, str], list[ProductSummary]]
Named = Callable[[UnitOfWork, Sequence[str]], list[ProductSummary]]
InBranch = Callable[[UnitOfWork, str], Iterable[ProductSummary]]


@dataclass(frozen=True, slots=True)
class ProductModule:
    """How a module tells of its products, always within the caller's scope.

    ``of_party(work, party_id)``: those whose main holder a party is. ``named(work, account_ids)``: those of these ids
    that are its own, in any order. ``in_branch(work, branch)``: every one of a branch that has not ended, for reports.
    """

    of_party: OfParty
    named: Named | None = None
    in_branch: InBranch | None = None


_MODULES: dict[str, ProductModule] = {}


def register_product_summary(
    module: str, of_party: OfParty, *, named: Named | None = None, in_branch: InBranch | None = None
) -> None:
    """Declare how a module tells of its products; without ``named`` nobody else gets a part in its accounts."""
    _MODULES[module] = ProductModule(of_party, named, in_branch)


def of_party(work: UnitOfWork, party_id: str, application: str = "") -> list[ProductSummary]:
    """Every product, or those of one application, whose main holder a party is."""
    return [product for module in _modules(work, application) for product in module.of_party(work, party_id)]


def named(work: UnitOfWork, account_ids: Sequence[str], application: str = "") -> dict[str, ProductSummary]:
    """Account id → product, of these accounts (or those of one application) that are within the caller's scope."""
    found = (
        product
        for module in _modules(work, application)
        if module.named and account_ids
        for product in module.named(work, account_ids)
    )
    return {product.account_id: product for product in found}


def account(work: UnitOfWork, account_id: str) -> ProductSummary:
    """The product with this id. Raises UnknownAccount."""
    found = named(work, [account_id]).get(account_id)
    if found is None:
        raise UnknownAccount("account_id")
    return found


def in_branch(work: UnitOfWork, branch: str) -> Iterator[ProductSummary]:
    """Every product of a branch that has not ended, module by module."""
    for module in _modules(work):
        if module.in_branch:
            yield from module.in_branch(work, branch)


def _modules(work: UnitOfWork, application: str = "") -> list[ProductModule]:
    declared.load("products")
    having = work.context.tenant.modules
    return [
        module
        for name, module in sorted(_MODULES.items())
        if (not having or name in having) and application in ("", name)
    ]
