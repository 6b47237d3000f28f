"""The routes of loans."""

from chalicelib.modules.loans import permissions
from chalicelib.modules.loans.schemas.answered import (
    IndexRateList,
    IndexSeriesView,
    LoanPlanList,
    LoanProductList,
    LoanSimulationView,
)
from chalicelib.modules.loans.schemas.asked import (
    IndexQuery,
    LoanProductsQuery,
    LoanSimulationDocumentRequest,
    LoanSimulationRequest,
)
from chalicelib.modules.loans.schemas.views import (
    index_rate_view,
    index_series_view,
    plan_view,
    product_view,
    simulation_view,
)
from chalicelib.modules.loans.service import documents, products, simulation
from chalicelib.platform.http.payload import DocumentView
from chalicelib.platform.http.routes import ANY, OPEN, Routes
from chalicelib.platform.reports import check_reader
from chalicelib.platform.today import business_day
from chalicelib.platform.work import UnitOfWork

routes = Routes("loans", approvable=True)


@routes.get("/products", permission=OPEN, realm=ANY, query=LoanProductsQuery, response=LoanProductList)
def list_loan_products(work: UnitOfWork, query: LoanProductsQuery) -> LoanProductList:
    """The loan products on offer, with their rates, terms and ways of paying back."""
    today, found = products.offered(work)
    return LoanProductList(business_date=today, items=[product_view(work, each, today) for each in found])


@routes.get("/plans", permission=permissions.SIMULATE, response=LoanPlanList)
def list_loan_plans(work: UnitOfWork) -> LoanPlanList:
    """Every product in force, published or not, with the terms that one loan may change."""
    today, found = products.every(work)
    return LoanPlanList(business_date=today, items=[plan_view(work, each, today) for each in found])


@routes.post(
    "/simulations",
    permission=OPEN,
    realm=ANY,
    request=LoanSimulationRequest,
    response=LoanSimulationView,
    status=200,
    idempotent=False,
)
def simulate_loan(work: UnitOfWork, body: LoanSimulationRequest) -> LoanSimulationView:
    """The table of a loan of a product, or of terms that staff set themselves; nothing is kept."""
    return simulation_view(work, simulation.simulate(work, body.asked()))


@routes.post(
    "/simulations/documents",
    permission=OPEN,
    realm=ANY,
    request=LoanSimulationDocumentRequest,
    response=DocumentView,
    status=200,
    idempotent=False,
)
def print_simulation(work: UnitOfWork, body: LoanSimulationDocumentRequest) -> DocumentView:
    """The table of a simulation as a file in the cooperative's brand."""
    check_reader(work, body.language)
    simulated = simulation.simulate(work, body.asked())
    document = documents.simulation_document(work, simulated, body.format, body.language)
    return DocumentView(
        filename=document.filename, content_type=document.content_type, content_base64=document.base64
    )


@routes.get("/index-rates", permission=permissions.READ_RATES, query=IndexQuery, response=IndexRateList)
def list_index_rates(work: UnitOfWork, query: IndexQuery) -> IndexRateList:
    """The index rates with their values in force on a day."""
    on = query.on or business_day(work)
    found = products.index_rates(work, on)
    return IndexRateList(items=[index_rate_view(work, code, rate, on) for code, rate in found])


@routes.get(
    "/index-rates/{code}", permission=permissions.READ_RATES, query=IndexQuery, response=IndexSeriesView
)
def read_index_rate(work: UnitOfWork, code: str, query: IndexQuery) -> IndexSeriesView:
    """An index rate on a day, and all its values."""
    on = query.on or business_day(work)
    return index_series_view(work, code, products.index_rate(work, code, on), on)
