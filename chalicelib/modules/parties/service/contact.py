"""How a party is written to: their language, and the ways that reach them."""

from chalicelib.modules.parties import repository
from chalicelib.platform.notifications import Recipient
from chalicelib.platform.work import UnitOfWork

CHANNELS = {"email": "email", "phone": "sms", "portal": "in_app", "branch": "in_app"}
"""How a member chose to be addressed → the channel of the notice."""


def language_of(work: UnitOfWork, party_id: str) -> str:
    """The language in which a party is written to: their own, else the institution's (GEN-17)."""
    party = repository.any_party(work, party_id)
    return (party.language if party else "") or work.context.tenant.default_language


def recipient(work: UnitOfWork, party_id: str) -> Recipient:
    """A party as notices reach them. Raises UnknownParty."""
    party = repository.party(work, party_id)
    preferred = CHANNELS.get(party.marketing.preferred_channel, "")
    return Recipient(party.id, party.language, party.email, party.mobile, preferred)
