"""The demo tenants: onboarded when their manifests change, seeded once, and their users written down."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import digest
from infra.local import commands
from infra.local.clients import client
from infra.local.cloud import Cloud
from infra.paths import BUILD, ROOT

CONFIG_TABLE = "minga-config"
MARK = {"pk": {"S": "platform#local"}, "sk": {"S": "demo"}}


@dataclass(slots=True)
class Demo:
    """The demo data of one local cloud. What was done is noted in its own table, so that both are lost together."""

    cloud: Cloud
    environment: dict[str, str]

    def _table(self) -> Any:
        return client(self.cloud.endpoint, "dynamodb")

    def _done(self) -> dict[str, str]:
        item = self._table().get_item(TableName=CONFIG_TABLE, Key=MARK, ConsistentRead=True).get("Item", {})
        return {name: item[name]["S"] for name in ("onboarded", "seeded") if name in item}

    def _note(self, done: dict[str, str]) -> None:
        values = {name: {"S": value} for name, value in done.items()}
        self._table().put_item(TableName=CONFIG_TABLE, Item={**MARK, **values})

    @property
    def users(self) -> Path:
        """Where the seed writes the demo's users: {"tenants": [{code, staff, members}]}."""
        return self.cloud.folder / "demo.json"

    def prepare(self, say: Callable[[str], None]) -> None:
        """Onboard and seed what is missing. Raises CommandFailed."""
        done = self._done()
        wanted = digest.of_files([path for path in (ROOT / "tenants").rglob("*") if path.is_file()], ROOT)
        environment = {**self.environment, "MINGA_DEMO_FILE": str(self.users)}
        if done.get("onboarded") != wanted and (onboard := ROOT / "scripts" / "onboard").exists():
            say("onboarding the tenants")
            commands.run([onboard, "--all", "--yes"], environment, show=True)
            done = {**done, "onboarded": wanted}
            self._note(done)
        if "seeded" not in done and (seed := ROOT / "scripts" / "seed").exists():
            say("seeding members, accounts and history")
            commands.run([seed], environment, show=True)
            self._note({**done, "seeded": "yes"})

    def write_users(self, url: str) -> dict[str, Any]:
        """Write build/demo.json: the address and the users of each tenant; answers the same."""
        tenants = json.loads(self.users.read_text())["tenants"] if self.users.exists() else []
        found = {"url": url, "tenants": tenants}
        BUILD.mkdir(parents=True, exist_ok=True)
        (BUILD / "demo.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return found
