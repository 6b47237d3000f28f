"""Makes the test cooperatives, through the onboarding that makes every tenant."""

from chalicelib.platform.access.people import PEOPLE, Realm
from chalicelib.workflows.onboarding.apply import apply
from chalicelib.workflows.onboarding.manifest import read
from chalicelib.workflows.onboarding.validation import validated
from tests.support.bank import FIXTURES, Bank

PASSWORD = "Quinua-de-altura-7"
"""The password of everybody who works there."""


def provision(bank: Bank) -> None:
    """Onboard every cooperative and note who works there."""
    for code in bank.tenants:
        apply(validated(read(FIXTURES / code)), password_of=lambda member: PASSWORD)
        for person in bank.work(code).all(PEOPLE):
            if person.realm is Realm.STAFF:
                bank.staff[code, person.username] = person
