"""Notices to people: written in the transaction of what they tell of, sent by the outbox, kept as a record.

``notify(work, event, person, params)`` is all that a module calls. The words come from the tenant's template of the
event (``platform.notification_template``), else from the catalogue (``notifications.<event>.<channel>.body``).
"""

from chalicelib.platform.notifications.compose import Recipient, notify
from chalicelib.platform.notifications.records import NOTIFICATIONS, Notification, NotificationState

__all__ = ["NOTIFICATIONS", "Notification", "NotificationState", "Recipient", "notify"]
