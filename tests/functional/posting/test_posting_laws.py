"""Laws of posting, under random interleavings: money is never made or lost, and the journal tells every balance."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from chalicelib.kernel.errors import BankError
from chalicelib.kernel.money import Money
from chalicelib.modules.deposits.service import holds, money
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.posting.records import JOURNAL, MOVEMENTS, JournalRecord, Movement
from chalicelib.platform.posting.service import AlreadyReversed
from chalicelib.platform.work import VersionConflict
from chalicelib.workflows.end_of_day import cut_over
from tests.support.memory import MemoryStore
from tests.support.small_bank import SmallBank, a_bank, close_day

AMOUNTS = st.integers(1, 60_000)
OVERDRAFT_LIMIT, OVERDRAFT_INTEREST = 30_000, "O01"


def journal(store: MemoryStore) -> list[JournalRecord]:
    """Every journal record there is."""
    return [JOURNAL.decode(item) for (pk, _), item in store.tables["journal"].items() if "#journal#" in pk]


def movements(store: MemoryStore) -> dict[str, list[Movement]]:
    """Every account's movements in order of date and sequence."""
    found: dict[str, list[Movement]] = defaultdict(list)
    for (pk, _), item in sorted(store.tables["journal"].items()):
        if "#movements#" in pk:
            row = MOVEMENTS.decode(item)
            found[row.account_id].append(row)
    return found


def only(refused: BankError, *codes: str) -> None:
    """Let pass what may be refused; anything else is a failure."""
    if refused.code not in codes:
        raise refused


