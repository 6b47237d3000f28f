"""The routes of charges."""

from chalicelib.modules.deposits import permissions, repository
from chalicelib.modules.deposits.schemas.accounts import Reason
from chalicelib.modules.deposits.schemas.charges import (
    ChargedView,
    ChargeList,
    ChargeRequest,
    ChargeView,
    WaiveCharge,
)
from chalicelib.modules.deposits.service import charges
from chalicelib.platform.http.routes import Routes
from chalicelib.platform.work import UnitOfWork

routes = Routes("deposits", approvable=True)


@routes.get("/accounts/{account_id}/charges", permission=permissions.READ_ACCOUNT, response=ChargeList)
def list_charges(work: UnitOfWork, account_id: str) -> ChargeList:
    """The charges of an account that wait, were collected later or waived."""
    account = repository.account(work, account_id)
    return ChargeList(items=[ChargeView.of(row) for row in repository.charges(work, account.id)])


@routes.post(
    "/accounts/{account_id}/charges",
    permission=permissions.POST_CHARGE,
    request=ChargeRequest,
    response=ChargedView,
    money=True,
)
def post_charge(work: UnitOfWork, account_id: str, body: ChargeRequest) -> ChargedView:
    """Make a service charge."""
    asked = charges.ChargeAsked(account_id, body.charge, body.base, body.units)
    return ChargedView.of(charges.charge(work, asked))


@routes.post(
    "/accounts/{account_id}/charge-waivers",
    permission=permissions.WAIVE_CHARGE,
    request=WaiveCharge,
    response=ChargeView,
)
def waive_charge(work: UnitOfWork, account_id: str, body: WaiveCharge) -> ChargeView:
    """Put on record that a charge is not made."""
    return ChargeView.of(charges.waive(work, account_id, body.charge, body.reason))


@routes.post(
    "/accounts/{account_id}/charges/{charge_id}/waivers",
    permission=permissions.WAIVE_CHARGE,
    request=Reason,
    response=ChargeView,
)
def waive_pending_charge(work: UnitOfWork, account_id: str, charge_id: str, body: Reason) -> ChargeView:
    """Waive a charge that waits."""
    return ChargeView.of(charges.waive_pending(work, account_id, charge_id, body.reason))
