"""Changing what may be changed of an account, with effect at once (DEP-112)."""

from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import Invalid
from chalicelib.modules.administration import public as administration
from chalicelib.modules.deposits import repository
from chalicelib.modules.deposits.domain.account import DemandAccount
from chalicelib.modules.deposits.domain.profile import ENTITY, MOST_MARKETING_CODES, Profile
from chalicelib.modules.deposits.domain.status import allowed
from chalicelib.modules.deposits.errors import StatusForbids
from chalicelib.modules.deposits.service import opening, trail
from chalicelib.modules.deposits.tables import ACCOUNTS
from chalicelib.platform.http.pipeline import InvalidRequest, SingleFieldInvalid
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.problems import FieldProblem
from chalicelib.platform.work import UnitOfWork

MARKETING = "marketing_code"
"""The code table of the marketing codes that accounts may have."""


class UnknownOfficer(Invalid):
    """No account officer has this code."""

    code = "unknown_officer"


class TooManyMarketingCodes(Invalid):
    """An account has at most five marketing codes."""

    code = "too_many_marketing_codes"


class MarketingCodeRepeated(Invalid):
    """A marketing code is given twice."""

    code = "marketing_code_repeated"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed; None leaves it as it is. An own term or user field given as None goes away."""

    overrides: dict[str, Any] | None = None
    alias: str | None = None
    officer: str | None = None
    marketing_codes: tuple[str, ...] | None = None
    user_fields: dict[str, str | None] | None = None


def maintain(work: UnitOfWork, account_id: str, asked: Changes) -> DemandAccount:
    """Change an account with effect from now on; what changed is put on its trail.

    Raises StatusForbids, NotOverridable, UnknownOfficer, TooManyMarketingCodes, MarketingCodeRepeated, InvalidRequest.
    """
    account = repository.account(work, account_id)
    work.expect(account)
    today = business_date(work, account.branch)
    if not allowed(work.config, account.status, today).maintenance:
        raise StatusForbids("account_id", status=account.status)
    profile = _profile(work, account.profile, asked, today)
    user_fields = _user_fields(work, account, asked, today)
    if asked.overrides:
        account = opening.change_terms(work, account_id, asked.overrides)
    after = replace(account, profile=profile, user_fields=user_fields)
    return account if after == account else trail.note(work, account, work.put(ACCOUNTS, after))


def _profile(work: UnitOfWork, profile: Profile, asked: Changes, on: date) -> Profile:
    if asked.alias is not None:
        profile = replace(profile, alias=asked.alias.strip())
    if asked.officer is not None:
        if asked.officer and not administration.is_officer(work.config, asked.officer, on):
            raise UnknownOfficer("officer", officer=asked.officer)
        profile = replace(profile, officer=asked.officer)
    if asked.marketing_codes is not None:
        _check_marketing(work, asked.marketing_codes, profile.marketing_codes, on)
        profile = replace(profile, marketing_codes=asked.marketing_codes)
    return profile


def _check_marketing(work: UnitOfWork, codes: tuple[str, ...], before: tuple[str, ...], on: date) -> None:
    """At most five, each once; a new one must be in the tenant's table, one that was there before may have left it."""
    if len(codes) > MOST_MARKETING_CODES:
        raise TooManyMarketingCodes("marketing_codes", most=MOST_MARKETING_CODES)
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise MarketingCodeRepeated(f"marketing_codes.{place}", value=code)
        if code not in before and not administration.is_code(work.config, MARKETING, code, on):
            problem = {"table": MARKETING, "value": code}
            raise SingleFieldInvalid([FieldProblem(f"marketing_codes.{place}", "not_in_code_table", problem)])


def _user_fields(work: UnitOfWork, account: DemandAccount, asked: Changes, on: date) -> dict[str, str]:
    if asked.user_fields is None:
        return account.user_fields
    kept, problems = administration.checked_user_fields(
        work, ENTITY, asked.user_fields, on, account.user_fields
    )
    if problems:
        raise SingleFieldInvalid(problems) if len(problems) == 1 else InvalidRequest(problems)
    return kept
