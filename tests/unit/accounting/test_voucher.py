"""Vouchers: balanced before they go anywhere, decided by somebody else, undone only by their mirror."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.entry import Entry, with_interbranch_legs
from chalicelib.kernel.errors import BankError, InvalidFields
from chalicelib.modules.accounting import errors, postings
from chalicelib.modules.accounting.domain.voucher import (
    VoucherState,
    applied,
    check_balanced,
    check_effective_date,
    decided,
    mirror,
    needs_authorisation,
    number_text,
    submitted,
)
from chalicelib.modules.accounting.domain.voucher_rules import check_accounts, check_limits, check_memorandum
from chalicelib.modules.accounting.plans import AccountingControl, VoucherConcept
from tests.unit.accounting.builders import ANA, DAY, LUIS, a_chart, a_line, a_voucher, an_account

CHART = a_chart(
    "110105",
    "210135",
    "560105",
    "710505",
    a110110=an_account("110110", active=False),
    a110115=an_account("110115", currency_mode="base"),
    a110120=an_account("110120", currency_mode="foreign"),
    a250105=an_account("250105", third_party_type="taxed"),
    a110190=an_account("110190", confidentiality_level=60),
    a110195=an_account("110195", maximum_transaction="50.00", minimum_balance="0", maximum_balance="80.00"),
)
CONCEPT = VoucherConcept.model_validate({"names": {"es": "Diario"}, "prefix": "DIA"})


def lines_strategy():
    return st.lists(
        st.tuples(
            st.sampled_from("123"), st.sampled_from(["USD", "EUR"]), st.integers(-(10**9), 10**9).filter(bool)
        ),
        min_size=1,
        max_size=8,
    )


def test_an_unbalanced_voucher_cannot_be_submitted() -> None:
    voucher = a_voucher(a_line("110105", 100), a_line("560105", -90))
    with pytest.raises(errors.VoucherUnbalanced) as refused:
        submitted(voucher, needs_decision=False)
    assert refused.value.params == {"currency": "USD", "difference": "0.10"}


def test_every_currency_balances_on_its_own() -> None:
    with pytest.raises(errors.VoucherUnbalanced):
        check_balanced([a_line("110105", 100), a_line("560105", -100, currency="EUR")])
    check_balanced(
        [
            a_line("110105", 1),
            a_line("560105", -1),
            a_line("1", 2, currency="EUR"),
            a_line("2", -2, currency="EUR"),
        ]
    )


@given(lines_strategy())
def test_a_balanced_voucher_gives_a_balanced_entry_in_every_branch(drawn: list[tuple[str, str, int]]) -> None:
    lines = [a_line("110105", minor, branch, code) for branch, code, minor in drawn]
    for code in ("USD", "EUR"):
        rest = sum(line.debit_minor for line in lines if line.currency == code)
        if rest:
            lines.append(a_line("560105", -rest, "1", code))
    if not lines:
        return
    check_balanced(lines)
    legs = postings.voucher_legs(lines)
    entry = Entry("ent_1", "voucher", DAY, DAY, "1", "console", "ana", "", legs)
    with_interbranch_legs(entry).check_branches()


@pytest.mark.parametrize(
    ("approval", "threshold", "required", "amount", "currency", "needed"),
    [
        ("always", None, True, 1, "USD", True),
        ("always", None, False, 10**9, "USD", False),
        ("never", None, True, 10**9, "USD", False),
        ("over_threshold", "100.00", True, 9_999, "USD", False),
        ("over_threshold", "100.00", True, 10_000, "USD", True),
        ("over_threshold", "100.00", True, 1, "EUR", True),
    ],
)
def test_who_needs_authorisation(
    approval: str, threshold: str | None, required: bool, amount: int, currency: str, needed: bool
) -> None:
    control = AccountingControl.model_validate(
        {"voucher_approval": approval, "voucher_approval_threshold": threshold and Decimal(threshold)}
    )
    concept = CONCEPT.model_copy(update={"approval_required": required})
    voucher = a_voucher(
        a_line("110105", amount, currency=currency), a_line("560105", -amount, currency=currency)
    )
    assert needs_authorisation(voucher, control, concept, "USD") is needed


def test_the_author_cannot_authorise() -> None:
    pending = submitted(a_voucher(), needs_decision=True)
    with pytest.raises(errors.AuthorCannotAuthorise):
        decided(pending, True, ANA)
    assert decided(pending, True, LUIS).state is VoucherState.AUTHORISED
    rejected = decided(pending, False, LUIS, "sin soporte")
    assert (rejected.state, rejected.authoriser, rejected.reason) == (
        VoucherState.REJECTED,
        LUIS,
        "sin soporte",
    )


@pytest.mark.parametrize("state", [state for state in VoucherState if state is not VoucherState.PENDING])
def test_only_a_pending_voucher_is_decided(state: VoucherState) -> None:
    with pytest.raises(errors.VoucherStateForbids):
        decided(a_voucher(state=state), True, LUIS)


@pytest.mark.parametrize("state", [state for state in VoucherState if state is not VoucherState.AUTHORISED])
def test_only_an_authorised_voucher_is_applied(state: VoucherState) -> None:
    with pytest.raises(errors.VoucherStateForbids):
        applied(a_voucher(state=state), "DIA-000001", "ent_1", DAY)


def test_the_mirror_undoes_every_line() -> None:
    original = a_voucher(a_line("110105", 100, "2"), a_line("560105", -100), state=VoucherState.APPLIED)
    undoing = mirror(original, "vou_2", DAY + timedelta(days=3), LUIS, "error de cuenta")
    assert undoing.reverses == original.id
    sums = {}
    for line in (*original.lines, *undoing.lines):
        sums[line.branch, line.account] = sums.get((line.branch, line.account), 0) + line.debit_minor
    assert set(sums.values()) == {0}


def test_late_days_count_back_from_the_business_date() -> None:
    check_effective_date(DAY - timedelta(days=5), DAY, 5)
    with pytest.raises(errors.EffectiveDateTooOld):
        check_effective_date(DAY - timedelta(days=10), DAY, 5)
    with pytest.raises(errors.EffectiveDateInFuture):
        check_effective_date(DAY + timedelta(days=1), DAY, 5)


@pytest.mark.parametrize(
    ("line", "error", "field"),
    [
        (a_line("999999", 1), errors.LineAccountUnknown, "lines.0.account"),
        (a_line("110110", 1), errors.LineAccountInactive, "lines.0.account"),
        (a_line("1101", 1), errors.LineAccountNotPostable, "lines.0.account"),
        (a_line("210135", 1), errors.LineAccountControlled, "lines.0.account"),
        (a_line("110115", 1, currency="EUR"), errors.LineCurrencyNotAllowed, "lines.0.amount.currency"),
        (a_line("110120", 1), errors.LineCurrencyNotAllowed, "lines.0.amount.currency"),
        (a_line("250105", 1), errors.LineThirdPartyMissing, "lines.0.tax_id"),
        (a_line("110190", 1), errors.LineAccountUnknown, "lines.0.account"),
    ],
)
def test_a_wrong_account_is_named(line, error: type[BankError], field: str) -> None:
    with pytest.raises(error) as refused:
        check_accounts([line, a_line("110105", -1)], CHART, {"210135": "member_deposits"}, "USD", 50)
    assert refused.value.field == field


def test_all_wrong_lines_are_named_at_once() -> None:
    with pytest.raises(InvalidFields) as refused:
        check_accounts([a_line("999999", 1), a_line("110110", -1)], CHART, {}, "USD", None)
    assert [error.code for error in refused.value.errors] == ["line_account_unknown", "line_account_inactive"]


def test_a_third_party_account_takes_the_line_with_its_tax_number() -> None:
    check_accounts(
        [a_line("250105", 1, tax_id="1799999990001"), a_line("110120", -1, currency="EUR")],
        CHART,
        {},
        "USD",
        None,
    )


def test_memorandum_lines_balance_on_their_own() -> None:
    with pytest.raises(errors.MemorandumUnbalanced):
        check_memorandum([a_line("710505", 100), a_line("110105", -100)], CHART)
    check_memorandum([a_line("710505", 100), a_line("710505", -100), a_line("110105", 1)], CHART)


@pytest.mark.parametrize(
    ("minor", "balance", "error"),
    [
        (5_001, 0, errors.LineTransactionLimit),
        (4_000, 4_001, errors.LineBalanceLimit),
        (-4_000, 3_999, errors.LineBalanceLimit),
        (4_000, 4_000, None),
    ],
)
def test_limits_of_an_account(minor: int, balance: int, error: type[BankError] | None) -> None:
    lines = [a_line("110195", minor), a_line("110105", -minor)]
    if error is None:
        check_limits(lines, CHART, "USD", lambda branch, account: balance)
        return
    with pytest.raises(error):
        check_limits(lines, CHART, "USD", lambda branch, account: balance)


def test_numbers_read_as_prefix_and_counter() -> None:
    assert number_text("LOAN", 1, 6) == "LOAN-000001"
    assert number_text("DIA", 1_234_567, 6) == "DIA-1234567"


def test_dates_of_the_mirror_are_those_of_its_own_day() -> None:
    undoing = mirror(a_voucher(state=VoucherState.APPLIED), "vou_2", date(2026, 7, 1), LUIS, "error")
    assert (undoing.captured_on, undoing.effective_date, undoing.author) == (
        date(2026, 7, 1),
        date(2026, 7, 1),
        LUIS,
    )
