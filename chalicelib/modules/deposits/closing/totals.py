"""A branch's totals of the day: the accrual to post, and what the ledger must show."""

from chalicelib.kernel.accrual import to_money
from chalicelib.kernel.money import Money
from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.deposits import postings
from chalicelib.modules.deposits.closing import overdraft
from chalicelib.platform.closing.applications import ClosingDay, Tally
from chalicelib.platform.posting import service as posting
from chalicelib.platform.work import UnitOfWork

ROLES = (postings.MEMBER_DEPOSITS, postings.INTEREST_PAYABLE, postings.UNCLAIMED_DEPOSITS, *overdraft.ROLES)


def settle(work: UnitOfWork, branch: str, day: ClosingDay, tally: Tally) -> None:
    """Post the branch's totals of the day: by product, the difference of what is owed and what the ledger shows.

    Of a product whose last account was closed, what rounding had left is owed to nobody any more.
    """
    sheet = accounting.sheet_on(work, branch, day.business_date)
    gone = {
        (branch, key.role, key.product, key.currency): 0
        for key, row in sheet.rows.items()
        if key.role == postings.INTEREST_PAYABLE and row.closing
    }
    for (owner, role, product, currency), owed in {**gone, **owes(tally)}.items():
        if owner != branch or role != postings.INTEREST_PAYABLE:
            continue
        shown = -sheet.balance_of_role(role, currency, product)
        if owed == shown:
            continue
        legs = postings.interest_accrued(branch, product, Money(owed - shown, currency))
        entry = posting.draft(
            work,
            "interest_accrual",
            branch,
            legs,
            derived_from=(
                work.tenant,
                "interest_accrual",
                day.business_date.isoformat(),
                branch,
                product,
                currency,
            ),
            closing_date=day.business_date,
        )
        posting.post(work, entry, closing=True)
    overdraft.settle(work, branch, day, owes(tally))


def owes(tally: Tally) -> dict[tuple[str, str, str, str], int]:
    """What the ledger must show after the close, in minor units owed: (branch, role, product, currency) → minor."""
    owed: dict[tuple[str, str, str, str], int] = {}
    for key, sums in tally.sums.items():
        branch, product, currency = key.split("|")
        owed[branch, postings.MEMBER_DEPOSITS, product, currency] = sums["ledger"]
        owed[branch, postings.INTEREST_PAYABLE, product, currency] = to_money(sums["accrued"], currency).minor
        owed[branch, postings.UNCLAIMED_DEPOSITS, product, currency] = sums["unclaimed"]
        for role, minor in overdraft.owed(sums, currency).items():
            owed[branch, role, product, currency] = minor
    return owed
