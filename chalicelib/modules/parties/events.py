"""What parties tell the other modules."""

PARTY_REGISTERED = "parties.party_registered"
PARTY_CHANGED = "parties.party_changed"
ACCOUNT_PARTIES_CHANGED = "parties.account_parties_changed"
