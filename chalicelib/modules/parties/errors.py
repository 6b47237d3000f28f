"""What parties refuses."""

from typing import Any

from chalicelib.kernel.errors import Conflict, Invalid, NotFound


class UnknownParty(NotFound):
    """No party has this id, or its branch is outside the caller's scope."""

    code = "unknown_party"


class PartyExists(Conflict):
    """A party has this identity document already; ``extensions`` tells the console which record to open."""

    code = "party_exists"

    def __init__(self, field: str, party_id: str) -> None:
        super().__init__(field, party_id=party_id)
        self.extensions: dict[str, Any] = {"party_id": party_id}


class PartyNumberTaken(Conflict):
    """Another party has this number."""

    code = "party_number_taken"


class PartyNumberOutOfRange(Invalid):
    """The institution gives other party numbers (ADM-14)."""

    code = "party_number_out_of_range"


class PartyTypeNotForKind(Invalid):
    """The party type is for the other kind of person."""

    code = "party_type_not_for_kind"


class DocumentTypeNotAllowed(Invalid):
    """The document is not one for this kind of person or this party type, or is no longer taken."""

    code = "document_type_not_allowed"


class DocumentRuleBroken(Invalid):
    """The number does not satisfy the tenant's rule for the document; ``rule`` names it, ``reason`` says how."""

    code = "document_rule_broken"


class DocumentCheckDigit(Invalid):
    """The check digit does not fit; where the rule is advisory, a person may confirm the number as it is."""

    code = "document_check_digit"


class MalformedPhone(Invalid):
    """Not a telephone number, or one without a country code where the tenant has none of its own."""

    code = "malformed_phone"


class IdentityUnchanged(Invalid):
    """Nothing about the identity would change."""

    code = "identity_unchanged"


class PartyStateForbids(Conflict):
    """A party in this state does not pass to that one."""

    code = "party_state_forbids"


class UnknownAddress(NotFound):
    """The party has no such address."""

    code = "unknown_address"


class PrimaryAddressNeeded(Conflict):
    """One address of each purpose is the primary one: make another primary first."""

    code = "primary_address_needed"


class UnknownAccountOfParty(NotFound):
    """None of the party's products has this account id."""

    code = "unknown_account_of_party"


class RelatedToItself(Invalid):
    """A party is not related to itself."""

    code = "related_to_itself"


class RelationNotForKind(Invalid):
    """The relationship is for other kinds of persons."""

    code = "relation_not_for_kind"


class RelationExists(Conflict):
    """The parties are in this relationship already, or it is one that a party has only once."""

    code = "relation_exists"


class RelationRequired(Conflict):
    """The relation that would end is one that a party must have: change what asks for it, or add another first."""

    code = "relation_required"


class RelatedPartyUnclear(Invalid):
    """A relation names either a party that is registered or the data of a new one."""

    code = "related_party_unclear"


class UnknownRelation(NotFound):
    """The parties are in no such relationship."""

    code = "unknown_relation"


class AccountPartyTwice(Invalid):
    """A party has the same role in an account twice, or owns it in two roles."""

    code = "account_party_twice"


class AccountRoleNotOffered(Invalid):
    """The role is no longer given to anybody."""

    code = "account_role_not_offered"


class OwnershipDecimals(Invalid):
    """Percentages of ownership have four decimals."""

    code = "ownership_decimals"


class OwnershipOutOfRange(Invalid):
    """A share is more than nothing and at most the whole."""

    code = "ownership_out_of_range"


class OwnershipNotForRole(Invalid):
    """The role has no share in the account."""

    code = "ownership_not_for_role"


class OwnershipMissing(Invalid):
    """Either everybody who shares has a percentage or nobody, for equal shares."""

    code = "ownership_missing"


class OwnershipNotWhole(Invalid):
    """The percentages of those who share do not make 100."""

    code = "ownership_not_whole"


class HolderNotOwner(Invalid):
    """The account's main holder stays among its owners."""

    code = "holder_not_owner"


class TooManyInRole(Invalid):
    """An account has no more parties in this role."""

    code = "too_many_in_role"


class MailingLineOutOfRange(Invalid):
    """Correspondence shows up to three names."""

    code = "mailing_line_out_of_range"


class MailingLineTaken(Invalid):
    """Two names stand on the same line."""

    code = "mailing_line_taken"


class RolePrintsNothing(Invalid):
    """Parties of this role are not named on correspondence."""

    code = "role_prints_nothing"


class PartyNotEligible(Invalid):
    """A party that died or is only history gets no part in an account."""

    code = "party_not_eligible"


class OwnerNotAllowed(Invalid):
    """The party may own no account; ``reason`` says why."""

    code = "owner_not_allowed"


class EffectiveBeforeOpening(Invalid):
    """The account did not exist on that date."""

    code = "effective_before_opening"


class EffectiveBeforeLastChange(Invalid):
    """What was changed later would be lost."""

    code = "effective_before_last_change"


class EffectiveInFuture(Invalid):
    """Parts in accounts change today or earlier."""

    code = "effective_in_future"


class AccountEnded(Conflict):
    """Nothing changes in an account that is closed."""

    code = "account_ended"


class SearchTooShort(Invalid):
    """Some more characters are needed to search by."""

    code = "search_too_short"
