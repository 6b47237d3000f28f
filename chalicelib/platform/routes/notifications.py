"""Notices and deliveries of events: what was sent, to whom, and how it went."""

from chalicelib.platform import webhooks
from chalicelib.platform.access.errors import PermissionDenied
from chalicelib.platform.http.routes import ANY, SIGNED_IN, Routes
from chalicelib.platform.notifications import NOTIFICATIONS
from chalicelib.platform.schemas.oversight import (
    Deliveries,
    DeliveriesQuery,
    DeliveryView,
    Notifications,
    NotificationsQuery,
    NotificationView,
)
from chalicelib.platform.webhooks import DELIVERIES
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform")

READ_OTHERS = "platform.read_notifications"


@routes.get(
    "/notifications", permission=SIGNED_IN, realm=ANY, query=NotificationsQuery, response=Notifications
)
def list_notifications(work: UnitOfWork, query: NotificationsQuery) -> Notifications:
    """One's own notices, newest first; another person's with the permission to read them."""
    actor = work.context.actor
    own = actor.party_id or actor.id
    recipient = query.recipient or own
    if recipient not in (own, actor.id) and not actor.may(READ_OTHERS):
        raise PermissionDenied(permission=READ_OTHERS)
    page = work.query(
        NOTIFICATIONS, recipient=recipient, forward=False, limit=query.limit, cursor=query.cursor
    )
    return Notifications(
        items=[NotificationView.model_validate(notice) for notice in page.items], next_cursor=page.next_cursor
    )


@routes.get(
    "/webhook-deliveries", permission="platform.read_parameters", query=DeliveriesQuery, response=Deliveries
)
def list_deliveries(work: UnitOfWork, query: DeliveriesQuery) -> Deliveries:
    """The events that a subscription was told of, newest first."""
    page = work.query(
        DELIVERIES, subscription=query.subscription, forward=False, limit=query.limit, cursor=query.cursor
    )
    return Deliveries(
        items=[DeliveryView.model_validate(delivery) for delivery in page.items], next_cursor=page.next_cursor
    )


@routes.post(
    "/webhook-deliveries/{subscription}/{event}/retries",
    permission="platform.propose_parameters",
    response=DeliveryView,
)
def retry_delivery(work: UnitOfWork, subscription: str, event: str) -> DeliveryView:
    """Send an event to a subscription once more."""
    return DeliveryView.model_validate(webhooks.send_again(work, subscription, event))
