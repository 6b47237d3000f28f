"""The reports of parties, by what they are about."""

from chalicelib.modules.parties.reports import account_parties, register

REPORTS = (*register.REPORTS, *account_parties.REPORTS)
