"""What needs no cloud: the accrual engine, the record codec, cold starts, the zip."""

from dataclasses import replace
from datetime import date

from chalicelib.kernel.accrual import Band, accrue, daily
from chalicelib.modules.deposits.domain.account import AccountState, DemandAccount
from chalicelib.platform.storage.codec import codec_of
from tests.bench import cold
from tests.bench.figures import record, seconds

ACCOUNTS = 200_000
BANDS = [Band(0, 100_000, 1_000_000), Band(100_000, 500_000, 2_000_000), Band(500_000, None, 3_000_000)]
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


def accrual() -> None:
    """Banded interest of idle accounts over a month, accounts per second and core."""
    steps = [(date(2026, 1, 1), daily("banded", BANDS, 365))]
    balances = [[(FIRST, 1_000 + 37 * number)] for number in range(ACCOUNTS)]

    def all_of_them() -> None:
        for history in balances:
            accrue(history, steps, FIRST, LAST)

    rate = round(ACCOUNTS / seconds(all_of_them, 3))
    record("accrual_banded", {"accounts_per_second": rate, "wanted": 200_000}, met=rate >= 200_000)


def codec() -> None:
    """Records to items and back, per second and core."""
    account = DemandAccount(
        id="dep_01jx0000000000000000000000",
        number="0000100100000015",
        party_id="pty_01jx0000000000000000000000",
        branch="1",
        shard=0,
        plan="S1",
        product="savings",
        currency="USD",
        state=AccountState.ACTIVE,
        status="ACT",
        opened_on=FIRST,
        ledger_date=FIRST,
        accrued_through=FIRST,
    )
    accounts = [replace(account, ledger_minor=number, version=number) for number in range(20_000)]
    both = codec_of(DemandAccount)
    items = [both.encode(each) for each in accounts]
    encoding = seconds(lambda: [both.encode(each) for each in accounts], 3)
    decoding = seconds(lambda: [both.decode(item) for item in items], 3)
    record(
        "codec",
        {"encoded_per_second": round(20_000 / encoding), "decoded_per_second": round(20_000 / decoding)},
    )


def zip_size() -> None:
    """Megabytes of the one zip."""
    from infra import zip as bundle

    size = bundle.build().stat().st_size / 1_000_000
    record("zip", {"megabytes": round(size, 1), "wanted": 12}, met=size <= 12)


def run() -> None:
    """All of them."""
    accrual()
    codec()
    cold.run()
    zip_size()
