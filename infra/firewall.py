"""The web firewall, the same in front of the API and of the portals."""

from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

MANAGED_RULES = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")
REQUESTS_PER_ADDRESS = 3000
"""In five minutes; a cooperative's branch behind one address stays far below it."""


PACKED_HEADER = "content-encoding"
"""Of a request: the gateway would unpack the body behind the firewall, which had not read it then."""


def _visible(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )


def web_acl(scope: Construct, name: str, where: str) -> wafv2.CfnWebACL:
    """An access list that refuses known bad senders, floods and packed bodies; ``where`` is REGIONAL or CLOUDFRONT."""
    managed = [
        wafv2.CfnWebACL.RuleProperty(
            name=rule,
            priority=index,
            override_action=wafv2.CfnWebACL.OverrideActionProperty(none={}),
            statement=wafv2.CfnWebACL.StatementProperty(
                managed_rule_group_statement=wafv2.CfnWebACL.ManagedRuleGroupStatementProperty(
                    vendor_name="AWS", name=rule
                )
            ),
            visibility_config=_visible(rule),
        )
        for index, rule in enumerate(MANAGED_RULES)
    ]
    flood = wafv2.CfnWebACL.RuleProperty(
        name="Flood",
        priority=len(managed),
        action=wafv2.CfnWebACL.RuleActionProperty(block={}),
        statement=wafv2.CfnWebACL.StatementProperty(
            rate_based_statement=wafv2.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP", limit=REQUESTS_PER_ADDRESS
            )
        ),
        visibility_config=_visible("Flood"),
    )
    packed = wafv2.CfnWebACL.RuleProperty(
        name="Packed",
        priority=len(managed) + 1,
        action=wafv2.CfnWebACL.RuleActionProperty(block={}),
        statement=wafv2.CfnWebACL.StatementProperty(
            size_constraint_statement=wafv2.CfnWebACL.SizeConstraintStatementProperty(
                field_to_match=wafv2.CfnWebACL.FieldToMatchProperty(single_header={"Name": PACKED_HEADER}),
                comparison_operator="GT",
                size=0,
                text_transformations=[wafv2.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
            )
        ),
        visibility_config=_visible("Packed"),
    )
    return wafv2.CfnWebACL(
        scope,
        "Firewall",
        name=name,
        scope=where,
        default_action=wafv2.CfnWebACL.DefaultActionProperty(allow={}),
        rules=[*managed, flood, packed],
        visibility_config=_visible(name),
    )
