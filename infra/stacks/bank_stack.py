"""What all stacks of an installation have in common: their name, their place, their protection and their tags."""

import aws_cdk as cdk
from constructs import Construct

from infra.settings import Installation

LOCAL_ASSETS_BUCKET = "minga-assets"


class BankStack(cdk.Stack):
    """A stack named ``<prefix>-<part>`` in the stage's region, or in another one where it must be there."""

    def __init__(self, scope: Construct, installation: Installation, part: str, region: str = "") -> None:
        stage = installation.stage
        tags = {"application": "minga", "stage": stage.name}
        if installation.tenant:
            tags["tenant"] = installation.tenant
        local = cdk.DefaultStackSynthesizer(
            generate_bootstrap_version_rule=False, file_assets_bucket_name=LOCAL_ASSETS_BUCKET
        )
        super().__init__(
            scope,
            f"{installation.prefix}-{part}",
            stack_name=f"{installation.prefix}-{part}",
            env=cdk.Environment(account=stage.account or None, region=region or stage.region),
            synthesizer=local if stage.local else None,
            termination_protection=stage.protected,
            tags=tags,
        )
        self.installation = installation
        self.removal = cdk.RemovalPolicy.RETAIN if stage.protected else cdk.RemovalPolicy.DESTROY
