"""The routes of term deposits."""

from chalicelib.modules.term_deposits import permissions, repository
from chalicelib.modules.term_deposits.schemas.deposits import (
    OpenTermDeposit,
    TermDepositDetail,
    TermDepositList,
    TermDepositsQuery,
    term_deposit_detail,
    term_deposit_view,
)
from chalicelib.modules.term_deposits.schemas.simulations import (
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
from chalicelib.modules.term_deposits.service import documents, opening, products
from chalicelib.modules.term_deposits.service.simulation import simulate
from chalicelib.platform.http.payload import DocumentView
from chalicelib.platform.http.routes import ANY, OPEN, Routes
from chalicelib.platform.reports import check_reader
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
    check_reader(work, body.language)
    document = documents.simulation_document(work, simulate(work, body.wish()), body.format, body.language)
    return DocumentView(
        filename=document.filename, content_type=document.content_type, content_base64=document.base64
    )


@routes.post(
    "/deposits",
    permission=permissions.OPEN,
    request=OpenTermDeposit,
    response=TermDepositDetail,
    money=True,
    amount=lambda body: body.amount,
)
def open_term_deposit(work: UnitOfWork, body: OpenTermDeposit) -> TermDepositDetail:
    """Open a term deposit with money of an account, which receives what it pays."""
    return term_deposit_detail(work, opening.open_deposit(work, body.opening()))


@routes.get("/deposits", permission=permissions.READ, query=TermDepositsQuery, response=TermDepositList)
def list_term_deposits_held(work: UnitOfWork, query: TermDepositsQuery) -> TermDepositList:
    """The term deposits of a person."""
    found = repository.deposits_of(work, query.party_id)
    return TermDepositList(items=[term_deposit_view(work, deposit) for deposit in found])


@routes.get("/deposits/{deposit_id}", permission=permissions.READ, response=TermDepositDetail)
def read_term_deposit(work: UnitOfWork, deposit_id: str) -> TermDepositDetail:
    """A term deposit with its payments and the interest that it has earned."""
    return term_deposit_detail(work, repository.deposit(work, deposit_id))
