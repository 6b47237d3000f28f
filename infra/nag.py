"""Acknowledged findings of cdk-nag: each on the one construct it is about, with its reason."""

from aws_cdk import Acknowledgment, Stack, Token, Validations
from constructs import IConstruct


def wildcard(stack: Stack, resource: str) -> str:
    """The finding about a resource with a wildcard, as cdk-nag writes it: unknown values in angle brackets."""
    account = "<AWS::AccountId>" if Token.is_unresolved(stack.account) else stack.account
    text = resource.replace(stack.account, account).replace(stack.partition, "aws")
    return f"IAM5[Resource::{text.replace('${', '<').replace('}', '>')}]"


def acknowledge(construct: IConstruct, findings: dict[str, str], rules: str = "AwsSolutions-") -> None:
    """Accept findings (rule or ``rule[finding]`` → reason) on this construct and what is under it."""
    for finding, reason in findings.items():
        Validations.of(construct).acknowledge(Acknowledgment(id=f"{rules}{finding}", reason=reason))
