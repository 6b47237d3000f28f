"""The web firewall, the same in front of the API and of the portals."""

from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

MANAGED_RULES = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")
REQUESTS_PER_ADDRESS = 3000
"""In five minutes; a cooperative's branch behind one address stays far below it."""


def _visible(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    return wafv2.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )


def web_acl(scope: Construct, name: str, where: str) -> wafv2.CfnWebACL:
    """An access list that refuses known bad senders and floods; ``where`` is REGIONAL or CLOUDFRONT."""
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
    return wafv2.CfnWebACL(
        scope,
        "Firewall",
        name=name,
        scope=where,
        default_action=wafv2.CfnWebACL.DefaultActionProperty(allow={}),
        rules=[*managed, flood],
        visibility_config=_visible(name),
    )
