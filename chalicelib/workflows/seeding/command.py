"""What ``scripts/seed`` does: fill one tenant as asked, or every empty one for a demonstration."""

import argparse
from pathlib import Path

from chalicelib.kernel.errors import BankError
from chalicelib.platform import texts
from chalicelib.platform.access.authentication import UnknownTenant
from chalicelib.workflows.onboarding import demonstration
from chalicelib.workflows.onboarding.command import codes_in, refusal, say
from chalicelib.workflows.seeding.history import Size
from chalicelib.workflows.seeding.seed import TenantNotEmpty, enrol_members, seed

DEMO_MEMBERS = 200
USUAL_MONTHS = 6
DEMO_LOGINS = 6
DAYS_A_LINE = 20
ITEMS_A_LINE = 20_000


def main(arguments: list[str], tenants: Path) -> int:
    """Run the command; answers 0, or 1 where something was refused."""
    asked = _parsed(arguments)
    for tenant in [asked.tenant] if asked.tenant else codes_in(tenants):
        try:
            _seed(tenant, asked)
        except (TenantNotEmpty, UnknownTenant) as error:
            say(refusal(error, asked.language))
            if asked.tenant:
                return 1
        except BankError as error:
            say(refusal(error, asked.language))
            return 1
    return 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/seed", description=__doc__)
    parser.add_argument(
        "tenant", nargs="?", metavar="TENANT", help="without it, every empty tenant of tenants/"
    )
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--members", type=_positive, help=f"members with accounts they use ({DEMO_MEMBERS})")
    sizes.add_argument("--accounts", type=_positive, help="accounts with one deposit each")
    parser.add_argument("--months", type=int, help=f"months of history ({USUAL_MONTHS}; 0 with --accounts)")
    parser.add_argument("--random", type=int, default=7, help="another number gives another bank (7)")
    parser.add_argument(
        "--logins", type=int, default=DEMO_LOGINS, help="members who can sign in to the portal"
    )
    parser.add_argument("--language", default=texts.SPANISH, help="of what is said about errors")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _seed(tenant: str, asked: argparse.Namespace) -> None:
    if asked.accounts:
        size = Size(accounts=asked.accounts, months=asked.months or 0)
    else:
        months = USUAL_MONTHS if asked.months is None else asked.months
        size = Size(members=asked.members or DEMO_MEMBERS, months=months)

    def progress(step: str, count: int) -> None:
        if count % (DAYS_A_LINE if step == "days" else ITEMS_A_LINE) == 0:
            say(f"  {tenant}: {count} {step}")

    done = seed(tenant, size, asked.random, progress)
    made = f"{done.members} members, {done.accounts} accounts, {done.postings} postings"
    say(f"+ {tenant}: {made}, {done.days} days closed")
    logins = enrol_members(tenant, done.holders, asked.logins, demonstration.PASSWORD)
    members = [{"username": login.username, "password": login.password} for login in logins]
    demonstration.note(demonstration.file(), tenant, members=members)
