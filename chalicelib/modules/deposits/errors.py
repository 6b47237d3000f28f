"""What deposits refuses."""

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownDepositAccount(NotFound):
    """No deposit account has this id or number, or it belongs to a branch outside the caller's scope."""

    code = "unknown_account"


class InsufficientFunds(Conflict):
    """The account has not that much to spend; ``available`` says how much."""

    code = "insufficient_funds"
    status = 422


class ChargesNotCovered(Conflict):
    """There is not enough to pay the charges that come with it; ``available`` says what is left for them."""

    code = "charges_not_covered"
    status = 422


class UnknownAccountCharge(NotFound):
    """The account has no such charge."""

    code = "unknown_account_charge"


class ChargeNeedsBase(Invalid):
    """The charge depends on an amount, which the request must give."""

    code = "charge_needs_base"


class ChargeCostsNothing(Conflict):
    """The charge comes to nothing here: its amount is zero."""

    code = "charge_costs_nothing"


class BelowMinimumBalance(Conflict):
    """The plan forbids going below its minimum balance."""

    code = "below_minimum_balance"
    status = 422


class AccountClosed(Conflict):
    """The account is closed."""

    code = "account_closed"


class StatusForbids(Conflict):
    """The account's status does not let this happen."""

    code = "status_forbids"


class AccountHeld(Conflict):
    """A hold stops this on the whole account."""

    code = "account_held"


class WrongSide(Invalid):
    """The transaction code is for the other side, or moves no money."""

    code = "wrong_side"


class CodeNotUsable(Invalid):
    """The transaction code is inactive, or not for this operation or channel."""

    code = "code_not_usable"


class CurrencyMismatch(Invalid):
    """The amount is in another currency than the account."""

    code = "currency_mismatch"


class NotOverridable(Invalid):
    """The plan does not let an account have its own value of this field."""

    code = "not_overridable"


class PlanNotOffered(Invalid):
    """The plan is not offered on this date or to this person."""

    code = "plan_not_offered"


class HolderNotAllowed(Forbidden):
    """This person may not open accounts."""

    code = "holder_not_allowed"
    status = 422


class NumberTaken(Conflict):
    """Another account has this number."""

    code = "number_taken"


class BackdatingNotAllowed(Invalid):
    """The value date must be the business date."""

    code = "backdating_not_allowed"


class ValueDateTooEarly(Invalid):
    """The value date is further back than the control record allows, or before the account was opened."""

    code = "value_date_too_early"


class SameAccount(Invalid):
    """A transfer needs two different accounts."""

    code = "same_account"


class UnknownHold(NotFound):
    """No such hold on this account."""

    code = "unknown_hold"


class HoldReleased(Conflict):
    """The hold was released before."""

    code = "hold_released"


class HoldExceedsBalance(Invalid):
    """There is not that much to hold."""

    code = "hold_exceeds_balance"


class UnknownOverdraftLimit(NotFound):
    """No such overdraft limit on this account."""

    code = "unknown_overdraft_limit"


class OverdraftLimitEnded(Conflict):
    """The overdraft limit is no longer in force."""

    code = "overdraft_limit_ended"


class InvalidOverdraftDates(Invalid):
    """A limit begins today or later and ends on that day or after it."""

    code = "invalid_overdraft_dates"


class TooManyOverdraftLimits(Conflict):
    """The account has as many limits of its own as it may."""

    code = "too_many_overdraft_limits"


class NotOverdrawn(Conflict):
    """The account is not overdrawn and owes no interest."""

    code = "not_overdrawn"


class DayStillClosing(Conflict):
    """The close of the day before has still to charge the account; it is a matter of minutes."""

    code = "day_still_closing"


class OverdraftCodeMissing(Conflict):
    """The control record names no transaction code for interest on overdrafts; without it none could be charged."""

    code = "overdraft_code_missing"


class OverdraftGroupUnfit(Invalid):
    """The plan names a group of the other kind of limit, or of another currency."""

    code = "overdraft_group_unfit"


class NotReversible(Conflict):
    """Transactions of this code cannot be reversed."""

    code = "not_reversible"


