"""What the member portal refuses."""

from chalicelib.kernel.errors import Conflict, NotFound


class ServiceNotPublished(NotFound):
    """The cooperative does not offer this service in its portal."""

    code = "service_not_published"


class JointAccountCannotPay(Conflict):
    """Money leaves a joint account only at the office: how its owners sign together is not on record."""

    code = "joint_account_cannot_pay"
