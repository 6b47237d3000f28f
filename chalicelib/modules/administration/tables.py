"""Where the records of administration are kept; people and business dates are the platform's."""

from chalicelib.modules.administration.domain import CashPosition
from chalicelib.platform.storage.collection import Collection

CASH_POSITIONS = Collection(
    CashPosition,
    table="core",
    partition="administration#cash#{branch}#{business_date}",
    sort="{teller}#{currency}",
)
