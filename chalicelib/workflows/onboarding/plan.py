"""What applying a manifest would change.

A manifest is compared with what onboarding itself wrote before, not with what people have changed since in the console:
so applying it again changes nothing, and what people changed stays until the manifest says something new about the
same set. On a running tenant nothing begins before its business date: a changed set becomes a new version from then on.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.plan import Change, diff
from chalicelib.platform.parameters.kinds import kind_of
from chalicelib.platform.parameters.versions import VersionState
from chalicelib.platform.tenancy import Branding, Tenant, TenantState
from chalicelib.workflows.onboarding.header import Header, StaffMember
from chalicelib.workflows.onboarding.manifest import WrittenSet
from chalicelib.workflows.onboarding.register import MAKER, Stored, written_of
from chalicelib.workflows.onboarding.validation import Manifest

Key = tuple[str, str, str]
FIXED = ("code", "currency", "country", "isolation")
"""Header fields that a tenant keeps for life: its money and its keys depend on them."""
NOT_WRITTEN = ("state", "config_version", "version")


class Action(StrEnum):
    """What happens to a set."""

    ADD = "add"
    CHANGE = "change"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class SetChange:
    """A new version of a set and the fields in which it differs from what onboarding wrote last."""

    action: Action
    written: WrittenSet
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that applying a manifest would do; false where it would do nothing.

    ``fixed`` are changes that cannot be made; an ``unfinished`` tenant was being made when something failed.
    """

    tenant: Tenant
    is_new: bool
    header: tuple[Change, ...]
    sets: tuple[SetChange, ...]
    staff: tuple[StaffMember, ...]
    fixed: tuple[Change, ...] = ()
    unfinished: bool = False

    def __bool__(self) -> bool:
        return bool(self.is_new or self.header or self.sets or self.staff or self.unfinished)


def difference(manifest: Manifest, stored: Stored, today: date) -> Difference:
    """The difference between a manifest and what is stored; ``today`` is the latest business date of any branch."""
    wanted = tenant_of(manifest.header)
    known = stored.tenant
    changes = _header_changes(known, wanted) if known else ()
    usernames = {name.casefold() for name in stored.usernames}
    return Difference(
        tenant=wanted,
        is_new=known is None,
        header=tuple(change for change in changes if change.field not in FIXED),
        sets=tuple(_set_changes(manifest, stored, today)),
        staff=tuple(
            member for member in manifest.header.staff if member.username.casefold() not in usernames
        ),
        fixed=tuple(change for change in changes if change.field in FIXED),
        unfinished=known is not None and known.state is TenantState.PROVISIONING,
    )


def tenant_of(header: Header) -> Tenant:
    """The tenant's record as a header describes it."""
    brand = header.branding
    return Tenant(
        code=header.code,
        legal_name=header.legal_name,
        trade_name=header.trade_name,
        tax_id=header.tax_id,
        country=header.country,
        currency=header.currency,
        languages=header.languages,
        default_language=header.default_language,
        locale=header.locale,
        time_zone=header.time_zone,
        state=TenantState.PROVISIONING,
        modules=header.modules,
        branding=Branding(brand.primary, brand.accent, brand.logo, brand.slogan),
        requests_per_minute=header.requests_per_minute,
        user_requests_per_minute=header.user_requests_per_minute,
        isolation=header.isolation,
        pack=header.pack,
    )


def _header_changes(known: Tenant, wanted: Tenant) -> tuple[Change, ...]:
    return tuple(diff(_plain(known), _plain(wanted)))


def _plain(tenant: Tenant) -> dict[str, Any]:
    return {name: value for name, value in asdict(tenant).items() if name not in NOT_WRITTEN}


def _set_changes(manifest: Manifest, stored: Stored, today: date) -> Iterable[SetChange]:
    ours: dict[Key, list[WrittenSet]] = defaultdict(list)
    for version in sorted(stored.versions, key=lambda row: (row.effective_from, row.number)):
        if version.maker == MAKER and version.state is VersionState.APPROVED:
            ours[version.kind, version.code, version.scope].append(written_of(version))
    wanted = {key: list(rows) for key, rows in groupby(manifest.sets, key=lambda each: each.key)}
    for key, rows in wanted.items():
        if key in ours:
            yield from _new_versions(rows, ours[key], today)
        else:
            yield from (SetChange(Action.ADD, row) for row in rows)
    for key in sorted(set(ours) - set(wanted)):
        ended = replace(ours[key][-1], effective_from=date.min, retired=True)
        yield from _new_versions([ended], ours[key], today)


def _new_versions(wanted: list[WrittenSet], ours: list[WrittenSet], today: date) -> Iterable[SetChange]:
    """New versions so that, from today on, what onboarding wrote says what the manifest says."""
    days = {today} | {row.effective_from for row in (*wanted, *ours) if row.effective_from > today}
    timeline = list(ours)
    for day in sorted(days):
        should, does = _in_force(wanted, day), _in_force(timeline, day)
        changes = tuple(_field_changes(does, should)) if should else ()
        if should and changes:
            version = replace(should, effective_from=day)
            timeline.append(version)
            yield SetChange(_action(does, should), version, changes)


def _action(before: WrittenSet | None, after: WrittenSet) -> Action:
    if after.retired:
        return Action.RETIRE
    return Action.ADD if before is None or before.retired else Action.CHANGE


def _in_force(timeline: list[WrittenSet], day: date) -> WrittenSet | None:
    """The version in force on a day; of several from one date the last in the list."""
    begun = [row for row in timeline if row.effective_from <= day]
    latest = max((row.effective_from for row in begun), default=None)
    return next((row for row in reversed(begun) if row.effective_from == latest), None)


def _field_changes(before: WrittenSet | None, after: WrittenSet) -> Iterable[Change]:
    if before is None:
        return [] if after.retired else [Change("", None, after.body)]
    if before.retired or after.retired:
        return [] if before.retired == after.retired else [Change("retired", before.retired, after.retired)]
    if before.body == after.body:
        return []
    model = kind_of(after.kind).model
    return diff(
        model.model_validate(before.body).model_dump(mode="json"),
        model.model_validate(after.body).model_dump(mode="json"),
    )
