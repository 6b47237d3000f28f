"""The stages the bank runs in, and what an installation (the shared one, or one tenant's own) is called."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from infra.paths import ROOT


class UnknownStage(Exception):
    """The stage is none of dev, staging, prod and local."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One environment. Addresses come from the ``minga`` context of cdk.json; a stage without a domain is local."""

    name: str
    region: str = "us-east-1"
    account: str = ""
    domain: str = ""
    hosted_zone_id: str = ""
    alarm_email: str = ""
    log_retention_days: int = 30
    protected: bool = False
    requests_per_second: int = 200
    requests_burst: int = 400
    function_memory_mb: int = 512
    closing_memory_mb: int = 1024

    @property
    def local(self) -> bool:
        """Whether it runs on the local cloud: no domain, no CloudFront, no firewall in front of it."""
        return self.name == "local"


@dataclass(frozen=True, slots=True)
class Installation:
    """A complete bank in a stage: the one that tenants share, or a tenant's own when its isolation is silo."""

    stage: Stage
    tenant: str = ""

    @property
    def prefix(self) -> str:
        """What the names of its tables, functions and stacks begin with."""
        stage = "" if self.stage.local else self.stage.name
        return "-".join(part for part in ("minga", stage, self.tenant) if part)

    @property
    def domain(self) -> str:
        """Where its portals are; empty locally."""
        return f"{self.tenant}.{self.stage.domain}" if self.tenant else self.stage.domain

    @property
    def api_domain(self) -> str:
        """Where its API is, which the portals' domain forwards ``/api`` to."""
        return f"api.{self.domain}"


_STAGES = {
    "dev": Stage("dev", log_retention_days=14),
    "staging": Stage("staging", protected=True),
    "prod": Stage(
        "prod",
        log_retention_days=365,
        protected=True,
        requests_per_second=2000,
        requests_burst=4000,
        function_memory_mb=1024,
        closing_memory_mb=1769,  # a whole virtual processor
    ),
    "local": Stage("local", log_retention_days=1),
}
STAGES = tuple(_STAGES)


def stage(name: str, root: Path = ROOT) -> Stage:
    """The stage by name, with its addresses from cdk.json. Raises UnknownStage."""
    if name not in _STAGES:
        raise UnknownStage(f"{name}: one of {', '.join(STAGES)}")
    context = json.loads((root / "cdk.json").read_text())["context"]["minga"]
    return replace(_STAGES[name], **context.get(name, {}))
