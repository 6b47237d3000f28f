"""Deposits in the end of day: every account is read, few are written.

Each account's closing balance and exact interest are derived and summed by branch, product and currency; an account
is written only when something happens to it: interest falls due, a hold ends, its holder has been inactive too long.
The day's accrual is posted per branch and product as the difference between what is owed and what the ledger shows.
"""
