"""Entry of the CDK: ``cdk synth -c stage=dev``; without a stage, all of those in the cloud.

Every finding of cdk-nag that is not acknowledged in the code fails the synthesis.
"""

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infra import application, silos, zip
from infra.application import Application
from infra.installation import Stacks, put_together
from infra.paths import ROOT
from infra.settings import STAGES, Installation, stage

CLOUD_STAGES = tuple(name for name in STAGES if name != "local")


def compose(app: cdk.App, stage_names: tuple[str, ...], model: Application) -> dict[str, Stacks]:
    """The stacks of the stages, by prefix: the shared installation of each and one per tenant in a silo."""
    built = {}
    for name in stage_names:
        tenants = [] if name == "local" else silos.silo_tenants(ROOT)
        for tenant in ["", *tenants]:
            installation = Installation(stage(name), tenant)
            built[installation.prefix] = put_together(app, installation, model)
    return built


def main() -> None:
    """Synthesise what the context asks for into CDK's output folder."""
    zip.build()
    app = cdk.App()
    wanted = app.node.try_get_context("stage")
    compose(app, (wanted,) if wanted else CLOUD_STAGES, application.read())
    if wanted != "local":
        cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app, verbose=True))
    app.synth()


if __name__ == "__main__":
    main()
