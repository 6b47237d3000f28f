"""What an earlier release stored stays usable when a field is gone: the rest is read as it is."""

import pytest

from chalicelib.kernel.plan import Plan, term
from chalicelib.platform.parameters import kinds


class Step(Plan):
    days: int = term(1)


class Terms(Plan):
    """A plan with others in it, alone, in a list and by name."""

    rate: str = term("0")
    first: Step | None = term(None)
    steps: tuple[Step, ...] = term(())
    named: dict[str, Step] = term(default_factory=dict)


def test_fields_that_are_gone_are_left_out_however_deep_they_lay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds._KINDS, "tests.terms_of_before", kinds.Kind("tests.terms_of_before", Terms))
    stored = {
        "rate": "5",
        "gone": True,
        "first": {"days": 2, "gone": 1},
        "steps": [{"days": 3, "gone": 1}, {"days": 4}],
        "named": {"gone": {"days": 5, "gone": 1}},
    }
    read = kinds.still_known("tests.terms_of_before", stored)
    assert read == {
        "rate": "5",
        "first": {"days": 2},
        "steps": [{"days": 3}, {"days": 4}],
        "named": {"gone": {"days": 5}},
    }
    assert Terms.model_validate(read).named["gone"].days == 5


def test_a_kind_that_is_gone_is_read_as_it_was_stored() -> None:
    assert kinds.still_known("tests.nobody", {"a": 1}) == {"a": 1}
