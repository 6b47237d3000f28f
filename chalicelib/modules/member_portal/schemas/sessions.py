"""Sessions of the portal."""

from chalicelib.platform.http.payload import View
from chalicelib.platform.schemas.access import TenantView, TokenPair


class MemberView(View):
    """The member who signed in."""

    id: str
    name: str
    username: str
    language: str


class MemberSession(TokenPair):
    """An opened session of the portal."""

    must_change_password: bool
    user: MemberView
    tenant: TenantView
