"""What staff may be allowed to do with parties."""

READ = "parties.read"
REGISTER = "parties.register"
MAINTAIN = "parties.maintain"
CHANGE_IDENTITY = "parties.change_id"
