"""The Chalice application: the routes of the module named by MINGA_MODULE, or of all of them when it is unset.

A function imports its own module; what the others declare is found when it is asked for (``platform/declared.py``).
"""

import gc

gc.disable()  # what is imported stays, so collecting meanwhile finds nothing and costs a tenth of a cold start

from chalicelib.platform.http.application import SCHEDULED, build  # noqa: E402

app, closing, outbox = build()
schedules = SCHEDULED
gc.freeze()
gc.enable()
