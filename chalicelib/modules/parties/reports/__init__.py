"""The reports of parties, by what they are about."""

from chalicelib.modules.parties.reports import account_parties, addresses, register, relations
from chalicelib.platform.reports import register_report

REPORTS = (*register.REPORTS, *addresses.REPORTS, *relations.REPORTS, *account_parties.REPORTS)

for report in REPORTS:
    register_report(report)
