"""What a function may do, statement by statement."""

from collections.abc import Sequence

from aws_cdk import aws_iam as iam

TENANT_KEYS = "${aws:PrincipalTag/tenant}#*"
"""Partition keys of the tenant that the session is tagged with."""

ARCHIVED_KEYS = "${aws:PrincipalTag/tenant}#movements#*"
"""Partition keys of what may leave an append-only table for the archive (chalicelib/platform/archive.py)."""

_READ = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem")
_APPEND = ("dynamodb:PutItem",)
_CHANGE = ("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")


def allow(
    sid: str, actions: Sequence[str], resources: Sequence[str], **conditions: object
) -> iam.PolicyStatement:
    """An Allow; ``conditions`` by operator, with underscores where IAM has a colon."""
    named = {operator.replace("_", ":"): value for operator, value in conditions.items()}
    return iam.PolicyStatement(
        sid=sid, actions=list(actions), resources=list(resources), conditions=named or None
    )


def tenant_tables(
    changing: Sequence[str], appended: Sequence[str], indexes: Sequence[str], archived: str
) -> list[iam.PolicyStatement]:
    """Access to the tenant's own partitions: everything in some tables, reading and adding in append-only ones.

    From one of these, ``archived``, the movements of accounts may be removed once they are in the archive.
    """
    own = {"dynamodb:LeadingKeys": [TENANT_KEYS]}
    both = [*changing, *appended]
    return [
        allow("ReadOwn", _READ, [*both, *indexes], ForAllValues_StringLike=own),
        allow("AppendOwn", _APPEND, both, ForAllValues_StringLike=own),
        allow("ChangeOwn", _CHANGE, changing, ForAllValues_StringLike=own),
        allow(
            "ArchiveOwn",
            ["dynamodb:DeleteItem"],
            [archived],
            ForAllValues_StringLike={"dynamodb:LeadingKeys": [ARCHIVED_KEYS]},
        ),
    ]


def tenant_files(bucket_arn: str) -> list[iam.PolicyStatement]:
    """The tenant's own folder of the files bucket; nobody takes anything out of its archive."""
    own = f"{bucket_arn}/${{aws:PrincipalTag/tenant}}"
    return [
        allow("OwnFiles", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], [f"{own}/*"]),
        iam.PolicyStatement(
            sid="KeepArchive",
            effect=iam.Effect.DENY,
            actions=["s3:DeleteObject"],
            resources=[f"{own}/archive/*"],
        ),
    ]


def use_key(key_arn: str, region: str) -> iam.PolicyStatement:
    """The installation's key, only through the services that store the bank's data."""
    services = [f"{name}.{region}.amazonaws.com" for name in ("dynamodb", "s3", "secretsmanager")]
    actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
    return allow("UseKey", actions, [key_arn], StringEquals={"kms:ViaService": services})


def become_tenant(role_arn: str) -> iam.PolicyStatement:
    """Narrowed credentials: the tenant role, tagged with exactly one tenant."""
    return allow(
        "BecomeTenant",
        ["sts:AssumeRole", "sts:TagSession"],
        [role_arn],
        StringLike={"aws:RequestTag/tenant": "?*"},
        ForAllValues_StringEquals={"aws:TagKeys": ["tenant"]},
    )


def signing_keys(secret_arn: str, rotates: bool) -> iam.PolicyStatement:
    """Reading the token signing keys, and rotating them."""
    actions = ["secretsmanager:GetSecretValue"] + (["secretsmanager:PutSecretValue"] if rotates else [])
    return allow("SigningKeys", actions, [secret_arn])


def run_machine(machine_arn: str) -> iam.PolicyStatement:
    """Starting, following and stopping an end of day."""
    executions = machine_arn.replace(":stateMachine:", ":execution:") + ":*"
    actions = ["states:StartExecution", "states:DescribeExecution", "states:StopExecution"]
    return allow("EndOfDay", actions, [machine_arn, executions])


def send_messages(identity_arn: str, from_address: str, partition: str) -> list[iam.PolicyStatement]:
    """E-mail from the bank's own address, and text messages to telephones but to no topic."""
    return [
        allow("SendEmail", ["ses:SendEmail"], [identity_arn], StringEquals={"ses:FromAddress": from_address}),
        iam.PolicyStatement(
            sid="SendText", actions=["sns:Publish"], not_resources=[f"arn:{partition}:sns:*:*:*"]
        ),
    ]
