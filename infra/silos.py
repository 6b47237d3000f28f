"""Which tenants have an installation of their own: ``tenant.isolation: silo`` in their manifests."""

from pathlib import Path

import yaml

from infra.paths import ROOT


def silo_tenants(root: Path = ROOT) -> list[str]:
    """Codes of the tenants whose manifest asks for isolation, in order."""
    found = []
    for manifest in sorted((root / "tenants").glob("*/manifest.yaml")):
        tenant = (yaml.safe_load(manifest.read_text()) or {}).get("tenant", {})
        if tenant.get("isolation") == "silo":
            found.append(str(tenant.get("code") or manifest.parent.name))
    return found
