"""What accounting refuses."""

from chalicelib.kernel.errors import Conflict, Forbidden, Invalid, NotFound

# -- the ledger ---------------------------------------------------------------------------------------------


class UnknownLedgerAccount(NotFound):
    """The chart has no such account on the date, or it is above the caller's confidentiality level."""

    code = "unknown_ledger_account"


class BranchNotFound(NotFound):
    """No branch has this code, or it is outside the caller's scope."""

    code = "branch_not_found"


class LedgerPeriodInvalid(Invalid):
    """The dates are in the wrong order, lie in the future, or are too far apart (``days`` at most)."""

    code = "ledger_period_invalid"


class LaterDayClosed(Conflict):
    """A day cannot be closed anew with another result while a later one stands on it."""

    code = "later_day_closed"


class SuspenseAccountMissing(Conflict):
    """Neither the leg's own account nor a suspense account could be found: the money has no place to go."""

    code = "suspense_account_missing"


class MalformedAccountFile(Invalid):
    """Not a CSV file of accounts: unreadable, without rows, with more than ``most``, or with columns of no account."""

    code = "malformed_account_file"


class NoAccountMatches(Invalid):
    """No account that the caller sees is meant."""

    code = "no_account_matches"


class TooManyAccountChanges(Invalid):
    """More than ``most`` accounts of branches would change at once."""

    code = "too_many_account_changes"


class NothingToChange(Invalid):
    """Every account that is meant has the attributes already."""

    code = "nothing_to_change"


# -- vouchers -----------------------------------------------------------------------------------------------


class UnknownVoucher(NotFound):
    """No voucher has this id or number, or it belongs to a branch outside the caller's scope."""

    code = "unknown_voucher"


class VoucherUnbalanced(Invalid):
    """Debits and credits differ in a currency; ``difference`` is debits minus credits."""

    code = "voucher_unbalanced"


class MemorandumUnbalanced(Invalid):
    """Memorandum lines balance on their own, apart from those of the balance sheet and results."""

    code = "memorandum_unbalanced"


class LineAccountUnknown(Invalid):
    """A line names an account that the chart does not have."""

    code = "line_account_unknown"


class LineAccountInactive(Invalid):
    """A line names an account that is not in use."""

    code = "line_account_inactive"


class LineAccountNotPostable(Invalid):
    """A line names an account that only sums others."""

    code = "line_account_not_postable"


class LineAccountControlled(Invalid):
    """A line names the control account of a sub-ledger (``role``); it moves only with its sub-ledger."""

    code = "line_account_controlled"


class LineAccountOwnBranch(Invalid):
    """The account originates no inter-branch entries, and the voucher's lines of its branch do not balance alone."""

    code = "line_account_own_branch"


class LineCurrencyNotAllowed(Invalid):
    """The account is not kept in this currency."""

    code = "line_currency_not_allowed"


class LineThirdPartyMissing(Invalid):
    """The account asks for the tax number of the third party."""

    code = "line_third_party_missing"


class LineTransactionLimit(Invalid):
    """The amount is outside what the account takes in one transaction."""

    code = "line_transaction_limit"


class LineBalanceLimit(Invalid):
    """The account's balance would be outside its limits."""

    code = "line_balance_limit"


class ConceptNotUsable(Invalid):
    """The concept is inactive, or numbers automatic entries only."""

    code = "concept_not_usable"


class EffectiveDateTooOld(Invalid):
    """The effective date lies further back than the branch allows; ``days`` is the limit."""

    code = "effective_date_too_old"


class EffectiveDateInFuture(Invalid):
    """The effective date is after the business date."""

    code = "effective_date_in_future"


class BranchNotEnrolled(Forbidden):
    """The user enters data only for the branches where they are enrolled (ACC-41)."""

    code = "branch_not_enrolled"


class VoucherStateForbids(Conflict):
    """The voucher's state does not allow it."""

    code = "voucher_state_forbids"


class AuthorCannotAuthorise(Conflict):
    """Somebody else than the author decides (ACC-43)."""

    code = "author_cannot_authorise"


class VoucherReversalExists(Conflict):
    """The voucher is reversed already, or its reversal waits for authorisation."""

    code = "voucher_reversal_exists"


class UnknownTemplate(NotFound):
    """No template has this code on the date."""

    code = "unknown_template"


class TemplateNotUsable(Conflict):
    """The template is not in use."""

    code = "template_not_usable"


class TransferOfControlled(Invalid):
    """What a sub-ledger keeps by branch (``role``) is not moved to another branch by the ledger alone."""

    code = "transfer_of_controlled"


# -- periods ------------------------------------------------------------------------------------------------


class UnknownPeriod(NotFound):
    """No such month."""

    code = "unknown_period"


class PeriodClosed(Conflict):
    """The month is closed for the branch."""

    code = "period_closed"


class PeriodNotOver(Conflict):
    """A month can be closed when its last business date has been closed."""

    code = "period_not_over"


class PeriodStateForbids(Conflict):
    """The period's state does not allow it."""

    code = "period_state_forbids"


# -- exceptions ---------------------------------------------------------------------------------------------


class UnknownPostingException(NotFound):
    """No posting exception has this id, or it belongs to a branch outside the caller's scope."""

    code = "unknown_posting_exception"


class PostingExceptionCleared(Conflict):
    """The exception was cleared before."""

    code = "posting_exception_cleared"


class LedgerRuleMissing(Conflict):
    """The role still leads to no usable account; ``reason`` says why."""

    code = "ledger_rule_missing"


# -- foreign currency -----------------------------------------------------------------------------------------


class SameCurrency(Invalid):
    """A currency is not exchanged for itself."""

    code = "same_currency"


class TradeTooSmall(Invalid):
    """What the amount is worth in the other currency rounds to nothing."""

    code = "trade_too_small"


class UnknownCustomer(Invalid):
    """Nobody has this id."""

    code = "unknown_customer"
