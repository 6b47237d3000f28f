"""``scripts/deploy``: the local cloud through CloudFormation's own calls, the stages of AWS through the CDK's tool."""

import argparse
import subprocess
import time
from pathlib import Path
from typing import Any

import boto3

from infra import headers, zip
from infra.local import portals
from infra.local.bank import Bank
from infra.local.cloud import Cloud
from infra.local.site import Site, StaticFile
from infra.paths import PORTAL, ROOT
from infra.settings import STAGES, Installation, stage
from infra.silos import silo_tenants

CDK = "aws-cdk@2.1148.1"
PORTALS = {"member": "member", "admin": "admin"}


def deploy_local() -> None:
    """Deploy to the local cloud of this checkout, which is left running."""
    started = time.monotonic()
    bank = Bank(Cloud(attached=False).start())
    touched = bank.deploy(print)
    print(f"{len(touched)} stacks deployed in {time.monotonic() - started:.1f} s to {bank.cloud.endpoint}")
    for base, address in sorted(bank.addresses.items()):
        print(f"  {base:<24} {bank.cloud.endpoint}{address}")


def deploy_stacks(stage_name: str, stacks: list[str]) -> None:
    """Deploy stacks of a stage in AWS (all of them by default), asking before permissions are widened."""
    zip.build()
    command = [
        "npx",
        "--yes",
        CDK,
        "deploy",
        "--context",
        f"stage={stage_name}",
        "--require-approval",
        "broadening",
    ]
    subprocess.run([*command, *(stacks or ["--all"])], cwd=ROOT, check=True)


def upload(portal: Path, bucket: str, s3: Any) -> int:
    """Put the built portals into their bucket, first pages last; answers how many files."""
    uploads: list[tuple[str, StaticFile]] = []
    for app, prefix in PORTALS.items():
        site = Site(portal / "apps" / app / "dist")
        uploads += [(f"{prefix}/{name}", file) for name, file in site.files().items()]
    for key, file in sorted(uploads, key=lambda item: item[1].headers["Cache-Control"] != headers.IMMUTABLE):
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=file.bodies["identity"],
            ContentType=file.headers["Content-Type"],
            CacheControl=file.headers["Cache-Control"],
        )
    return len(uploads)


def publish_portals(installation: Installation) -> None:
    """Upload the portals of one installation and tell CloudFront to ask for them again."""
    cloudformation = boto3.client("cloudformation", region_name="us-east-1")
    stack = cloudformation.describe_stacks(StackName=f"{installation.prefix}-edge")["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    count = upload(PORTAL, outputs["PortalsBucket"], boto3.client("s3", region_name="us-east-1"))
    boto3.client("cloudfront").create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
    )
    print(f"{count} files of the portals at https://{installation.domain}")


def main() -> None:
    """Parse the command line and deploy."""
    parser = argparse.ArgumentParser(prog="scripts/deploy", description="Deploy the bank to a stage.")
    parser.add_argument("--stage", required=True, choices=STAGES)
    parser.add_argument("stacks", nargs="*", help="names of stacks; all of the stage by default")
    chosen = parser.parse_args()
    if chosen.stage == "local":
        deploy_local()
        return
    portals.build()
    deploy_stacks(chosen.stage, chosen.stacks)
    for tenant in ["", *silo_tenants()]:
        publish_portals(Installation(stage(chosen.stage), tenant))


if __name__ == "__main__":
    main()
