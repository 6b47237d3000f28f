"""What term deposits refuse."""

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownProduct(Invalid):
    """No product has this code, or it is not offered to whoever asks: the two are not told apart."""

    code = "unknown_term_deposit"


class ProductNotPublished(Invalid):
    """The product exists and is not offered on the date; told to staff only."""

    code = "term_deposit_not_published"


class OtherCurrency(Invalid):
    """The amount is in another currency than the product's."""

    code = "term_deposit_other_currency"


class AmountBelowMinimum(Invalid):
    """Less than the product takes."""

    code = "amount_below_minimum"


class AmountAboveMaximum(Invalid):
    """More than the product takes."""

    code = "amount_above_maximum"


class TermMissing(Invalid):
    """A term is given in days or by its maturity date: one of the two."""

    code = "term_or_maturity_date"


class TermTooShort(Invalid):
    """Fewer days than the product takes."""

    code = "term_too_short"


class TermTooLong(Invalid):
    """More days than the product takes."""

    code = "term_too_long"


class NoRateForTerm(Invalid):
    """The rate table has no row for the amount and the term."""

    code = "no_rate_for_term"


class RateOutsidePlan(Invalid):
    """A rate below the plan's lowest or above its highest (TDP-86)."""

    code = "rate_outside_plan"


class PaymentNotOffered(Invalid):
    """The product does not pay interest in this way."""

    code = "payment_not_offered"


class OpeningDateOutOfRange(Invalid):
    """The opening date is too far from the business date."""

    code = "opening_date_out_of_range"


class TermNotOverridable(Invalid):
    """The plan keeps this term for itself."""

    code = "term_not_overridable"


class ProductOrTerms(Invalid):
    """A simulation is of a product, or by terms of one's own: one of the two."""

    code = "term_deposit_or_terms"


class RateOrTable(Invalid):
    """Own terms give one rate, or a table of rates: one of the two."""

    code = "rate_or_table"


class OnlyForStaff(Forbidden):
    """Own terms, rates and unpublished products are for staff who may simulate."""

    code = "only_for_staff"


class CancellationOutsideTerm(Invalid):
    """The day of the early cancellation is not within the term."""

    code = "cancellation_outside_term"


class CancellationNotAllowed(Invalid):
    """The product is not paid back before maturity."""

    code = "cancellation_not_allowed"


class FigureMissing(Conflict):
    """The regulator's figure that the product refers to is not loaded for the date."""

    code = "figure_missing"


class UnknownTermDepositHeld(NotFound):
    """No term deposit has this id, or it belongs to a branch outside the caller's scope."""

    code = "term_deposit_not_found"


class AdvanceNotOpened(Invalid):
    """Interest in advance can be simulated; deposits that pay it are not opened."""

    code = "advance_not_opened"


class HolderBlocked(Conflict):
    """The holder may not open products."""

    code = "term_deposit_holder_blocked"
