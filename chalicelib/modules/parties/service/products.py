"""The register of product modules: each tells what it holds for a party; parties ask, and never import them."""

from collections.abc import Callable

from chalicelib.modules.parties.domain.product import ProductSummary
from chalicelib.platform.work import UnitOfWork

Summaries = Callable[[UnitOfWork, str], list[ProductSummary]]

_MODULES: dict[str, Summaries] = {}


def register_product_summary(module: str, summaries: Summaries) -> None:
    """Declare how a module tells what a party has there: ``summaries(work, party_id)``, within the caller's scope."""
    _MODULES[module] = summaries


def summaries(work: UnitOfWork, party_id: str, application: str = "") -> list[ProductSummary]:
    """Every product of a party (or those of one application), in the order in which they were opened."""
    modules = work.context.tenant.modules
    found = [
        product
        for module, tell in sorted(_MODULES.items())
        if not modules or module in modules
        for product in tell(work, party_id)
    ]
    wanted = [product for product in found if application in ("", product.application)]
    return sorted(wanted, key=lambda product: (product.opened_on, product.number))
