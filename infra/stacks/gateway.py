"""The domain that joins the modules' APIs, its certificate, the firewall in front, and the bank's mail identity."""

from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_iam as iam
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as route53_targets
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.firewall import web_acl
from infra.nag import acknowledge
from infra.settings import Installation
from infra.stacks.bank_stack import BankStack


def hosted_zone(scope: Construct, installation: Installation) -> route53.IHostedZone:
    """The zone of the stage's domain, which exists before the bank does."""
    return route53.HostedZone.from_hosted_zone_attributes(
        scope, "Zone", hosted_zone_id=installation.stage.hosted_zone_id, zone_name=installation.stage.domain
    )


class Gateway(BankStack):
    """What the APIs of all modules share. Requests reach them by routing rules that keep the whole path."""

    def __init__(self, scope: Construct, installation: Installation) -> None:
        super().__init__(scope, installation, "gateway")
        zone = hosted_zone(self, installation)
        self.firewall = web_acl(self, f"{installation.prefix}-api", "REGIONAL")
        self._domain(zone)
        if not installation.tenant:
            self._log_role()
            ses.EmailIdentity(self, "Mail", identity=ses.Identity.public_hosted_zone(zone))

    def _domain(self, zone: route53.IHostedZone) -> None:
        name = self.installation.api_domain
        certificate = certificates.Certificate(
            self,
            "Certificate",
            domain_name=name,
            validation=certificates.CertificateValidation.from_dns(zone),
            key_algorithm=certificates.KeyAlgorithm.EC_PRIME256_V1,
        )
        domain = apigateway.CfnDomainName(
            self,
            "Domain",
            domain_name=name,
            regional_certificate_arn=certificate.certificate_arn,
            endpoint_configuration=apigateway.CfnDomainName.EndpointConfigurationProperty(types=["REGIONAL"]),
            security_policy="TLS_1_2",
            routing_mode="ROUTING_RULE_ONLY",
        )
        alias = apigateway.DomainName.from_domain_name_attributes(
            self,
            "Alias",
            domain_name=name,
            domain_name_alias_target=domain.attr_regional_domain_name,
            domain_name_alias_hosted_zone_id=domain.attr_regional_hosted_zone_id,
        )
        target = route53.RecordTarget.from_alias(route53_targets.ApiGatewayDomain(alias))
        route53.ARecord(self, "Record", zone=zone, record_name=name, target=target)

    def _log_role(self) -> None:
        managed = "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
        role = iam.Role(
            self,
            "LogRole",
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(managed)],
        )
        acknowledge(
            role,
            {
                f"IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/{managed}]": (
                    "API Gateway asks for this very policy to write its logs, one role for the account and region."
                )
            },
        )
        apigateway.CfnAccount(self, "Account", cloud_watch_role_arn=role.role_arn)
