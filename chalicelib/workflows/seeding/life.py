"""What members do with their accounts: how often, how much, and what they say it is for."""

from datetime import date, timedelta
from random import Random

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money, currency
from chalicelib.workflows.seeding.words import Words

DEPOSIT, WITHDRAWAL, TRANSFER = "deposit", "withdrawal", "transfer"
NARRATIVES = {
    DEPOSIT: (
        "Depósito en ventanilla",
        "Venta de la feria",
        "Ahorro del mes",
        "Remesa familiar",
        "Venta de leche",
        "Sueldo",
        "Arriendo recibido",
        "Venta de artesanías",
    ),
    WITHDRAWAL: (
        "Retiro en ventanilla",
        "Compra de semilla",
        "Gastos del hogar",
        "Pensión de la escuela",
        "Pago de jornales",
        "Medicinas",
        "Compra de abono",
        "Arriendo",
    ),
    TRANSFER: (
        "Aporte familiar",
        "Pago de deuda",
        "Cuota de la minga",
        "Pago a proveedor",
        "Cuota del agua",
        "Ahorro programado",
    ),
}


@dataclass(frozen=True, slots=True)
class Habit:
    """How an account is used. ``weights`` of deposits, withdrawals and transfers; amounts in percent of a salary."""

    name: str
    share_percent: int
    every_days: tuple[int, int]
    weights: tuple[int, int, int]
    amount_percent: tuple[int, int]


HABITS = (
    Habit("saver", 40, (12, 34), (7, 2, 1), (4, 25)),
    Habit("salary", 25, (6, 14), (4, 5, 2), (10, 60)),
    Habit("trader", 15, (3, 8), (5, 4, 3), (5, 70)),
    Habit("quiet", 20, (60, 150), (6, 3, 1), (3, 30)),
)


@dataclass(frozen=True, slots=True)
class Intention:
    """Something a member wants to do: an amount in minor units and the words for it."""

    action: str
    minor: int
    narrative: str


class Life:
    """Decides, by chance that can be repeated, who does what."""

    def __init__(self, words: Words, code: str, random: Random) -> None:
        self.random, self.words, self.currency = random, words, code
        self.unit = 10 ** currency(code).decimals

    def habit(self) -> Habit:
        """How a new account will be used."""
        return self.random.choices(HABITS, [habit.share_percent for habit in HABITS])[0]

    def next_day(self, habit: Habit, after: date) -> date:
        """When the account will be used again."""
        return after + timedelta(days=self.random.randint(*habit.every_days))

    def first_deposit(self, least: Money) -> Money:
        """What somebody brings to open an account, at least what the plan asks for."""
        wanted = self._amount((5, 120))
        return Money(max(wanted, least.minor, self._smallest), self.currency)

    def intention(self, habit: Habit, free_minor: int) -> Intention:
        """What an account is used for today; nothing is taken out that is not there."""
        action = self.random.choices((DEPOSIT, WITHDRAWAL, TRANSFER), habit.weights)[0]
        minor = self._amount(habit.amount_percent)
        if action != DEPOSIT and minor > free_minor:
            minor = self._rounded(free_minor // 3)
            action = action if minor >= self._smallest else DEPOSIT
        minor = max(minor, self._smallest)
        return Intention(action, minor, self.random.choice(NARRATIVES[action]))

    @property
    def _smallest(self) -> int:
        return self.words.smallest * self.unit

    def _amount(self, percent: tuple[int, int]) -> int:
        """An amount of so many percent of a salary; one in five is no round number."""
        minor = self.words.salary * self.unit * self.random.randint(*percent) // 100
        if self.random.randrange(5):
            return self._rounded(minor)
        return minor + self.random.randrange(self._smallest)

    def _rounded(self, minor: int) -> int:
        return minor // self._smallest * self._smallest
