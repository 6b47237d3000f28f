"""The routes of term deposits."""

from chalicelib.modules.term_deposits import permissions
from chalicelib.modules.term_deposits.schemas import (
    ProductList,
    ProductsQuery,
    ProductView,
    SimulationDocumentRequest,
    SimulationRequest,
    SimulationView,
    StaffProductList,
    simulation_view,
    staff_product,
)
from chalicelib.modules.term_deposits.service import documents, products
from chalicelib.modules.term_deposits.service.simulation import simulate
from chalicelib.platform.http.payload import DocumentView
from chalicelib.platform.http.routes import ANY, OPEN, Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("term_deposits")


@routes.get("/products", permission=OPEN, realm=ANY, query=ProductsQuery, response=ProductList)
def list_term_deposits(work: UnitOfWork, query: ProductsQuery) -> ProductList:
    """The products on offer, with their limits and rates."""
    language = work.context.language
    return ProductList(items=[ProductView.of(found, language) for found in products.published(work)])


@routes.get("/plans", permission=permissions.SIMULATE, response=StaffProductList)
def list_term_deposit_plans(work: UnitOfWork) -> StaffProductList:
    """Every product in force, published or not, with the terms that a simulation may change."""
    language = work.context.language
    return StaffProductList(items=[staff_product(found, language) for found in products.every(work)])


@routes.post(
    "/simulations",
    permission=OPEN,
    realm=ANY,
    request=SimulationRequest,
    response=SimulationView,
    status=200,
    idempotent=False,
)
def simulate_term_deposit(work: UnitOfWork, body: SimulationRequest) -> SimulationView:
    """What a term deposit would pay: every payment, tax, rates, yields and the formula in words."""
    return simulation_view(work, simulate(work, body.wish()))


@routes.post(
    "/simulations/documents",
    permission=OPEN,
    realm=ANY,
    request=SimulationDocumentRequest,
    response=DocumentView,
    status=200,
    idempotent=False,
)
def print_term_deposit_simulation(work: UnitOfWork, body: SimulationDocumentRequest) -> DocumentView:
    """A simulation as a file with the cooperative's brand, in the reader's language."""
    document = documents.simulation_document(work, simulate(work, body.wish()), body.format, body.language)
    return DocumentView(
        filename=document.filename, content_type=document.content_type, content_base64=document.base64
    )
