"""What administration tells the other modules."""

USER_CREATED = "administration.user_created"
USER_BLOCKED = "administration.user_blocked"
USER_UNBLOCKED = "administration.user_unblocked"
BRANCH_OPENED = "administration.branch_opened"
