"""The portals: static files on S3 behind CloudFront, with the API under the same domain."""

from pathlib import Path

from aws_cdk import CfnOutput, Duration
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as route53_targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import headers
from infra.firewall import web_acl
from infra.nag import acknowledge
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack
from infra.stacks.gateway import hosted_zone

CLOUDFRONT_REGION = "us-east-1"
FUNCTIONS = Path(__file__).parent
OWN_HEADERS = frozenset(
    {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Strict-Transport-Security",
    }
)
"""Those that CloudFront has a setting of its own for; it takes the others as they are."""


class Edge(BankStack):
    """Bucket, distribution and domain of the portals. It is always in us-east-1, where CloudFront looks."""

    def __init__(self, scope: Construct, installation: Installation) -> None:
        super().__init__(scope, installation, "edge", CLOUDFRONT_REGION)
        self.zone = hosted_zone(self, installation)
        self.logs = self._bucket("Logs", s3.ObjectOwnership.OBJECT_WRITER, None)
        self.portals = self._bucket("Portals", s3.ObjectOwnership.BUCKET_OWNER_ENFORCED, self.logs)
        self.security = self._security_headers()
        self.distribution = self._distribution()
        target = route53.RecordTarget.from_alias(route53_targets.CloudFrontTarget(self.distribution))
        for kind, record in (("A", route53.ARecord), ("AAAA", route53.AaaaRecord)):
            record(self, kind, zone=self.zone, record_name=installation.domain, target=target)
        CfnOutput(self, "PortalsBucket", value=self.portals.bucket_name)
        CfnOutput(self, "DistributionId", value=self.distribution.distribution_id)

    def _bucket(self, id: str, ownership: s3.ObjectOwnership, logs: s3.Bucket | None) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            id,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=ownership,
            server_access_logs_bucket=logs,
            server_access_logs_prefix="portals/" if logs else None,
            lifecycle_rules=None if logs else [s3.LifecycleRule(expiration=Duration.days(400))],
            removal_policy=self.removal,
        )
        if not logs:
            acknowledge(bucket, {"S1": "It holds the access logs; logging its own access would never end."})
        return bucket

    def _security_headers(self) -> cloudfront.ResponseHeadersPolicy:
        values = headers.security_headers(secure=True)
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Security",
            response_headers_policy_name=f"{self.installation.prefix}-portals",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=values["Content-Security-Policy"], override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption[values["X-Frame-Options"]], override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy[
                        values["Referrer-Policy"].upper().replace("-", "_")
                    ],
                    override=True,
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.seconds(headers.hsts_seconds()),
                    include_subdomains=True,
                    override=True,
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                    for name, value in values.items()
                    if name not in OWN_HEADERS
                ]
            ),
        )

    def _function(self, id: str, file: str) -> cloudfront.FunctionAssociation:
        function = cloudfront.Function(
            self,
            id,
            function_name=f"{self.installation.prefix}-{Path(file).stem.replace('_', '-')}",
            code=cloudfront.FunctionCode.from_file(file_path=str(FUNCTIONS / file)),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(
            function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
        )

    def _pages(self, path: str, page: cloudfront.FunctionAssociation) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(self.portals, origin_path=path),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self.security,
            function_associations=[page],
            compress=True,
        )

    def _api(self) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origins.HttpOrigin(
                self.installation.api_domain,
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                read_timeout=Duration.seconds(30),
            ),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self.security,
            function_associations=[self._function("ApiPath", "api_path.js")],
        )

    def _distribution(self) -> cloudfront.Distribution:
        certificate = certificates.Certificate(
            self,
            "Certificate",
            domain_name=self.installation.domain,
            validation=certificates.CertificateValidation.from_dns(self.zone),
            key_algorithm=certificates.KeyAlgorithm.EC_PRIME256_V1,
        )
        page = self._function("PagePath", "page_path.js")
        console = self._pages("", page)
        distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"{self.installation.prefix} portals",
            domain_names=[self.installation.domain],
            certificate=certificate,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            web_acl_id=web_acl(self, f"{self.installation.prefix}-portals", "CLOUDFRONT").attr_arn,
            log_bucket=self.logs,
            log_file_prefix="cloudfront/",
            default_behavior=self._pages("/member", page),
            additional_behaviors={"/admin": console, "/admin/*": console, "/api/*": self._api()},
        )
        acknowledge(distribution, {"CFR1": "Members abroad use the bank from wherever they work."})
        return distribution
