"""The reports of parties, by what they are about."""

from chalicelib.modules.parties.reports import account_parties, addresses, register, relations

REPORTS = (*register.REPORTS, *addresses.REPORTS, *relations.REPORTS, *account_parties.REPORTS)
