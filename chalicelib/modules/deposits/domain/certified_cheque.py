"""Certified cheques: the bank has set their funds aside, and pays them out of those alone (DEP-96)."""

from datetime import date
from enum import StrEnum

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Conflict, Invalid
from chalicelib.kernel.money import Money


class CertificationState(StrEnum):
    """Life of a certification; a paid cheque or a cancelled certification keeps no funds."""

    ACTIVE = "certified"
    PAID = "paid"
    CANCELLED = "cancelled"


class ChequeCertified(Conflict):
    """The cheque is certified: it is not certified twice and not stopped, and its funds are not released by hand."""

    code = "cheque_certified"


class ChequeNotCertified(Conflict):
    """The cheque is not certified, or not any more."""

    code = "cheque_not_certified"


class CertificationNotOffered(Conflict):
    """The control record names no hold code for the funds of certified cheques."""

    code = "certification_not_offered"


class CertifiedAmountDiffers(Invalid):
    """A certified cheque is paid for the amount that it was certified for."""

    code = "certified_amount_differs"


@dataclass(frozen=True, slots=True)
class CertifiedCheque:
    """A cheque whose funds a hold keeps."""

    account_id: str
    number: int
    minor: int
    currency: str
    hold_id: str
    certified_on: date
    certified_by: str
    state: CertificationState = CertificationState.ACTIVE
    version: int = 0

    @property
    def money(self) -> Money:
        """The amount that was certified."""
        return Money(self.minor, self.currency)
