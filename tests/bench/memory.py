"""How much memory the worker of one piece takes, at five and at fifty thousand accounts.

Run as a program with the number of accounts it measures itself; pages of accounts are made as they are read.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.bench.figures import record

FLAT = 1.1
"""What counts as flat: ten times the accounts in at most a tenth more memory."""
SIZES = (5_000, 50_000)
PAGE = 400


def measure(accounts: int) -> dict[str, Any]:
    """Close one piece of so many accounts and tell the peak of this process in megabytes."""
    from chalicelib.modules.deposits.closing import pieces
    from chalicelib.modules.deposits.tables import ACCOUNTS
    from chalicelib.platform.closing.applications import ClosingDay, PieceRun, Unit
    from tests.support.memory import MemoryStore
    from tests.support.small_bank import TENANT, SmallBank, a_bank

    bank = a_bank()
    pattern = bank.account(bank.an_account("S3", "1", funds="100.00"))

    class Endless(MemoryStore):
        def pages(self, table: str, pk: str, **asked: Any) -> Iterator[Any]:
            if asked.get("index") != "by_branch":
                yield from super().pages(table, pk, **asked)
                return
            for first in range(0, accounts, PAGE):
                numbers = range(first, min(first + PAGE, accounts))
                made = [replace(pattern, id=f"dep_{number:026d}", ledger_minor=number) for number in numbers]
                yield [ACCOUNTS.encode(TENANT, account, 1) for account in made], None

    store = Endless(TENANT, bank.store.tables)  # type: ignore[attr-defined]
    endless = SmallBank(store)
    day = ClosingDay(bank.today(), bank.today())
    tally = pieces.close(PieceRun(day, endless.work, endless.do), [Unit("deposits", "1", 0, accounts)])
    return {
        "accounts": tally.processed,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def run() -> None:
    """Both sizes, each in a process of its own."""
    found = {}
    for size in SIZES:
        command = [sys.executable, "-m", "tests.bench.memory", str(size)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found[str(size)] = json.loads(answer.strip().splitlines()[-1])["megabytes"]
    small, large = (found[str(size)] for size in SIZES)
    figures = {"megabytes": found, "growth": round(large / small, 2), "wanted_megabytes": 200}
    record("piece_memory", figures, met=large <= 200 and large <= small * FLAT)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
