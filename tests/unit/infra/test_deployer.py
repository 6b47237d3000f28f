"""What the deployer makes of a synthesis, and when it thinks that something must be deployed."""

import json
from pathlib import Path

import pytest

from infra.local.deployer import api_addresses, deployment_order, template

OLD_KEY = "0" * 64 + ".zip"


@pytest.fixture
def assembly(tmp_path: Path) -> Path:
    code = tmp_path / "lambda.zip"
    code.write_bytes(b"code")
    destination = {"bucketName": "assets-${AWS::AccountId}-${AWS::Region}", "objectKey": OLD_KEY}
    files = {
        "code": {"source": {"path": str(code)}, "destinations": {"x": destination}},
        "own": {
            "source": {"path": "bank.template.json"},
            "destinations": {"x": {"bucketName": "b", "objectKey": "t"}},
        },
    }
    (tmp_path / "bank.assets.json").write_text(json.dumps({"files": files}))
    (tmp_path / "bank.template.json").write_text(
        json.dumps({"Resources": {"F": {"Code": {"S3Key": OLD_KEY}}}})
    )
    return tmp_path


def test_function_points_at_the_present_code(assembly: Path) -> None:
    made = template(assembly, "bank")
    (asset,) = made.assets
    assert asset.bucket == "assets-000000000000-us-east-1"
    assert OLD_KEY not in made.text
    assert asset.key in made.text


def test_stack_is_deployed_again_only_after_a_change(assembly: Path) -> None:
    first = template(assembly, "bank").digest
    assert template(assembly, "bank").digest == first
    (assembly / "lambda.zip").write_bytes(b"changed code")
    assert template(assembly, "bank").digest != first


def test_stacks_follow_those_they_depend_on(tmp_path: Path) -> None:
    def stack(*dependencies: str) -> dict[str, object]:
        return {
            "type": "aws:cloudformation:stack",
            "dependencies": [*dependencies, "x.assets"],
            "properties": {},
        }

    artifacts = {
        "watch": stack("data"),
        "deposits": stack("closing", "data"),
        "closing": stack("data"),
        "data": stack(),
        "x.assets": {"type": "cdk:asset-manifest"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    order = deployment_order(tmp_path)
    assert order[0] == "data"
    assert order.index("closing") < order.index("deposits")
    assert set(order) == {"data", "closing", "deposits", "watch"}


def test_each_base_path_leads_to_its_api() -> None:
    outputs = {
        "minga-data": {"Key": "k"},
        "minga-platform": {"ApiId": "p1", "BasePaths": "v1/access,v1/platform"},
        "minga-deposits": {"ApiId": "d1", "BasePaths": "v1/deposits"},
    }
    assert api_addresses(outputs) == {
        "v1/access": "/restapis/p1/live/_user_request_",
        "v1/platform": "/restapis/p1/live/_user_request_",
        "v1/deposits": "/restapis/d1/live/_user_request_",
    }
