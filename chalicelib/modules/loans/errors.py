"""What loans refuse."""

from chalicelib.kernel.errors import Invalid, NotFound


class UnknownProduct(Invalid):
    """No loan product has this code, or it is not offered to whoever asks."""

    code = "unknown_loan_product"


class ProductOrRateMissing(Invalid):
    """A simulation needs a product, or a rate of its own."""

    code = "product_or_rate_missing"


class AmountOutOfLimits(Invalid):
    """The product lends from ``minimum`` to ``maximum``."""

    code = "amount_out_of_limits"


class TermOutOfLimits(Invalid):
    """The product's terms run from ``minimum`` to ``maximum``, in ``unit``; with this frequency, ``least`` to ``most``
    instalments.
    """

    code = "term_out_of_limits"


class FrequencyNotOffered(Invalid):
    """The product has no such frequency of payment."""

    code = "frequency_not_offered"


class MethodNotOffered(Invalid):
    """The product is not paid back in this way."""

    code = "method_not_offered"


class UnknownOption(Invalid):
    """The product has no optional insurance or charge of this code."""

    code = "unknown_option"


class TermNotOverridable(Invalid):
    """The product does not let one loan change this."""

    code = "loan_term_not_overridable"


class RateSourceMissing(Invalid):
    """A rate is a percentage or an index rate, one of the two."""

    code = "rate_source_exclusive"


class UnknownIndexRate(Invalid):
    """No index rate has this code."""

    code = "unknown_index_rate"


class IndexWithoutValue(Invalid):
    """The index rate has no value on that day."""

    code = "index_without_value"


class NoRateTier(Invalid):
    """No tier of the product holds this amount."""

    code = "no_rate_tier"


class RateOutOfLimits(Invalid):
    """The product's rates run from ``minimum`` to ``maximum``."""

    code = "rate_out_of_limits"


class DrawsDoNotAddUp(Invalid):
    """The draws are not the principal."""

    code = "draws_do_not_add_up"


class DisbursedInThePast(Invalid):
    """Only staff simulate loans of days gone by."""

    code = "disbursed_in_the_past"


class FirstDueTooLate(Invalid):
    """The product's first instalment is due within ``days`` of the disbursement."""

    code = "first_due_too_late"


class InsuredMissing(Invalid):
    """An insurance by age needs the birth date of whom it insures."""

    code = "insured_missing"


class FigureNotInForce(Invalid):
    """The country's figure that a charge needs is not known for that day."""

    code = "figure_not_in_force"


class TooManyEvents(Invalid):
    """A loan of so many instalments takes at most ``most`` events at a time."""

    code = "too_many_events"


class EventIncomplete(Invalid):
    """The event lacks what its kind needs."""

    code = "event_incomplete"


class NoSuchIndex(NotFound):
    """No index rate has this code."""

    code = "index_rate_not_found"
