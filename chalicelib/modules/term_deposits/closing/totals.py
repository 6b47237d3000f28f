"""A branch's totals of the day: the accrual to post, and what the ledger must show."""

from chalicelib.kernel.accrual import to_money
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.term_deposits import postings
from chalicelib.platform.closing.applications import ClosingDay, Tally
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

ROLES = (postings.PRINCIPAL, postings.INTEREST_PAYABLE)
ACCRUAL = "term_interest_accrual"


def settle(work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None:
    """Post the branch's accrual of the day: by product, the difference of what is owed and what the ledger shows."""
    sheet = accounting.sheet_on(work, branch, day.business_date)
    for (owner, role, product, currency), owed in owes(tally).items():
        if owner != branch or role != postings.INTEREST_PAYABLE:
            continue
        difference = owed + sheet.balance_of_role(role, currency, product)
        if not difference:
            continue
        entry = posting.draft(
            work,
            ACCRUAL,
            branch,
            postings.interest_accrued(branch, product, Money(difference, currency)),
            derived_from=(work.tenant, ACCRUAL, day.business_date.isoformat(), branch, product, currency),
            closing_date=day.business_date,
        )
        posting.post(work, entry, closing=True)


def owes(tally: Tally) -> dict[tuple[str, str, str, str], int]:
    """What the ledger must show after the close, in minor units owed: (branch, role, product, currency) → minor."""
    owed: dict[tuple[str, str, str, str], int] = {}
    for key, sums in tally.sums.items():
        branch, product, currency = key.split("|")
        owed[branch, postings.PRINCIPAL, product, currency] = sums["principal"]
        owed[branch, postings.INTEREST_PAYABLE, product, currency] = to_money(sums["accrued"], currency).minor
    return owed
