"""What ``scripts/onboard`` does: read the manifests, say what is wrong or what would change, and apply them."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chalicelib.kernel.errors import BankError
from chalicelib.platform import texts
from chalicelib.platform.listener import stranger
from chalicelib.workflows.onboarding import demonstration
from chalicelib.workflows.onboarding.apply import Applied, apply, compare
from chalicelib.workflows.onboarding.manifest import PACKS, InvalidManifest, read
from chalicelib.workflows.onboarding.plan import Action, Difference, SetChange
from chalicelib.workflows.onboarding.validation import Manifest, validated

SIGNS = {Action.ADD: "+", Action.CHANGE: "~", Action.RETIRE: "-"}
MOST_LINES_OF_A_KIND = 12


def main(arguments: list[str], tenants: Path) -> int:
    """Run the command; answers 0, 1 where something was refused, 2 where a change was not agreed to."""
    asked = _parsed(arguments)
    codes = codes_in(tenants) if asked.all else asked.tenants
    try:
        manifests = _read(codes, tenants, asked.language)
        return max((_onboard(manifest, asked) for manifest in manifests), default=0)
    except BankError as error:
        say(refusal(error, asked.language))
        return 1


def codes_in(tenants: Path) -> list[str]:
    """Codes of the tenants that have a manifest in a folder."""
    return sorted(file.parent.name for file in tenants.glob("*/manifest.yaml") if file.parent.name != PACKS)


def say(line: str) -> None:
    """One line on the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def refusal(error: BankError, language: str) -> str:
    """Why something was refused, in the language asked for."""
    detail = stranger(language).text(f"errors.{error.code}.detail", error.code, error.params)
    return f"✗ {error.code}: {detail}"


def lines(found: Difference) -> Iterator[str]:
    """A difference as lines to read: header, sets by kind, staff."""
    tenant = found.tenant
    if not found:
        yield f"= {tenant.code}: nothing to change"
        return
    yield f"{'+' if found.is_new else '~'} {tenant.code} ({tenant.trade_name})"
    if found.is_new:
        yield from _new_lines(found)
        return
    for change in found.header:
        yield f"  ~ {change.field}: {change.before!r} → {change.after!r}"
    shown: Counter[str] = Counter()
    for each in found.sets:
        shown[each.written.kind] += 1
        if shown[each.written.kind] <= MOST_LINES_OF_A_KIND:
            yield from _set_lines(each)
    for kind, count in shown.items():
        if count > MOST_LINES_OF_A_KIND:
            yield f"  … {kind}: {count - MOST_LINES_OF_A_KIND} more"
    for member in found.staff:
        yield f"  + staff/{member.username} ({member.role}, {member.branch})"


def _new_lines(found: Difference) -> Iterator[str]:
    """All of a new tenant, counted."""
    for kind, count in sorted(Counter(each.written.kind for each in found.sets).items()):
        yield f"  + {kind}: {count}"
    yield f"  + staff: {len(found.staff)}"


def _set_lines(each: SetChange) -> Iterator[str]:
    written = each.written
    scope = "" if written.scope == "tenant" else f" [{written.scope}]"
    yield f"  {SIGNS[each.action]} {written.kind}/{written.code}{scope} from {written.effective_from}"
    if each.action is Action.CHANGE:
        for change in each.changes:
            yield f"      {change.field}: {change.before!r} → {change.after!r}"


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/onboard", description=__doc__)
    parser.add_argument("tenants", nargs="*", metavar="TENANT", help="folder in tenants/")
    parser.add_argument("--all", action="store_true", help="every tenant that has a manifest")
    parser.add_argument("--diff", action="store_true", help="show what would change, change nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--demo", action="store_true", help="known passwords, written to build/demo.json")
    parser.add_argument("--language", default=texts.SPANISH, help="of what is said about errors")
    asked = parser.parse_args(arguments)
    if bool(asked.tenants) == asked.all:
        parser.error("name tenants, or --all")
    asked.demo = asked.demo or demonstration.expected()
    return asked


def _read(codes: list[str], tenants: Path, language: str) -> list[Manifest]:
    """Every manifest, or the errors of all of them. Raises the first InvalidManifest after saying all."""
    read_manifests, refused = [], []
    for code in codes:
        try:
            read_manifests.append(validated(read(tenants / code)))
        except InvalidManifest as error:
            refused.append(error)
            for problem in error.errors:
                reason = stranger(language).text(
                    f"errors.{problem.code}.detail", problem.code, problem.params
                )
                say(f"✗ {code}: {problem.field}: {problem.code}: {reason}")
    if refused:
        raise refused[0]
    return read_manifests


def _onboard(manifest: Manifest, asked: argparse.Namespace) -> int:
    found = compare(manifest)
    for line in lines(found):
        say(line)
    if asked.diff:
        return 0
    if found and not (asked.yes or asked.demo or _agreed()):
        return 2
    applied = apply(manifest, demonstration.password_of if asked.demo else None)
    if asked.demo:
        _note_staff(manifest)
    else:
        _tell(applied)
    return 0


def _agreed() -> bool:
    if not sys.stdin.isatty():
        say("✗ not a terminal: --yes to apply")
        return False
    return input("apply? [y/N] ").strip().lower() in ("y", "yes", "s", "si", "sí")


def _note_staff(manifest: Manifest) -> None:
    staff = [
        {"role": member.role, "username": member.username, "password": demonstration.PASSWORD}
        for member in manifest.header.staff
    ]
    demonstration.note(demonstration.file(), manifest.code, staff=staff)


def _tell(applied: Applied) -> None:
    """Temporary passwords, shown this once to whoever hands them over."""
    for made in applied.staff:
        say(f"  {made.username} ({made.role}): {made.password}")
