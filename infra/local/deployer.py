"""Deploys a synthesised CDK application to the local cloud by CloudFormation, and only what differs."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra import digest
from infra.local.clients import ACCOUNT, REGION, client

DIGEST_TAG = "digest"
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
WAIT_SECONDS = 120


class DeploymentFailed(Exception):
    """A stack could not be created or updated; the message lists what CloudFormation said."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a template refers to, under the key of its present contents."""

    path: Path
    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class Template:
    """One stack as it will be deployed."""

    stack: str
    text: str
    assets: tuple[Asset, ...]

    @property
    def digest(self) -> str:
        """Changes when the template or the contents of a file it refers to do."""
        return digest.of_text(self.text)[:32]


def _resolved(text: str) -> str:
    return text.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Region}", REGION)


def template(assembly: Path, stack: str) -> Template:
    """The stack's template, with each file asset under a key made of its contents.

    The synthesis is kept while the application's routes stay the same, so the keys written in it may be old.
    """
    text = (assembly / f"{stack}.template.json").read_text()
    manifest = json.loads((assembly / f"{stack}.assets.json").read_text())
    assets = []
    for file in manifest["files"].values():
        path = (assembly / file["source"]["path"]).resolve()
        if path.name.endswith(".template.json"):
            continue
        for destination in file["destinations"].values():
            key = f"{digest.of_file(path)}{path.suffix}"
            text = text.replace(destination["objectKey"], key)
            assets.append(Asset(path, _resolved(destination["bucketName"]), key))
    return Template(stack, text, tuple(assets))


def deployment_order(assembly: Path) -> list[str]:
    """The stacks of an assembly, each after those it depends on."""
    artifacts = json.loads((assembly / "manifest.json").read_text())["artifacts"]
    stacks = {name: item for name, item in artifacts.items() if item["type"] == "aws:cloudformation:stack"}
    graph = {
        name: [other for other in item.get("dependencies", []) if other in stacks]
        for name, item in stacks.items()
    }
    return [
        stacks[name]["properties"].get("stackName", name) for name in TopologicalSorter(graph).static_order()
    ]


@dataclass
class Deployer:
    """CloudFormation and S3 of one endpoint."""

    endpoint: str

    @cached_property
    def cloudformation(self) -> Any:
        """CloudFormation."""
        return client(self.endpoint, "cloudformation")

    @cached_property
    def s3(self) -> Any:
        """S3, which holds templates and assets."""
        return client(self.endpoint, "s3")

    def deployed(self) -> dict[str, dict[str, Any]]:
        """The stacks that stand, by name, with outputs and the digest they were deployed with."""
        stacks = {}
        for page in self.cloudformation.get_paginator("describe_stacks").paginate():
            for stack in page["Stacks"]:
                if stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
                    tags = {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}
                    outputs = {
                        output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])
                    }
                    stacks[stack["StackName"]] = {"digest": tags.get(DIGEST_TAG), "outputs": outputs}
        return stacks

    def outputs(self) -> dict[str, dict[str, str]]:
        """Outputs of every stack that stands."""
        return {name: stack["outputs"] for name, stack in self.deployed().items()}

    def deploy(self, assembly: Path, say: Callable[[str], None] = print) -> list[str]:
        """Create or update what differs; answers the names of the stacks touched. Raises DeploymentFailed."""
        standing = self.deployed()
        templates = [template(assembly, stack) for stack in deployment_order(assembly)]
        changed = [t for t in templates if standing.get(t.stack, {}).get("digest") != t.digest]
        if not changed:
            return []
        self._upload(asset for t in changed for asset in t.assets)
        first = [t for t in changed if t.stack.endswith("-data")]
        for group in (first, [t for t in changed if t not in first]):
            with ThreadPoolExecutor(4) as pool:
                for name in pool.map(lambda t: self._apply(t, t.stack in standing), group):
                    say(f"  {name}")
        return [t.stack for t in changed]

    def _upload(self, assets: Iterable[Asset]) -> None:
        for asset in {asset.key: asset for asset in assets}.values():
            self._bucket(asset.bucket)
            try:
                self.s3.head_object(Bucket=asset.bucket, Key=asset.key)
            except ClientError:
                self._forget_old(asset)
                self.s3.upload_file(str(asset.path), asset.bucket, asset.key)

    def _forget_old(self, asset: Asset) -> None:
        for old in self.s3.list_objects_v2(Bucket=asset.bucket).get("Contents", []):
            if old["Key"].endswith(asset.path.suffix):
                self.s3.delete_object(Bucket=asset.bucket, Key=old["Key"])

    def _bucket(self, name: str) -> None:
        try:
            self.s3.head_bucket(Bucket=name)
        except ClientError:
            self.s3.create_bucket(Bucket=name)

    def _apply(self, wanted: Template, stands: bool) -> str:
        bucket = wanted.assets[0].bucket if wanted.assets else "minga-assets"
        self._bucket(bucket)
        key = f"templates/{wanted.stack}.json"
        self.s3.put_object(Bucket=bucket, Key=key, Body=wanted.text.encode())
        operation = self.cloudformation.update_stack if stands else self.cloudformation.create_stack
        try:
            operation(
                StackName=wanted.stack,
                TemplateURL=f"{self.endpoint}/{bucket}/{key}",
                Capabilities=CAPABILITIES,
                Tags=[{"Key": DIGEST_TAG, "Value": wanted.digest}],
            )
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise DeploymentFailed(f"{wanted.stack}: {error}") from error
            return f"{wanted.stack} (unchanged)"
        self._wait(wanted.stack)
        return wanted.stack

    def _wait(self, stack: str) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            state = self.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
            if state.endswith("_COMPLETE") and "ROLLBACK" not in state:
                return
            if "ROLLBACK" in state or state.endswith("_FAILED"):
                raise DeploymentFailed(f"{stack}: {state}\n{self._reasons(stack)}")
            time.sleep(0.05)
        raise DeploymentFailed(f"{stack}: still {state} after {WAIT_SECONDS} s")

    def _reasons(self, stack: str) -> str:
        events = self.cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
        return "\n".join(f"  {e['LogicalResourceId']}: {e.get('ResourceStatusReason', '')}" for e in failed)


def api_addresses(outputs: dict[str, dict[str, str]]) -> dict[str, str]:
    """Path under the endpoint of the API that serves each base path (``v1/deposits``)."""
    addresses = {}
    for found in outputs.values():
        for base in found.get("BasePaths", "").split(","):
            if base:
                addresses[base] = f"/restapis/{found['ApiId']}/live/_user_request_"
    return addresses


if __name__ == "__main__":
    started = time.monotonic()
    touched = Deployer(sys.argv[2]).deploy(Path(sys.argv[1]))
    print(f"{len(touched)} stacks in {time.monotonic() - started:.1f} s")
