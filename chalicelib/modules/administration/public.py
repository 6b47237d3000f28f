"""What administration offers to other modules."""

from chalicelib.modules.administration.domain import StaffDraft
from chalicelib.modules.administration.plans import Branch
from chalicelib.modules.administration.service import organisation, users, vocabulary

__all__ = [
    "Branch",
    "StaffDraft",
    "branch",
    "branch_codes",
    "branch_name",
    "branches",
    "calendar_of",
    "checked_user_fields",
    "create_user",
    "cycle_of",
    "institution",
    "is_code",
    "is_officer",
    "open_branch",
    "readable_user_fields",
    "user_fields",
]

institution = organisation.institution
branches = organisation.branches
branch = organisation.branch
branch_codes = organisation.branch_codes
branch_name = organisation.branch_name
calendar_of = organisation.calendar_of
cycle_of = organisation.cycle_of
open_branch = organisation.open_for_business
is_code = vocabulary.is_code
is_officer = vocabulary.is_officer
user_fields = vocabulary.user_fields
readable_user_fields = vocabulary.readable_user_fields
checked_user_fields = vocabulary.checked_user_fields
create_user = users.create_user
