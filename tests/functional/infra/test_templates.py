"""What is deployed to AWS: names, protection, permissions and alarms, read off the synthesised templates."""

import json
from typing import Any

import pytest

from chalicelib.platform.http import application
from infra import headers
from infra.problems import GATEWAY_PROBLEMS

INSTALLATIONS = ("minga-dev", "minga-prod", "minga-prod-quilla")
PARTS = ("data", "closing", "gateway", "platform", "deposits", "member-portal", "watch", "edge")
READING_A_STREAM = {
    f"dynamodb:{name}" for name in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
}
OWN_KEYS = {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/tenant}#*"]}
MOVEMENT_KEYS = {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/tenant}#movements#*"]}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_installation_has_all_its_stacks(cloud: Any) -> None:
    assert cloud.stacks() == {f"{prefix}-{part}" for prefix in INSTALLATIONS for part in PARTS}


def test_local_cloud_gets_the_same_stacks_without_what_faces_the_internet(local: Any) -> None:
    assert local.stacks() == {f"minga-{part}" for part in PARTS if part not in ("gateway", "edge")}


@pytest.mark.parametrize("prefix", INSTALLATIONS)
def test_tables_are_four_on_demand_encrypted_and_recoverable(cloud: Any, prefix: str) -> None:
    tables = {
        table["TableName"]: table for table in cloud.properties("AWS::DynamoDB::Table", f"{prefix}-data")
    }
    assert set(tables) == {f"{prefix}-{name}" for name in ("core", "journal", "config", "audit")}
    for table in tables.values():
        assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert table["SSESpecification"]["SSEType"] == "KMS"
        assert "Fn::GetAtt" in table["SSESpecification"]["KMSMasterKeyId"]
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_journal_streams_new_images_and_branches_are_indexed(cloud: Any) -> None:
    tables = {
        table["TableName"]: table for table in cloud.properties("AWS::DynamoDB::Table", "minga-prod-data")
    }
    assert tables["minga-prod-journal"]["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert [name for name, table in tables.items() if "StreamSpecification" in table] == [
        "minga-prod-journal"
    ]
    assert [name for name, table in tables.items() if "GlobalSecondaryIndexes" in table] == [
        "minga-prod-core"
    ]
    (index,) = tables["minga-prod-core"]["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "by_branch"
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["g1pk", "g1sk"]
    assert index["Projection"] == {"ProjectionType": "ALL"}


@pytest.mark.parametrize(
    ("prefix", "protected"), [("minga-dev", False), ("minga-prod", True), ("minga-prod-quilla", True)]
)
def test_data_of_real_tenants_cannot_be_deleted_with_its_stack(
    cloud: Any, prefix: str, protected: bool
) -> None:
    kinds = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret")
    kept = [found for kind in kinds for found in cloud.all(kind, f"{prefix}-data")]
    assert len(kept) == 8
    assert {found["DeletionPolicy"] for found in kept} == {"Retain" if protected else "Delete"}
    for table in cloud.properties("AWS::DynamoDB::Table", f"{prefix}-data"):
        assert table["DeletionProtectionEnabled"] is protected
    manifest = json.loads((cloud.folder / "manifest.json").read_text())["artifacts"][f"{prefix}-data"]
    assert manifest["properties"].get("terminationProtection", False) is protected


def test_files_are_private_encrypted_and_versioned(cloud: Any) -> None:
    buckets = cloud.properties("AWS::S3::Bucket", "minga-prod-data")
    (files,) = [bucket for bucket in buckets if "VersioningConfiguration" in bucket]
    assert files["VersioningConfiguration"] == {"Status": "Enabled"}
    rule = files["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    for bucket in buckets:
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


# --- one tenant's credentials ------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", INSTALLATIONS)
def test_tenant_role_reaches_the_tables_by_the_tenants_own_keys_only(cloud: Any, prefix: str) -> None:
    on_tables = [
        statement
        for statement in cloud.statements(f"{prefix}-data")
        if any(action.startswith("dynamodb:") for action in listed(statement["Action"]))
    ]
    assert {statement["Sid"] for statement in on_tables} == {
        "ReadOwn",
        "AppendOwn",
        "ChangeOwn",
        "ArchiveOwn",
    }
    for statement in on_tables:
        keys = MOVEMENT_KEYS if statement["Sid"] == "ArchiveOwn" else OWN_KEYS
        assert statement["Condition"] == {"ForAllValues:StringLike": keys}
        assert "dynamodb:Scan" not in listed(statement["Action"])
        assert "*" not in listed(statement["Resource"])


def test_nobody_changes_or_removes_what_is_append_only(cloud: Any) -> None:
    changing = [
        s for s in cloud.statements("minga-prod-data") if "dynamodb:UpdateItem" in listed(s["Action"])
    ]
    reached = json.dumps(changing)
    assert "Core" in reached
    assert "Config" in reached
    assert "Journal" not in reached
    assert "Audit" not in reached


def test_only_movements_leave_the_journal_and_nothing_leaves_the_archive(cloud: Any) -> None:
    """A journal record, a mark of reversal, an audit event: none of them can be removed; nor an archived object."""
    statements = cloud.statements("minga-prod-data")
    (removing,) = [s for s in statements if s.get("Sid") == "ArchiveOwn"]
    assert listed(removing["Action"]) == ["dynamodb:DeleteItem"]
    assert "Journal" in json.dumps(removing["Resource"])
    assert "Audit" not in json.dumps(removing["Resource"])
    (kept,) = [s for s in statements if s.get("Sid") == "KeepArchive"]
    assert (kept["Effect"], listed(kept["Action"])) == ("Deny", ["s3:DeleteObject"])
    assert json.dumps(kept["Resource"]).count("${aws:PrincipalTag/tenant}/archive/*") == 1


def test_tenant_role_is_assumed_by_the_banks_functions_with_exactly_one_tenant(cloud: Any) -> None:
    (role,) = [
        role
        for role in cloud.properties("AWS::IAM::Role", "minga-prod-data")
        if role["RoleName"] == "minga-prod-tenant"
    ]
    for statement in role["AssumeRolePolicyDocument"]["Statement"]:
        assert set(listed(statement["Action"])) <= {"sts:AssumeRole", "sts:TagSession"}
        conditions = statement["Condition"]
        assert conditions["StringLike"] == {"aws:RequestTag/tenant": "?*"}
        assert conditions["ForAllValues:StringEquals"] == {"aws:TagKeys": ["tenant"]}
        assert "minga-prod-*-function" in json.dumps(conditions["ArnLike"])


@pytest.mark.parametrize("part", ["platform", "deposits", "member-portal", "closing"])
def test_functions_reach_tables_and_files_only_as_the_tenant(cloud: Any, part: str) -> None:
    actions = {action for s in cloud.statements(f"minga-prod-{part}") for action in listed(s["Action"])}
    reached = {action for action in actions if action.startswith(("dynamodb:", "s3:"))}
    assert reached <= (READING_A_STREAM if part == "closing" else set())
    assert any(s.get("Sid") == "BecomeTenant" for s in cloud.statements(f"minga-prod-{part}"))


def test_no_statement_allows_every_action(cloud: Any) -> None:
    for stack in cloud.stacks():
        for statement in cloud.statements(stack):
            assert not [
                action
                for action in listed(statement["Action"])
                if action.endswith("*") and "kms" not in action
            ]


def test_only_the_platform_rotates_keys_and_only_it_and_the_closing_run_the_machine(cloud: Any) -> None:
    def may(part: str, action: str) -> bool:
        return any(action in listed(s["Action"]) for s in cloud.statements(f"minga-prod-{part}"))

    assert may("platform", "secretsmanager:PutSecretValue")
    assert may("platform", "states:StartExecution")
    assert not may("deposits", "secretsmanager:PutSecretValue")
    assert not may("deposits", "states:StartExecution")
    assert not may("member-portal", "ses:SendEmail")


def test_messages_leave_from_the_banks_own_address_and_to_no_topic(cloud: Any) -> None:
    by_sid = {s.get("Sid"): s for s in cloud.statements("minga-prod-closing")}
    assert by_sid["SendEmail"]["Condition"] == {"StringEquals": {"ses:FromAddress": "avisos@minga.example"}}
    assert "identity/minga.example" in json.dumps(by_sid["SendEmail"]["Resource"])
    assert by_sid["SendText"]["NotResource"] == "arn:aws:sns:*:*:*"


# --- functions and APIs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "module"), [("deposits", "deposits"), ("member-portal", "member_portal")])
def test_module_is_one_function_from_the_one_zip(cloud: Any, part: str, module: str) -> None:
    function = cloud.one("AWS::Lambda::Function", f"minga-prod-{part}")
    assert function["FunctionName"] == f"minga-prod-{module}"
    assert (function["Runtime"], function["Handler"]) == ("python3.11", "app.app")
    assert function["Architectures"] == ["x86_64"]
    assert function["Timeout"] == 29
    assert function["TracingConfig"] == {"Mode": "Active"}
    assert (
        function["Environment"]["Variables"].items()
        >= {
            "MINGA_MODULE": module,
            "MINGA_PREFIX": "minga-prod",
            "MINGA_STAGE": "prod",
            "MINGA_SIGNING_SECRET": "minga-prod/signing-keys",
            "POWERTOOLS_SERVICE_NAME": module,
        }.items()
    )


@pytest.mark.feature("GEN-01")
def test_every_function_of_every_cooperative_runs_one_artefact(cloud: Any) -> None:
    """The zip is named by the hash of its content; no function is deployed for a cooperative of its own."""
    functions = [f for stack in cloud.stacks() for f in cloud.properties("AWS::Lambda::Function", stack)]
    assert len({found["Code"]["S3Key"] for found in functions}) == 1
    assert not any("MINGA_TENANT" in found.get("Environment", {}).get("Variables", {}) for found in functions)


def test_functions_without_routes_import_their_own_work(cloud: Any) -> None:
    functions = cloud.properties("AWS::Lambda::Function", "minga-prod-closing")
    imports = {each["Handler"]: each["Environment"]["Variables"]["MINGA_MODULE"] for each in functions}
    assert imports == {"app.closing": "closing", "app.outbox": "outbox"}
    assert set(imports.values()) == set(application.WITHOUT_ROUTES)


@pytest.mark.parametrize("part", ["gateway", "edge"])
def test_the_firewall_takes_no_packed_bodies_that_the_gateway_would_unpack(cloud: Any, part: str) -> None:
    firewall = cloud.one("AWS::WAFv2::WebACL", f"minga-prod-{part}")
    (packed,) = [rule for rule in firewall["Rules"] if rule["Name"] == "Packed"]
    assert packed["Action"] == {"Block": {}}
    asked = packed["Statement"]["SizeConstraintStatement"]
    assert asked["FieldToMatch"] == {"SingleHeader": {"Name": "content-encoding"}}
    assert (asked["ComparisonOperator"], asked["Size"]) == ("GT", 0)
    assert len({rule["Priority"] for rule in firewall["Rules"]}) == len(firewall["Rules"])


def test_credentials_are_narrowed_in_the_cloud_and_not_locally(cloud: Any, local: Any) -> None:
    there = cloud.one("AWS::Lambda::Function", "minga-prod-deposits")["Environment"]["Variables"]
    here = local.one("AWS::Lambda::Function", "minga-deposits")["Environment"]["Variables"]
    assert there["MINGA_TENANT_ROLE_ARN"]
    assert here["MINGA_TENANT_ROLE_ARN"] == ""


def test_api_holds_the_modules_routes_and_is_reached_through_the_domain_alone(cloud: Any) -> None:
    api = cloud.one("AWS::ApiGateway::RestApi", "minga-prod-platform")
    assert set(api["Body"]["paths"]) == {"/v1/access/sessions", "/v1/platform/health", "/v1/openapi.json"}
    assert api["DisableExecuteApiEndpoint"] is True
    assert api["BinaryMediaTypes"] == ["*/*"]
    assert api["MinimumCompressionSize"] == 1024
    rule = cloud.one("AWS::ApiGatewayV2::RoutingRule", "minga-prod-platform")
    assert rule["Conditions"] == [
        {"MatchBasePaths": {"AnyOf": ["v1/access", "v1/openapi.json", "v1/platform"]}}
    ]
    assert rule["Actions"][0]["InvokeApi"]["StripBasePath"] is False
    domain = cloud.one("AWS::ApiGateway::DomainName", "minga-prod-gateway")
    assert (domain["DomainName"], domain["RoutingMode"]) == ("api.minga.example", "ROUTING_RULE_ONLY")


def test_rules_of_modules_never_meet(cloud: Any) -> None:
    rules = [
        rule
        for part in ("platform", "deposits", "member-portal")
        for rule in cloud.properties("AWS::ApiGatewayV2::RoutingRule", f"minga-prod-{part}")
    ]
    assert len({rule["Priority"] for rule in rules}) == len(rules) == 3


@pytest.mark.parametrize("part", ["platform", "deposits", "member-portal"])
def test_api_is_guarded_throttled_logged_and_traced(cloud: Any, part: str) -> None:
    assert cloud.properties("AWS::WAFv2::WebACLAssociation", f"minga-prod-{part}")
    stage = cloud.one("AWS::ApiGateway::Stage", f"minga-prod-{part}")
    assert stage["TracingEnabled"] is True
    assert "DestinationArn" in stage["AccessLogSetting"]
    (settings,) = stage["MethodSettings"]
    assert (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) == (2000, 4000)
    permission = cloud.one("AWS::Lambda::Permission", f"minga-prod-{part}")
    assert "SourceArn" in permission


def test_local_gateway_answers_with_the_same_problems(local: Any) -> None:
    responses = local.properties("AWS::ApiGateway::GatewayResponse", "minga-deposits")
    assert {response["ResponseType"] for response in responses} == set(GATEWAY_PROBLEMS)


@pytest.mark.parametrize(("prefix", "days"), [("minga-dev", 14), ("minga-prod", 365)])
def test_every_log_is_encrypted_and_forgets(cloud: Any, prefix: str, days: int) -> None:
    groups = [
        group for part in PARTS for group in cloud.properties("AWS::Logs::LogGroup", f"{prefix}-{part}")
    ]
    assert len(groups) == 9
    assert {group["RetentionInDays"] for group in groups} == {days}
    assert all("KmsKeyId" in group for group in groups)


# --- end of day and outbox ---------------------------------------------------------------------------------------


def test_machine_is_the_applications_own_and_calls_the_closing_function(cloud: Any) -> None:
    machine = cloud.one("AWS::StepFunctions::StateMachine", "minga-prod-closing")
    assert machine["StateMachineName"] == "minga-prod-end-of-day"
    assert json.loads(machine["DefinitionString"])["States"]["Close"]["Resource"] == "${ClosingFunctionArn}"
    assert "Fn::GetAtt" in machine["DefinitionSubstitutions"]["ClosingFunctionArn"]
    assert machine["TracingConfiguration"] == {"Enabled": True}
    assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False


def test_outbox_reads_the_journal_and_what_fails_is_kept(cloud: Any) -> None:
    mapping = cloud.one("AWS::Lambda::EventSourceMapping", "minga-prod-closing")
    assert "Journal" in json.dumps(mapping["EventSourceArn"])
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "DeadLetters" in json.dumps(mapping["DestinationConfig"]["OnFailure"])
    queue = cloud.one("AWS::SQS::Queue", "minga-prod-closing")
    assert (queue["SqsManagedSseEnabled"], queue["MessageRetentionPeriod"]) == (True, 1_209_600)


def test_clock_starts_closings_in_the_cloud_and_nobody_locally(cloud: Any, local: Any) -> None:
    rules = cloud.properties("AWS::Events::Rule", "minga-prod-closing")
    assert {rule["Name"] for rule in rules} == {"minga-prod-start-due-runs"}
    assert {rule["State"] for rule in rules} == {"ENABLED"}
    assert {rule["State"] for rule in local.properties("AWS::Events::Rule", "minga-closing")} == {"DISABLED"}


# --- portals -----------------------------------------------------------------------------------------------------


def test_portals_are_private_files_behind_cloudfront(cloud: Any) -> None:
    config = cloud.one("AWS::CloudFront::Distribution", "minga-prod-edge")["DistributionConfig"]
    assert config["Aliases"] == ["minga.example"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["WebACLId"]
    assert config["Logging"]
    origins = config["Origins"]
    assert {origin.get("OriginPath", "") for origin in origins if "S3OriginConfig" in origin} == {
        "",
        "/member",
    }
    assert all("OriginAccessControlId" in origin for origin in origins if "S3OriginConfig" in origin)
    behaviours = {behaviour["PathPattern"]: behaviour for behaviour in config["CacheBehaviors"]}
    assert set(behaviours) == {"/admin", "/admin/*", "/api/*"}
    assert "DELETE" in behaviours["/api/*"]["AllowedMethods"]


def test_cloudfront_sends_the_portals_security_headers(cloud: Any) -> None:
    config = cloud.one("AWS::CloudFront::ResponseHeadersPolicy", "minga-prod-edge")[
        "ResponseHeadersPolicyConfig"
    ]
    security = config["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    sent = {item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]}
    sent["Content-Security-Policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    sent["X-Frame-Options"] = security["FrameOptions"]["FrameOption"]
    sent["Referrer-Policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    sent["X-Content-Type-Options"] = "nosniff" if security["ContentTypeOptions"]["Override"] else ""
    sent["Strict-Transport-Security"] = f"max-age={transport['AccessControlMaxAgeSec']}; includeSubDomains"
    assert sent == headers.security_headers(secure=True)


# --- watching ----------------------------------------------------------------------------------------------------


def test_what_goes_wrong_wakes_somebody(cloud: Any) -> None:
    alarms = cloud.properties("AWS::CloudWatch::Alarm", "minga-prod-watch")
    assert all(alarm["AlarmActions"] for alarm in alarms)
    watched = {
        (alarm["MetricName"], dimension["Value"] if isinstance(dimension["Value"], str) else "machine")
        for alarm in alarms
        for dimension in alarm["Dimensions"][:1]
    }
    for name in ("platform", "deposits", "member_portal", "closing", "outbox"):
        assert ("Errors", f"minga-prod-{name}") in watched
        assert ("Throttles", f"minga-prod-{name}") in watched
    assert ("ExecutionsFailed", "machine") in watched
    assert ("ExecutionsTimedOut", "machine") in watched
    assert ("ApproximateNumberOfMessagesVisible", "minga-prod-dead-letters") in watched
    assert ("IteratorAge", "minga-prod-outbox") in watched
    assert cloud.one("AWS::SNS::Subscription", "minga-prod-watch")["Endpoint"] == "platform@minga.example"
    assert cloud.one("AWS::CloudWatch::Dashboard", "minga-prod-watch")["DashboardName"] == "minga-prod"


# --- a tenant in a silo ------------------------------------------------------------------------------------------


def test_silo_shares_nothing_with_the_other_tenants(cloud: Any) -> None:
    for part in PARTS:
        text = json.dumps(cloud[f"minga-prod-quilla-{part}"])
        assert "minga-prod-core" not in text
        assert "minga-prod-tenant" not in text
        assert "minga-prod-data" not in text
    domain = cloud.one("AWS::ApiGateway::DomainName", "minga-prod-quilla-gateway")
    assert domain["DomainName"] == "api.quilla.minga.example"


def test_cdk_nag_has_nothing_left_to_say(cloud: Any) -> None:
    report = json.loads((cloud.folder / "validation-report.json").read_text())
    assert [plugin for plugin in report["pluginReports"] if plugin["violations"]] == []
