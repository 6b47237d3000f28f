"""How far back a member looks at once, as the cooperative allows."""

from datetime import date

from chalicelib.modules.deposits import public as deposits
from chalicelib.modules.member_portal.plans import SETTINGS, PortalSettings
from chalicelib.platform import today
from chalicelib.platform.work import UnitOfWork


def check_longest(work: UnitOfWork, first: date | None, last: date | None) -> None:
    """Raises PeriodTooLong where two dates are farther apart than the portal shows at once."""
    settings: PortalSettings = work.config.main(SETTINGS, today.business_day(work))
    if first and last and (last - first).days > settings.statement_longest_days:
        raise deposits.PeriodTooLong("to", days=settings.statement_longest_days)
