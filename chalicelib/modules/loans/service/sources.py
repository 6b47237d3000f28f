"""What a simulation reads from the cooperative's parameters, each as it stands on the day of the loan."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.names import name_in
from chalicelib.kernel.schedule.slots import SlotKind
from chalicelib.modules.loans.domain.pricing import IndexValue
from chalicelib.modules.loans.domain.terms import SlotShare
from chalicelib.modules.loans.errors import FigureNotInForce, IndexWithoutValue, UnknownIndexRate
from chalicelib.modules.loans.plans import FigureShare, IndexRate, LoanSlot, RateCeiling
from chalicelib.platform.work import UnitOfWork

PLAN = "loans.plan"
AMORTISATION = "loans.amortisation_plan"
INDEX = "loans.index_rate"
LIFE_TABLE = "loans.life_table"
FIGURE = "administration.regulatory_figure"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The largest effective annual rate in percent, its name and the day since which it holds."""

    name: str
    percent: Decimal
    since: date


@dataclass(slots=True)
class Sources:
    """The parameters of one day. ``unverified`` gathers the names of those that are still to be confirmed."""

    work: UnitOfWork
    on: date
    unverified: list[str] = field(default_factory=list)

    def read(self, kind: str, code: str, path: str) -> Any:
        """The model in force. Raises UnknownParameter, naming the request's field."""
        version = self.work.config.version(kind, code, self.on)
        model = self.work.config.get(kind, code, self.on, field=path)
        if version is not None and version.unverified:
            name = name_in(model.names, self.work.context.language)
            if name not in self.unverified:
                self.unverified.append(name)
        return model

    def index(self, code: str, path: str) -> IndexValue:
        """An index rate's value. Raises UnknownIndexRate, IndexWithoutValue."""
        if self.work.config.find(INDEX, code, self.on) is None:
            raise UnknownIndexRate(path, index=code)
        found: IndexRate = self.read(INDEX, code, path)
        percent = found.percent_on(self.on)
        if percent is None:
            raise IndexWithoutValue(path, index=code, on=self.on)
        return IndexValue(code, found.quoted.rate(percent))

    def ceiling(self, ceiling: RateCeiling | None) -> Ceiling | None:
        """The largest rate that the law admits, where it is known."""
        version = ceiling and self.work.config.version(FIGURE, ceiling.figure, self.on)
        if not ceiling or not version:
            return None
        figure = self.read(FIGURE, ceiling.figure, "product")
        value = figure.value(ceiling.value_code)
        if value is None:
            return None
        language = self.work.context.language
        names = next(each.names for each in figure.values if each.code == ceiling.value_code)
        name = f"{name_in(figure.names, language)}: {name_in(names, language)}"
        return Ceiling(name, value, version.effective_from)

    def shares(self, slots: tuple[LoanSlot, ...], kind: SlotKind, path: str, until: date) -> list[SlotShare]:
        """Slots with their percentages: their own, their table's, or the law's. Raises FigureNotInForce."""
        found = []
        for position, slot in enumerate(slots):
            percent, table = slot.percent, None
            if slot.figure is not None:
                percent = self._figure(slot.figure, f"{path}.{position}.figure", until)
            if slot.life_table is not None:
                table = self.read(LIFE_TABLE, slot.life_table, f"{path}.{position}.life_table")
            found.append(SlotShare(slot, kind, percent, table, f"{path}.{position}"))
        return found

    def _figure(self, share: FigureShare, path: str, until: date) -> Decimal:
        if self.work.config.find(FIGURE, share.figure, self.on) is None:
            raise FigureNotInForce(path, figure=share.figure, on=self.on)
        figure = self.read(FIGURE, share.figure, path)
        value = figure.value(share.value_code)
        if value is None or figure.unit not in ("percent", "per_mille"):
            raise FigureNotInForce(path, figure=f"{share.figure}.{share.value_code}", on=self.on)
        percent: Decimal = value / 10 if figure.unit == "per_mille" else value
        return share.of_days(percent, self.on, until)
