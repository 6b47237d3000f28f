"""What must outlive every deployment: the key, the four tables, the files, the signing keys, and who may reach them."""

from aws_cdk import ArnFormat, Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra import names, permissions
from infra.nag import acknowledge, wildcard
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack

INDEX = "by_branch"
INDEXED_BY_BRANCH = frozenset({"core"})
STREAMED = frozenset({"journal"})
APPEND_ONLY = ("journal", "audit")
ARCHIVED = "journal"
"""The append-only table whose old movements go into the archive."""


class Data(BankStack):
    """Tables, bucket, secret and key of one installation, and the role that reaches one tenant's part of them."""

    def __init__(self, scope: Construct, installation: Installation) -> None:
        super().__init__(scope, installation, "data")
        self.key = self._key()
        self.tables = {name: self._table(name) for name in names.TABLES}
        self.access_logs = self._bucket("AccessLogs", None, None)
        self.files = self._bucket("Files", names.files_bucket_name(self, installation), self.access_logs)
        self.signing_keys = self._signing_keys()
        self.tenant_role = self._tenant_role()

    def _key(self) -> kms.Key:
        key = kms.Key(
            self,
            "Key",
            alias=f"alias/{self.installation.prefix}",
            description=f"Everything that {self.installation.prefix} stores",
            enable_key_rotation=True,
            removal_policy=self.removal,
        )
        logs = f"arn:{self.partition}:logs:{self.region}:{self.account}:*"
        services = {
            f"logs.{self.region}.amazonaws.com": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
            "cloudwatch.amazonaws.com": {"StringEquals": {"aws:SourceAccount": self.account}},
        }
        for service, conditions in services.items():
            key.add_to_resource_policy(
                iam.PolicyStatement(
                    principals=[iam.ServicePrincipal(service)],
                    actions=["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
                    resources=["*"],
                    conditions=conditions,
                )
            )
        return key

    def _table(self, name: str) -> dynamodb.Table:
        text = dynamodb.AttributeType.STRING
        table = dynamodb.Table(
            self,
            name.title(),
            table_name=f"{self.installation.prefix}-{name}",
            partition_key=dynamodb.Attribute(name="pk", type=text),
            sort_key=dynamodb.Attribute(name="sk", type=text),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=self.key,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute="expires_at",
            stream=dynamodb.StreamViewType.NEW_IMAGE if name in STREAMED else None,
            deletion_protection=self.installation.stage.protected,
            removal_policy=self.removal,
        )
        if name in INDEXED_BY_BRANCH:
            table.add_global_secondary_index(
                index_name=INDEX,
                partition_key=dynamodb.Attribute(name="g1pk", type=text),
                sort_key=dynamodb.Attribute(name="g1sk", type=text),
                projection_type=dynamodb.ProjectionType.ALL,
            )
        return table

    def _bucket(self, id: str, name: str | None, logs: s3.Bucket | None) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            id,
            bucket_name=name,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.KMS if logs else s3.BucketEncryption.S3_MANAGED,
            encryption_key=self.key if logs else None,
            bucket_key_enabled=bool(logs),
            enforce_ssl=True,
            versioned=bool(logs),
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            server_access_logs_bucket=logs,
            server_access_logs_prefix="files/" if logs else None,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(400))] if not logs else None,
            removal_policy=self.removal,
        )
        if not logs:
            acknowledge(bucket, {"S1": "It holds the access logs; logging its own access would never end."})
        return bucket

    def _signing_keys(self) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            "SigningKeys",
            secret_name=names.signing_secret_name(self.installation),
            description="Token signing keys by key id; the platform function makes and rotates them",
            encryption_key=self.key,
            removal_policy=self.removal,
        )
        reason = "The platform function adds a key and retires the oldest, so that live tokens stay valid."
        acknowledge(secret, {"SMG4": reason})
        return secret

    def _tenant_role(self) -> iam.Role:
        functions = self.format_arn(
            service="iam",
            region="",
            resource="role",
            resource_name=names.function_role_name(self.installation, "*"),
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        caller = iam.PrincipalWithConditions(
            iam.AccountRootPrincipal(),
            {
                "ArnLike": {"aws:PrincipalArn": functions},
                "StringLike": {"aws:RequestTag/tenant": "?*"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["tenant"]},
            },
        )
        arns = {name: table.table_arn for name, table in self.tables.items()}
        role = iam.Role(
            self,
            "TenantRole",
            role_name=names.tenant_role_name(self.installation),
            description="One tenant's part of the data: whoever assumes it says which in the session tag",
            assumed_by=iam.SessionTagsPrincipal(caller),
        )
        files = f"arn:aws:s3:::{names.files_bucket_name(self, self.installation)}"
        changing = [arn for name, arn in arns.items() if name not in APPEND_ONLY]
        indexes = [f"{arns[name]}/index/{INDEX}" for name in sorted(INDEXED_BY_BRANCH)]
        appended = [arns[name] for name in APPEND_ONLY]
        statements = permissions.tenant_tables(changing, appended, indexes, arns[ARCHIVED])
        for statement in [
            *statements,
            *permissions.tenant_files(files),
            permissions.use_key(self.key.key_arn, self.region),
        ]:
            role.add_to_policy(statement)
        own_folder = wildcard(self, f"{files}/${{aws:PrincipalTag/tenant}}/*")
        acknowledge(
            role, {own_folder: "Everything in the folder of the tenant that the session is tagged with."}
        )
        return role
