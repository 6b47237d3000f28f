"""Access tokens: short-lived JWTs signed with Ed25519 that name tenant, person and session."""

from chalicelib.kernel.dataclass import dataclass
from chalicelib.kernel.errors import BankError
from chalicelib.platform import clock
from chalicelib.platform.access import keys

ISSUER = "minga"
ACCESS_SECONDS = 600
CLOCK_SKEW_SECONDS = 5
"""How far the clocks of two functions may be apart: the one that verifies may be behind the one that issued."""


class NotSignedIn(BankError):
    """No valid access token: missing, expired, forged, or of an ended session."""

    code = "not_signed_in"
    status = 401


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says."""

    tenant: str
    realm: str
    subject: str
    session: str


def issue(claims: Claims) -> tuple[str, int]:
    """(token, seconds until it expires)."""
    from chalicelib.platform.access.signatures import ALGORITHM, jwt

    ring = keys.current()
    issued = clock.epoch_seconds()
    content = {
        "iss": ISSUER,
        "sub": claims.subject,
        "tid": claims.tenant,
        "rlm": claims.realm,
        "sid": claims.session,
        "iat": issued,
        "exp": issued + ACCESS_SECONDS,
    }
    token = jwt.encode(content, ring.private[ring.active], algorithm=ALGORITHM, headers={"kid": ring.active})
    return token, ACCESS_SECONDS


def verify(authorization: str) -> Claims:
    """The claims of a Bearer header. Raises NotSignedIn for anything that we did not sign or that has expired."""
    from chalicelib.platform.access.signatures import ALGORITHM, jwt

    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn()
    try:
        kid = str(jwt.get_unverified_header(token).get("kid", ""))
        ring = keys.current(kid)
        if kid not in ring.public:
            raise NotSignedIn()
        content = jwt.decode(
            token,
            ring.public[kid],
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iat", "sub", "iss"]},
        )
        return Claims(content["tid"], content["rlm"], content["sub"], content["sid"])
    except (jwt.PyJWTError, KeyError, ValueError) as refused:
        raise NotSignedIn() from refused
