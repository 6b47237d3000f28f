"""What every module of the bank shares: the AWS edges, tenancy, security, parameters, posting and closing."""

DECLARES = {
    "kinds": (
        "kinds_declared",
        "approvals",
        "closing.control",
    ),
    "rules": (
        "approvals",
        "reports.registry",
    ),
    "routes": ("routes",),
    "reports": ("reports.declared",),
}
