"""Transaction codes, account statuses and hold codes: what may happen to an account, in the tenant's own words."""

from typing import Final, Literal, get_args

from pydantic import ValidationInfo, field_validator

from chalicelib.kernel.names import Names
from chalicelib.kernel.plan import Amount, Plan, term
from chalicelib.kernel.plan_rules import check_distinct, check_given

CreditOperation = Literal[
    "cash_deposit",
    "cheque_deposit",
    "transfer_in",
    "interest_payment",
    "interest_adjustment_credit",
    "charge_refund",
    "share_contribution",
    "claim_restored",
    "overdraft_write_off",
]
DebitOperation = Literal[
    "cash_withdrawal",
    "cheque_payment",
    "returned_cheque",
    "transfer_out",
    "interest_adjustment_debit",
    "withholding",
    "service_charge",
    "charge_tax",
    "overdraft_interest",
    "closing_payment",
    "share_refund",
    "unclaimed_transfer",
]
Operation = CreditOperation | DebitOperation | Literal["maintenance"]
"""Standard operations that a tenant's own codes stand for (GEN-05)."""

SIDES: Final = {
    "maintenance": None,
    **dict.fromkeys(get_args(CreditOperation), "credit"),
    **dict.fromkeys(get_args(DebitOperation), "debit"),
}
"""Operation → the side on which it moves the member's balance; None: it moves no money."""

BaseClass = Literal[
    "pending_funding", "active", "inactive", "dormant", "unclaimed", "blocked", "written_off", "closed"
]
Accumulator = Literal[
    "ledger",
    "float",
    "interest_paid_ytd",
    "tax_withheld_ytd",
    "fees_ytd",
    "deposit_count",
    "withdrawal_count",
]
Channel = Literal["teller", "officer", "member_portal", "atm", "batch", "system", "api"]


class ContraRole(Plan):
    """The role of the other leg for accounts of one kind, by the accounting code of their plan (DEP-97)."""

    product: str = term(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    role: str = term(ref="accounting.role_map")


class TransactionCode(Plan):
    """A code under which money or maintenance is recorded on an account (DEP-68 to DEP-76, GEN-05).

    The account's own leg is on `side`, seen from the member's balance, under the role of its product; the other leg
    is posted under `contra_role`, or to the other account of a transfer; `contra_roles` replace it for accounts of some
    plans. `gl_event` is the key under which the journal is consolidated; blank: the code itself.
    """

    names: Names = term()
    operation: Operation = term()
    monetary: bool = term(True)
    side: Literal["debit", "credit"] | None = term(None)
    contra_role: str | None = term(None, ref="accounting.role_map")
    contra_roles: tuple[ContraRole, ...] = term(())
    gl_event: str = term("", pattern=r"^([a-z][a-z0-9_]{0,39})?$")
    accumulators: tuple[Accumulator, ...] = term(())
    channels: tuple[Channel, ...] = term(min_length=1)
    check_status: bool = term(True)
    store_history: bool = term(True)
    statement_order: int = term(50, ge=0, le=999)
    float_day: int = term(0, unit="days", ge=0, le=7)
    member_initiated: bool = term(True)
    reversible: bool = term(True)
    backdatable: bool = term(False)
    access_level: int = term(0, ge=0, le=99)
    requires_approval_over: Amount | None = term(None, unit="money", ge=0)
    charge: str | None = term(None, ref="deposits.service_charge")
    active: bool = term(True)

    @field_validator("monetary")
    @classmethod
    def _maintenance_moves_no_money(cls, monetary: bool, info: ValidationInfo) -> bool:
        if monetary == (info.data.get("operation") == "maintenance"):
            raise ValueError("operation_and_monetary")
        return monetary

    @field_validator("side")
    @classmethod
    def _side_fits_the_operation(cls, side: str | None, info: ValidationInfo) -> str | None:
        if "operation" in info.data and side != SIDES[info.data["operation"]]:
            raise ValueError("operation_and_side")
        return side

    @field_validator("contra_role")
    @classmethod
    def _other_leg_is_known(cls, role: str | None, info: ValidationInfo) -> str | None:
        operation = info.data.get("operation")
        if operation is not None:
            needed = operation not in ("maintenance", "transfer_in", "transfer_out")
            check_given(role is not None, needed, "contra_role")
        return role

    @field_validator("contra_roles")
    @classmethod
    def _one_role_per_product(
        cls, roles: tuple[ContraRole, ...], info: ValidationInfo
    ) -> tuple[ContraRole, ...]:
        if roles and "contra_role" in info.data and info.data["contra_role"] is None:
            raise ValueError("contra_roles_not_allowed")
        check_distinct((row.product for row in roles), "contra_role_repeated")
        return roles

    def role_for(self, product: str) -> str | None:
        """The role of the other leg for accounts of a plan with this accounting code."""
        return next((row.role for row in self.contra_roles if row.product == product), self.contra_role)

    def uses_role(self, role: str) -> bool:
        """Whether any account's other leg has this role."""
        return role in (self.contra_role, *(row.role for row in self.contra_roles))


class Allowed(Plan):
    """What a status lets happen to an account (DEP-107)."""

    accrue: bool = term(True)
    pay_interest: bool = term(True)
    fees: bool = term(True)
    debit: bool = term(True)
    credit: bool = term(True)
    cheque: bool = term(True)
    transfer: bool = term(True)
    maintenance: bool = term(True)


class StatusCode(Plan):
    """A tenant's own account status, on top of one of the bank's base classes (DEP-103 to DEP-107)."""

    names: Names = term()
    base_class: BaseClass = term()
    allow: Allowed = term(Allowed())
    next_codes: tuple[str, ...] = term((), ref="deposits.status_code")
    reason_required: bool = term(False)
    manual: bool = term(True)

    @field_validator("allow")
    @classmethod
    def _class_bounds_what_is_allowed(cls, allow: Allowed, info: ValidationInfo) -> Allowed:
        base = info.data.get("base_class")
        if base == "closed" and any(allow.model_dump().values()):
            raise ValueError("closed_allows_nothing")
        if base in ("pending_funding", "dormant", "unclaimed") and (allow.debit or allow.cheque):
            raise ValueError("class_allows_no_debit")
        return allow


class HoldCode(Plan):
    """A kind of hold: what it stops, for how long and who may lift it (DEP-93)."""

    names: Names = term()
    stops: Literal["debit", "credit", "both"] = term("debit")
    extent: Literal["amount", "total"] = term("amount")
    reason_required: bool = term(True)
    max_days: int | None = term(None, unit="days", ge=1, le=36500)
    requires_approval_over: Amount | None = term(None, unit="money", ge=0)
    release_permission: str = term("deposits.release_holds", pattern=r"^[a-z][a-z_]*\.[a-z][a-z_]*$")
    active: bool = term(True)

    @field_validator("extent")
    @classmethod
    def _credits_are_stopped_whole(cls, extent: str, info: ValidationInfo) -> str:
        if extent == "amount" and info.data.get("stops") in ("credit", "both"):
            raise ValueError("credit_hold_is_total")
        return extent