class Counter(RuleBasedStateMachine):
    """Tellers of two branches at work: opening, posting, holding, reversing, retrying, closing the day."""

    accounts: Any = Bundle("accounts")
    entries: Any = Bundle("entries")
    held: Any = Bundle("held")

    def __init__(self) -> None:
        super().__init__()
        self.bank: SmallBank = a_bank(branches=("1", "2", "4"))
        self.store: MemoryStore = self.bank.store  # type: ignore[assignment]

    @initialize(target=accounts)
    def open_three(self) -> Any:
        """Two of savings in two branches, and one that may be overdrawn by its plan's 300.00."""
        first = self.bank.an_account("S1", "1", funds="500.00")
        second = self.bank.an_account("S2", "2", funds="900.00")
        return multiple(first, second, self.bank.an_account("C2", "1", funds="200.00"))

    @rule(target=entries, account=accounts, minor=AMOUNTS)
    def deposit(self, account: str, minor: int) -> Any:
        asked = money.Instruction(account, Money(minor, "USD"))
        return self.bank.do(lambda work: money.deposit(work, asked)).posted.entry.id

    @rule(target=entries, account=accounts, minor=AMOUNTS)
    def deposit_cheque(self, account: str, minor: int) -> Any:
        """Cheques are taken in branch 4 alone, for accounts of every branch."""
        asked = money.Instruction(account, Money(minor, "USD"), code="D02", branch="4")
        return self.bank.do(lambda work: money.deposit(work, asked)).posted.entry.id

    @rule(target=entries, account=accounts, minor=AMOUNTS, days=st.integers(1, 9), paid_out=st.booleans())
    def date_back(self, account: str, minor: int, days: int, paid_out: bool) -> Any:
        value_date = self.bank.today(self.bank.account(account).branch) - timedelta(days=days)
        asked = money.Instruction(account, Money(minor, "USD"), value_date=value_date)
        post = money.withdraw if paid_out else money.deposit
        try:
            return self.bank.do(lambda work: post(work, asked)).posted.entry.id
        except BankError as refused:
            only(
                refused,
                "value_date_too_early",
                "insufficient_funds",
                "below_minimum_balance",
                "charges_not_covered",
            )
            return multiple()

    @rule(target=entries, account=accounts, minor=AMOUNTS)
    def withdraw(self, account: str, minor: int) -> Any:
        asked = money.Instruction(account, Money(minor, "USD"))
        before = self.bank.account(account)
        try:
            return self.bank.do(lambda work: money.withdraw(work, asked)).posted.entry.id
        except BankError as refused:
            only(refused, "insufficient_funds", "below_minimum_balance", "charges_not_covered")
            unchanged = self.bank.account(account) == before
            if not unchanged:
                raise AssertionError("a refused withdrawal changed the account") from refused
            return multiple()

    @rule(target=entries, payer=accounts, payee=accounts, minor=AMOUNTS)
    def transfer(self, payer: str, payee: str, minor: int) -> Any:
        asked = money.Instruction(payer, Money(minor, "USD"))
        try:
            return self.bank.do(lambda work: money.transfer(work, asked, payee)).posted.entry.id
        except BankError as refused:
            only(refused, "insufficient_funds", "below_minimum_balance", "same_account")
            return multiple()

    @rule(entry=entries)
    def reverse(self, entry: str) -> None:
        try:
            self.bank.do(lambda work: money.reverse(work, entry, "mistake"))
        except BankError as refused:
            only(
                refused,
                "already_reversed",
                "insufficient_funds",
                "below_minimum_balance",
                "outside_statement_period",
                "value_date_too_early",
            )
            return
        try:
            self.bank.do(lambda work: money.reverse(work, entry, "again"))
        except AlreadyReversed:
            return
        raise AssertionError("an entry was reversed twice")

    @rule(target=held, account=accounts, minor=AMOUNTS)
    def hold(self, account: str, minor: int) -> Any:
        asked = holds.HoldAsked(account, self.hold_code, Money(minor, "USD"), "test")
        try:
            return account, self.bank.do(lambda work: holds.place_hold(work, asked))[1].id
        except BankError as refused:
            only(refused, "hold_exceeds_balance")
            return multiple()

    @rule(hold=held)
    def release(self, hold: tuple[str, str]) -> None:
        try:
            self.bank.do(lambda work: holds.release_hold(work, hold[0], hold[1], "test"))
        except BankError as refused:
            only(refused, "hold_released")

    @rule(account=accounts, minor=AMOUNTS)
    def two_tellers_at_once(self, account: str, minor: int) -> None:
        """Both read before either writes: one of them must be refused and start again."""
        asked = money.Instruction(account, Money(minor, "USD"))
        first, second = self.bank.work(), self.bank.work()
        money.deposit(first, asked)
        money.deposit(second, asked)
        first.commit()
        try:
            second.commit()
        except VersionConflict:
            return
        raise AssertionError("two writers of one account both succeeded")

    @rule()
    def close(self) -> None:
        close_day(self.bank)

    @property
    def hold_code(self) -> str:
        work = self.bank.work()
        codes = work.config.all("deposits.hold_code", self.bank.today())
        return next(code for code, model in codes if model.extent == "amount")

    @invariant()
    def every_journal_record_balances_in_its_branch(self) -> None:
        for record in journal(self.store):
            sums: dict[str, int] = defaultdict(int)
            for leg in record.legs:
                sums[leg.currency] += leg.debit_minor
            assert not any(sums.values()), record.id

    @invariant()
    def movements_tell_every_balance_and_holds_stay_within(self) -> None:
        told = movements(self.store)
        for (_, sk), item in self.store.tables["core"].items():
            if sk != "account":
                continue
            account = ACCOUNTS.decode(item)
            rows = told.get(account.id, [])
            assert account.ledger_minor == sum(row.minor for row in rows)
            assert account.sequence == len(rows)
            charged = -sum(row.minor for row in rows if row.code == OVERDRAFT_INTEREST)
            lowest = -OVERDRAFT_LIMIT - charged if account.plan == "C2" else 0
            assert 0 <= account.held_minor <= account.ledger_minor - lowest

    @invariant()
    def what_is_uncleared_is_within_what_was_deposited_and_leaves_with_its_day(self) -> None:
        for (_, sk), item in self.store.tables["core"].items():
            if sk != "account":
                continue
            account = ACCOUNTS.decode(item)
            today = self.bank.today(account.branch)
            assert account.uncleared_on(today).minor >= 0
            last = max((each.release_on for each in account.uncleared), default=today)
            assert account.uncleared_on(last).minor == 0

    @invariant()
    def the_journal_tells_what_members_own(self) -> None:
        owned = -sum(
            leg.debit_minor
            for record in journal(self.store)
            for leg in record.legs
            if leg.role == "member_deposits" or leg.role.startswith("overdrafts_bucket_")
        )
        kept = sum(
            ACCOUNTS.decode(item).ledger_minor
            for (_, sk), item in self.store.tables["core"].items()
            if sk == "account"
        )
        assert owned == kept


Counter.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestPostingLaws = Counter.TestCase


def test_a_posting_that_meets_the_cut_over_is_dated_the_new_day_once() -> None:
    bank = a_bank()
    account = bank.an_account("S1", "1", funds="100.00")
    today = bank.today()
    store: MemoryStore = bank.store  # type: ignore[assignment]

    def meanwhile(call: str) -> None:
        if call == "transact":
            store.observe = None
            bank.do(lambda work: cut_over.move(work, ("1", "2"), today))

    store.observe = meanwhile
    asked = money.Instruction(account, Money(700, "USD"))
    receipt = bank.do(lambda work: money.deposit(work, asked))
    assert receipt.posted.entry.business_date > today
    assert bank.account(account).ledger_minor == 10_700
    assert bank.account(account).closing_minor(today) == 10_000
    assert len(movements(store)[account]) == 2