class ChequesNotAllowed(Invalid):
    """The account's plan handles no cheques."""

    code = "cheques_not_allowed"


class UnknownCharge(Invalid):
    """No such service charge."""

    code = "unknown_charge"


class OutsideStatementPeriod(Conflict):
    """The entry is in a statement that was issued: it is corrected by another one, not reversed."""

    code = "outside_statement_period"


class PeriodTooLong(Invalid):
    """The dates are in the wrong order or too far apart."""

    code = "invalid_period"


class InterestAccountNotAllowed(Invalid):
    """Interest can only go to an open account of the same currency."""

    code = "interest_account_not_allowed"


class UnknownScheduledTransfer(NotFound):
    """No scheduled transfer has this id, or it is from an account outside the caller's scope."""

    code = "unknown_scheduled_transfer"


class TransferTooFarAhead(Invalid):
    """A transfer is scheduled for a later date than today's, and not for one too far away."""

    code = "scheduled_date"


class TransferNotScheduled(Conflict):
    """The scheduled transfer was carried out, failed or was cancelled before."""

    code = "transfer_not_scheduled"


class BalancesNotKept(Invalid):
    """Only the balances of the last closed date are kept beside those of now."""

    code = "balances_not_kept"


class UnknownStatement(NotFound):
    """No statement of this account was issued for a period that ends then."""

    code = "unknown_statement"


class HoldsRemain(Conflict):
    """An account with holds on it stays open."""

    code = "holds_remain"


class FundsNotCleared(Conflict):
    """An account with funds that have not cleared stays open."""

    code = "funds_not_cleared"


class AccountOverdrawn(Conflict):
    """An account that owes the cooperative stays open."""

    code = "account_overdrawn"


class ChargesRemain(Conflict):
    """The account's balance does not pay its charges; it stays open until they are paid or waived."""

    code = "charges_remain"


class ChequesRemain(Conflict):
    """An account with cheques that may still be drawn stays open until they are given back."""

    code = "cheques_remain"


class ClosingUnderWay(Conflict):
    """The end of day counts the account at this moment; it can be closed when the run is done."""

    code = "closing_under_way"


class UnknownCheque(NotFound):
    """The account was never given a cheque of this number."""

    code = "unknown_cheque"


class UnknownStop(NotFound):
    """No such stop on this account's cheques."""

    code = "unknown_stop"


class InvalidChequeRange(Invalid):
    """The numbers are in the wrong order, or too many for one book."""

    code = "invalid_cheque_range"


class ChequesOverlap(Conflict):
    """Some of the numbers are in a book that the account has already."""

    code = "cheques_overlap"


class ChequeAlreadyPaid(Conflict):
    """The cheque was paid before."""

    code = "cheque_already_paid"


class ChequeStopped(Conflict):
    """The cheque must not be paid: it was stopped, lost or stolen."""

    code = "cheque_stopped"


class ChequeReturned(Conflict):
    """The cheque was given back to the cooperative."""

    code = "cheque_returned"


class StopEnded(Conflict):
    """The stop has ended, or its cheques were given back for good."""

    code = "stop_ended"


class UnknownBatch(NotFound):
    """No such batch."""

    code = "unknown_batch"


class UnknownPendingTransaction(NotFound):
    """No rejected line waits under this id."""

    code = "unknown_pending_transaction"


class MalformedBatch(Invalid):
    """The file is no CSV or JSON list of lines, or has too many."""

    code = "malformed_batch"


class MalformedBatchLine(Invalid):
    """A line of the file lacks something or has something it should not."""

    code = "malformed_batch_line"


class BatchTotalsWrong(Invalid):
    """The file has not as many lines, or not the totals, that its sender says."""

    code = "batch_totals_wrong"


class DigestMismatch(Invalid):
    """The file is not the one whose digest its sender gives."""

    code = "digest_mismatch"


class BatchRegisteredBefore(Conflict):
    """The same file was registered before."""

    code = "batch_registered_before"


class BatchNotOpen(Conflict):
    """The batch was applied or stopped."""

    code = "batch_not_open"


class EarlierBatchWaits(Conflict):
    """A batch that comes first in order is not applied yet."""

    code = "earlier_batch_waits"
