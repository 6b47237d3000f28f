"""A small chart, and journal legs as the ledger reads them."""

from datetime import date, datetime
from typing import Any

from chalicelib.kernel.entry import Side
from chalicelib.modules.accounting.domain.chart import Chart
from chalicelib.modules.accounting.domain.sheet import LedgerLeg, LedgerSheet, Row, RowKey
from chalicelib.modules.accounting.domain.voucher import Signature, Voucher, VoucherLine
from chalicelib.modules.accounting.plans import Account

DAY = date(2026, 6, 1)
NOW = datetime.fromisoformat("2026-06-01T15:00:00+00:00")
ANA, LUIS = Signature("usr_ana", "Ana", NOW), Signature("usr_luis", "Luis", NOW)

CLASSES = {
    "1": "asset",
    "2": "liability",
    "3": "equity",
    "4": "expense",
    "5": "income",
    "7": "memo_debit",
}


def an_account(code: str, **terms: Any) -> Account:
    """An account of one, two, four or six digits: levels 1 to 4; the last one takes postings."""
    level = {1: 1, 2: 2, 4: 3, 6: 4, 8: 5}[len(code)]
    parent = {1: None, 2: code[:1], 3: code[:2], 4: code[:2], 6: code[:4], 8: code[:6]}[len(code)]
    account_class = CLASSES[code[0]]
    body = {
        "names": {"es": f"Cuenta {code}", "en": f"Account {code}"},
        "account_class": account_class,
        "normal_side": "debit" if account_class in ("asset", "expense", "memo_debit") else "credit",
        "level": level,
        "parent": parent,
        "postable": level >= 4,
    }
    return Account.model_validate({**body, **terms})


def a_chart(*codes: str, **own: Account) -> Chart:
    """The chart of these accounts and of those above them; ``own`` accounts by ``a<code>``."""
    accounts = {name[1:]: account for name, account in own.items()}
    for code in (*codes, *accounts):
        for size in (1, 2, 4, 6, 8):
            if size <= len(code):
                accounts.setdefault(code[:size], an_account(code[:size]))
    return Chart(accounts)


def a_leg(account: str, minor: int, currency: str = "USD", product: str = "", role: str = "") -> LedgerLeg:
    """A debit for a positive, a credit for a negative amount."""
    return LedgerLeg(account, currency, product, role, minor)


def a_sheet(rows: dict[str, tuple[int, int, int]], currency: str = "USD") -> LedgerSheet:
    """A sheet of accounts with opening, debit and credit."""
    return LedgerSheet("1", DAY, {RowKey(code, currency): Row(*row) for code, row in sorted(rows.items())})


def a_line(
    account: str, minor: int, branch: str = "1", currency: str = "USD", tax_id: str = ""
) -> VoucherLine:
    """A debit line for a positive, a credit line for a negative amount."""
    side = Side.DEBIT if minor > 0 else Side.CREDIT
    return VoucherLine(branch, account, side, abs(minor), currency, tax_id=tax_id)


def a_voucher(*lines: VoucherLine, **fields: Any) -> Voucher:
    """A draft of Ana's."""
    known = {
        "id": "vou_1",
        "concept": "MANUAL",
        "branch": "1",
        "captured_on": DAY,
        "effective_date": DAY,
        "narrative": "Ajuste",
        "lines": lines or (a_line("110105", 100), a_line("560105", -100)),
        "author": ANA,
    }
    return Voucher(**{**known, **fields})
