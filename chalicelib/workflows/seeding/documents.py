"""Numbers of identity documents that hold by the tenant's own rules: their shape, their range and their check digit."""

from dataclasses import field
from random import Random
from typing import Any

from chalicelib.kernel import national_id
from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError

ECUADOR_PROVINCES = 24
NATIONAL = {"ec_cedula": ("EC", "C"), "ec_ruc": ("EC", "R"), "co_nit": ("CO", "NIT")}
DIGITS = "0123456789"


@dataclass(slots=True)
class Documents:
    """Makes numbers, each once."""

    random: Random
    _given: set[str] = field(default_factory=set)

    def number(self, rule: Any) -> str:
        """A number that the document rule accepts and nobody has got yet."""
        while True:
            number = self._made(rule)
            if number and number not in self._given:
                self._given.add(number)
                return number

    def _made(self, rule: Any) -> str:
        if rule.algorithm == "ec_cedula":
            return self._closed(
                rule, f"{self._province():02d}{self.random.randrange(6)}{self._digits(6)}", ""
            )
        if rule.algorithm == "ec_ruc":
            return self._closed(rule, f"{self._province():02d}9{self._digits(6)}", "001")
        if rule.algorithm == "co_nit":
            return self._closed(rule, f"9{self._digits(8)}", "")
        length = max(rule.min_length, min(rule.max_length, 10))
        return f"{self.random.randint(1, 9)}{self._digits(length - 1)}"

    def _closed(self, rule: Any, begin: str, end: str) -> str:
        """The number with the one digit in between that makes it hold; empty where none does."""
        for digit in DIGITS:
            try:
                return national_id.validate(*NATIONAL[rule.algorithm], f"{begin}{digit}{end}")
            except BankError:
                continue
        return ""

    def _province(self) -> int:
        return self.random.randint(1, ECUADOR_PROVINCES)

    def _digits(self, count: int) -> str:
        return "".join(self.random.choice(DIGITS) for _ in range(count))
