"""What administration declares to the platform: the branches, the cash that tellers hold, rules of its parameters."""

from chalicelib.modules.administration.service import cash, organisation, vocabulary
from chalicelib.platform.closing.branches import register_branches
from chalicelib.platform.parameters import kinds
from chalicelib.platform.posting.accounts import register_follower

register_follower(cash.follow)
register_branches(organisation.branch_codes, organisation.calendar_of)
kinds.require(organisation.BRANCH, organisation.check_branch_set)
kinds.require(vocabulary.CODE_TABLE, vocabulary.check_code_table_set)
