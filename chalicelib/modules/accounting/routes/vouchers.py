"""Vouchers, by hand and from templates; currency bought and sold at the counter."""

from chalicelib.modules.accounting import permissions
from chalicelib.modules.accounting.repository import vouchers as voucher_store
from chalicelib.modules.accounting.schemas.trades import TradeCurrency, TradeReceipt
from chalicelib.modules.accounting.schemas.vouchers import (
    CaptureVoucher,
    Decision,
    TemplateVoucher,
    VoucherList,
    VoucherReason,
    VoucherRequest,
    VouchersQuery,
    VoucherView,
)
from chalicelib.modules.accounting.service import (
    enquiry,
    templates,
    trades,
    vouchers,
)
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("accounting", approvable=True)


@routes.post(
    "/vouchers",
    permission=permissions.CAPTURE_VOUCHER,
    request=CaptureVoucher,
    response=VoucherView,
    money=True,
    amount=lambda body: body.debits(),
)
def capture_voucher(work: UnitOfWork, body: CaptureVoucher) -> VoucherView:
    """Enter a voucher."""
    return VoucherView.of(vouchers.capture(work, body.content(), body.submit))


@routes.post(
    "/templates/{code}/vouchers",
    permission=permissions.CAPTURE_VOUCHER,
    request=TemplateVoucher,
    response=VoucherView,
    money=True,
    amount=lambda body: body.amount,
)
def capture_from_template(work: UnitOfWork, code: str, body: TemplateVoucher) -> VoucherView:
    """Enter a voucher from a template: its amount, branch and date."""
    return VoucherView.of(templates.capture(work, code, body.asked()))


@routes.get("/vouchers", permission=permissions.READ_LEDGER, query=VouchersQuery, response=VoucherList)
def list_vouchers(work: UnitOfWork, query: VouchersQuery) -> VoucherList:
    """Vouchers by number, or by branch, date and state."""
    asked = enquiry.VoucherQuery(
        query.branch or "",
        query.number,
        query.captured_on,
        query.state,
        query.from_date,
        query.to_date,
        query.limit,
        query.cursor,
    )
    return VoucherList.of(enquiry.find_vouchers(work, asked))


@routes.get("/vouchers/{id}", permission=permissions.READ_LEDGER, response=VoucherView)
def read_voucher(work: UnitOfWork, id: str) -> VoucherView:
    """A voucher with its lines."""
    return VoucherView.of(voucher_store.voucher(work, id))


@routes.put(
    "/vouchers/{id}", permission=permissions.CAPTURE_VOUCHER, request=VoucherRequest, response=VoucherView
)
def change_voucher(work: UnitOfWork, id: str, body: VoucherRequest) -> VoucherView:
    """Replace the content of a draft."""
    return VoucherView.of(vouchers.change(work, id, body.content()))


@routes.post(
    "/vouchers/{id}/submissions",
    permission=permissions.CAPTURE_VOUCHER,
    response=VoucherView,
    status=200,
    money=True,
)
def submit_voucher(work: UnitOfWork, id: str) -> VoucherView:
    """Submit a draft."""
    return VoucherView.of(vouchers.submit(work, id))


@routes.post(
    "/vouchers/{id}/authorisations",
    permission=permissions.AUTHORISE_VOUCHER,
    request=Decision,
    response=VoucherView,
    money=True,
    approvable=False,
)
def decide_voucher(work: UnitOfWork, id: str, body: Decision) -> VoucherView:
    """Authorise or reject a voucher that somebody else entered."""
    return VoucherView.of(vouchers.decide(work, id, body.decision == "approve", body.reason))


@routes.post(
    "/vouchers/{id}/reversals",
    permission=permissions.REVERSE_VOUCHER,
    request=VoucherReason,
    response=VoucherView,
    money=True,
)
def reverse_voucher(work: UnitOfWork, id: str, body: VoucherReason) -> VoucherView:
    """Undo an applied voucher by its mirror."""
    return VoucherView.of(vouchers.reverse(work, id, body.reason))


@routes.post(
    "/currency-trades",
    permission=permissions.TRADE_CURRENCY,
    request=TradeCurrency,
    response=TradeReceipt,
    money=True,
    amount=lambda body: body.amount,
)
def trade_currency(work: UnitOfWork, body: TradeCurrency) -> TradeReceipt:
    """Buy or sell foreign currency in cash."""
    return TradeReceipt.of(trades.trade(work, body.asked()), work.context.actor.name)
