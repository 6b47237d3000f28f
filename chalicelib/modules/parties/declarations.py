"""What parties declare to the platform and to accounting: the names of customers, and where a party can be read."""

from chalicelib.modules.accounting import public as accounting
from chalicelib.modules.parties.service import profile
from chalicelib.modules.parties.tables import PREFIX

accounting.register_customer_names(profile.display_name)
accounting.register_source(PREFIX, "parties", "/parties/parties/{id}")
