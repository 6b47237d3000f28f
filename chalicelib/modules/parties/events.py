"""What parties tell the other modules."""

PARTY_REGISTERED = "parties.party_registered"
PARTY_CHANGED = "parties.party_changed"
