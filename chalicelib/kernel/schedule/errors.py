"""What a schedule refuses: one small error for each kind of absurd input, with the field that holds it."""

from __future__ import annotations

from chalicelib.kernel.errors import Invalid


class InvalidChoice(Invalid):
    """A word that is none of the values a term may have."""

    code = "invalid_choice"


class InvalidInstalments(Invalid):
    """The number of instalments is not between 1 and the largest, or leaves none to amortise."""

    code = "invalid_instalments"


class InvalidFrequency(Invalid):
    """Not every 1 to 1,000 days, weeks or months."""

    code = "invalid_frequency"


class LoanTooLong(Invalid):
    """The last instalment is due more than two hundred years after the first draw."""

    code = "loan_too_long"


class DueBeyondCalendar(Invalid):
    """An instalment would be due after the last year that a date can be of."""

    code = "due_beyond_calendar"


class InvalidPrincipal(Invalid):
    """Nothing is lent: no draw, or a draw that is not positive."""

    code = "invalid_principal"


class FirstDueBeforeDisbursement(Invalid):
    """The first instalment is not after the first draw."""

    code = "first_due_before_disbursement"


class DrawAfterLastDue(Invalid):
    """A draw is not before the last due date, or draws are not in order of date."""

    code = "draw_out_of_order"


class MixedCurrencies(Invalid):
    """An amount is in another currency than the loan."""

    code = "mixed_currencies"


class UnknownFormula(Invalid):
    """No formula of that name is registered."""

    code = "unknown_formula"


class FormulaMissesValue(Invalid):
    """The present value of the formula's instalments is not the principal (LON-15)."""

    code = "formula_misses_present_value"


class FormulaAlreadyRegistered(Invalid):
    """A formula of that name exists."""

    code = "formula_already_registered"


class MissingGrowth(Invalid):
    """The formula needs a growth that the terms do not give, or the terms give one it cannot use."""

    code = "missing_growth"


class InvalidGrowth(Invalid):
    """Growth of -100 % or less, past 1,000 %, or not every 1 instalment or more."""

    code = "invalid_growth"


class NeverAmortises(Invalid):
    """Instalments do not cover the interest of their period and the terms do not admit capitalising it."""

    code = "never_amortises"


class ExceptionalBeyondDebt(Invalid):
    """Exceptional instalments are worth more than the debt."""

    code = "exceptional_beyond_debt"


class InvalidExceptional(Invalid):
    """An exceptional instalment without its place in the schedule, not positive, or twice in one place."""

    code = "invalid_exceptional"


class InvalidGrace(Invalid):
    """Grace that is negative or leaves no instalment to pay."""

    code = "invalid_grace"


class InvalidSlot(Invalid):
    """An insurance or charge with parts missing or out of range, or more than nine of a kind."""

    code = "invalid_slot"


class InsuredShares(Invalid):
    """The shares of the insured persons do not add up to 100 %."""

    code = "insured_shares"


class NoAgeBand(Invalid):
    """The table has no rate for an age that an insured person will have."""

    code = "no_age_band"


class IrregularRows(Invalid):
    """Rows typed by hand are missing, out of order or do not add up to the principal."""

    code = "irregular_rows"


class RatesOutOfOrder(Invalid):
    """Later rates are not in order of date, or one begins before the loan."""

    code = "rates_out_of_order"


class UnsupportedTerms(Invalid):
    """Two terms that contradict each other; the field is the second."""

    code = "unsupported_terms"


class NoSolution(Invalid):
    """No value of the unknown makes the schedule end at zero."""

    code = "no_solution"


class EventsOutOfOrder(Invalid):
    """An event dated before the one ahead of it, or before the loan began."""

    code = "events_out_of_order"


class EventAfterPayoff(Invalid):
    """An event of a loan that owes nothing any more."""

    code = "event_after_payoff"


class InvalidEvent(Invalid):
    """An event whose amount, number or dates cannot be: nothing paid, an instalment that is past."""

    code = "invalid_event"


class PaymentBeyondDebt(Invalid):
    """More is paid than the whole debt on that day."""

    code = "payment_beyond_debt"


class InvalidLateRule(Invalid):
    """A late rate that is negative or none, days of grace below zero, or a year of other than 360 to 366 days."""

    code = "invalid_late_rule"


class InvalidPaymentOrder(Invalid):
    """An order of payment that leaves a component out or names one twice."""

    code = "invalid_payment_order"
