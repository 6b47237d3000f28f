"""The Chalice application: the routes of the module named by MINGA_MODULE, or of all of them when it is unset.

Every function loads the declarations of all modules (their parameter kinds, accounts and closing steps), so that
each understands the whole of a tenant's configuration; only the routes differ.
"""

from chalicelib.platform.http.application import SCHEDULED, build

app, closing, outbox = build()
schedules = SCHEDULED
