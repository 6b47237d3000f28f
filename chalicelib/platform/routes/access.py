"""Sign in, renew, sign out, change one's password: ``/v1/access``."""

from chalicelib.platform.access import entrance, service
from chalicelib.platform.access.people import Realm
from chalicelib.platform.http.routes import PUBLIC, SIGNED_IN, Routes
from chalicelib.platform.schemas.access import (
    PasswordChange,
    RefreshTokens,
    SignIn,
    StaffSession,
    StaffUser,
    TenantView,
    TokenPair,
)
from chalicelib.platform.tenancy import TENANTS
from chalicelib.platform.work import UnitOfWork

routes = Routes("platform", prefix="access")


@routes.post("/sessions", permission=PUBLIC, request=SignIn, response=StaffSession, idempotent=False)
def sign_in(work: UnitOfWork, body: SignIn) -> StaffSession:
    """Open a session of the console."""
    own, signed = entrance.open_session(work, Realm.STAFF, body.tenant, body.username, body.password)
    return StaffSession(
        **TokenPair.of(signed).model_dump(),
        must_change_password=signed.session.must_change,
        user=StaffUser.of(signed.person, own.context.actor.permissions),
        tenant=TenantView.of(own.get(TENANTS)),
    )


@routes.post("/tokens", permission=PUBLIC, request=RefreshTokens, response=TokenPair, idempotent=False)
def renew_tokens(work: UnitOfWork, body: RefreshTokens) -> TokenPair:
    """Exchange a refresh token for a new pair of tokens; the old one is good once."""
    _, signed = entrance.renew_session(work, Realm.STAFF, body.refresh_token)
    return TokenPair.of(signed)


@routes.delete("/sessions/current", permission=SIGNED_IN, status=204, idempotent=False)
def sign_out(work: UnitOfWork) -> None:
    """End the session of the token that is presented."""
    service.sign_out(work, work.context.actor.session_id)


@routes.put("/password", permission=SIGNED_IN, request=PasswordChange, status=204, idempotent=False)
def change_password(work: UnitOfWork, body: PasswordChange) -> None:
    """Change one's own password; every other session of the person ends."""
    service.change_password(work, Realm.STAFF, body.current, body.new)
