"""A close of many accounts in several branches: pieces of even size, of which one dies and is begun again."""

from collections import Counter
from dataclasses import replace

import pytest

from chalicelib.kernel.entry import Leg, Side
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.tables import ACCOUNTS, SHARDS
from chalicelib.platform.closing import shards
from chalicelib.platform.closing.control import CONTROL_KIND
from chalicelib.platform.closing.runs import StepState
from chalicelib.platform.posting import service as posting
from chalicelib.platform.storage.codec import Item
from chalicelib.workflows.end_of_day import service
from tests.functional.end_of_day.test_interruptions import Died
from tests.functional.end_of_day.test_operating import interest_payments
from tests.support.memory import MemoryStore
from tests.support.small_bank import CLOSE, SmallBank, a_bank, drive, start_closing

ACCOUNTS_OF_BRANCH = {"1": 16_250, "2": 11_900, "3": 7_850, "4": 4_000}
ALL_ACCOUNTS, PIECES = 40_000, 8
EARNING = 100
"""One account of so many earns interest, which this close pays; the others have neither interest nor fees."""
CAPITAL, INTEREST = 100_000, 8
"""Minor units: 1,000.00 at 1 % of 360 days, for the three days from Friday 29 to Sunday 31 May."""


def a_large_bank() -> SmallBank:
    """Forty thousand accounts in four branches, written in bulk as seeding writes them, and what they hold posted."""
    elsewhere, bank = a_bank(), a_bank()
    bank.open_branches(tuple(ACCOUNTS_OF_BRANCH))
    bank.with_sets(CONTROL_KIND, {"main": {"most_pieces": PIECES, "target_records": 1}})
    idle, earning = (elsewhere.account(elsewhere.an_account(plan, funds="1000.00")) for plan in ("B1", "S1"))
    for branch, count in ACCOUNTS_OF_BRANCH.items():
        held: Counter[str] = Counter()
        for shard, first in enumerate(range(0, count, shards.SHARD_RECORDS)):
            numbers = range(first, min(first + shards.SHARD_RECORDS, count))
            held += _fill(bank, branch, shard, numbers, idle, earning)
        for pattern in (idle, earning):
            _post(bank, branch, pattern.product, held[pattern.plan])
    return bank


def _fill(
    bank: SmallBank, branch: str, shard: int, numbers: range, idle: DemandAccount, earning: DemandAccount
) -> Counter[str]:
    """Write a shard with its register; answers what its accounts hold by plan."""
    name, held = bank.store.tenant, Counter[str]()
    items = [SHARDS.encode(name, shards.Shard(branch, shard, len(numbers), len(numbers)), 1)]
    like = {
        each.plan: ACCOUNTS.encode(name, replace(each, branch=branch, shard=shard), 1)
        for each in (idle, earning)
    }
    for number in numbers:
        plan, minor = (idle.plan, number) if number % EARNING else (earning.plan, CAPITAL)
        items.append(_another(like[plan], f"dep_{branch}{number:025d}", minor))
        held[plan] += minor
    bank.store.batch_put("core", items)
    return held


def _another(like: Item, account_id: str, minor: int) -> Item:
    """The stored form of an account that differs in its id and balance."""
    text = {"id": account_id, "number": account_id, "g1sk": account_id}
    text["pk"] = like["pk"]["S"].replace(like["id"]["S"], account_id)
    return {
        **like,
        **{field: {"S": value} for field, value in text.items()},
        "ledger_minor": {"N": str(minor)},
    }


def _post(bank: SmallBank, branch: str, product: str, minor: int) -> None:
    money = Money(minor, "USD")
    legs = (
        Leg(branch, Side.DEBIT, money, "cash_on_hand"),
        Leg(branch, Side.CREDIT, money, "member_deposits", product=product),
    )
    bank.do(lambda work: posting.post(work, posting.draft(work, "test", branch, legs)))


def in_all(store: MemoryStore) -> int:
    """Minor units that the accounts hold."""
    stored = [item for (_, sk), item in store.tables["core"].items() if sk == "account"]
    assert len(stored) == ALL_ACCOUNTS
    return sum(int(item.get("ledger_minor", {"N": "0"})["N"]) for item in stored)


@pytest.mark.feature("DEP-118")
def test_forty_thousand_accounts_close_in_even_pieces_and_one_begun_again_posts_nothing_twice() -> None:
    bank = a_large_bank()
    store: MemoryStore = bank.store  # type: ignore[assignment]
    earning = sum(-(-count // EARNING) for count in ACCOUNTS_OF_BRANCH.values())
    before, run_id, commits = in_all(store), start_closing(bank), 0

    def dies_in_the_middle(call: str) -> None:
        nonlocal commits
        commits += call == "transact"
        if commits == earning // 2:
            raise Died

    store.observe = dies_in_the_middle
    with pytest.raises(Died):
        drive(store, run_id, (CLOSE,))
    store.observe = None
    pieces = [each for each in service.progress(bank.work(), run_id).steps if each.step == "close"]
    (killed,) = [each for each in pieces if each.state is StepState.RUNNING]
    mine = {(unit.branch, unit.shard) for unit in killed.units}
    paid_before = interest_payments(store)
    assert any(_place_of(key) in mine for key in paid_before)
    drive(store, run_id, (CLOSE,))

    steps = service.progress(bank.work(), run_id).steps
    pieces = [each for each in steps if each.step == "close"]
    even = ALL_ACCOUNTS // PIECES
    assert len(pieces) == PIECES
    assert all(abs(each.tally.read - even) <= even // 10 for each in pieces)
    assert all(each.tally.read == sum(unit.records for unit in each.units) for each in pieces)
    assert sum(each.tally.processed for each in pieces) == ALL_ACCOUNTS
    assert {each.part: each.attempts for each in pieces if each.attempts > 1} == {killed.part: 2}
    paid = interest_payments(store)
    assert paid_before.items() <= paid.items()
    assert len(paid) == len({key.partition("/")[0] for key in paid}) == earning
    assert in_all(store) == before + earning * INTEREST
    assert [each.state for each in steps if each.step == "prove"] == [StepState.COMPLETED]


def _place_of(movement: str) -> tuple[str, int]:
    """(branch, shard) of the account that a movement's key names."""
    digits = movement.partition("/")[0].rpartition("dep_")[2]
    return digits[0], int(digits[1:]) // shards.SHARD_RECORDS
