"""Vouchers from templates: the accounts and sides are fixed, a person gives amount, branch and date (ACC-11)."""

from datetime import date

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.money import Money
from chalicelib.kernel.names import name_in
from chalicelib.modules.accounting.domain.entry_template import lines_of
from chalicelib.modules.accounting.domain.voucher import Timing, Voucher
from chalicelib.modules.accounting.errors import TemplateNotUsable, UnknownTemplate
from chalicelib.modules.accounting.plans import EntryTemplate
from chalicelib.modules.accounting.repository.chart import TEMPLATE
from chalicelib.modules.accounting.service import vouchers
from chalicelib.platform.posting.days import business_date
from chalicelib.platform.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person gives a template. A blank date is the business date, a blank narrative the template's name."""

    branch: str
    amount: Money
    effective_date: date | None = None
    narrative: str = ""
    tax_id: str = ""


def capture(work: UnitOfWork, code: str, asked: Asked) -> Voucher:
    """The voucher that a template makes, submitted: it waits for a second person as any other does.

    Raises UnknownTemplate, TemplateNotUsable, and whatever capturing a voucher raises.
    """
    today = business_date(work, asked.branch)
    template: EntryTemplate | None = work.config.find(TEMPLATE, code, today)
    if template is None:
        raise UnknownTemplate("code", template=code)
    if not template.active:
        raise TemplateNotUsable("code", template=code)
    content = vouchers.Content(
        template.concept,
        asked.branch,
        asked.narrative or name_in(template.names, work.context.language),
        lines_of(template, asked.amount, asked.branch, asked.tax_id),
        asked.effective_date,
        Timing(template.timing),
        f"{TEMPLATE}:{code}",
    )
    return vouchers.capture(work, content, submit=True)
