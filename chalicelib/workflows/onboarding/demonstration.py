"""Demonstrations: passwords that everybody may know, and the file that lists who can sign in with them."""

import json
import os
from pathlib import Path
from typing import Any

from chalicelib.workflows.onboarding.header import StaffMember

PASSWORD = "minga-demo-2026"  # noqa: S105 - it opens nothing but demonstrations
FILE_VARIABLE = "MINGA_DEMO_FILE"
USUAL_FILE = Path("build/demo.json")
USUAL_ADDRESS = "http://localhost:8080"


def expected() -> bool:
    """Whether this process prepares a demonstration: then MINGA_DEMO_FILE says where its users are written."""
    return bool(os.environ.get(FILE_VARIABLE))


def file() -> Path:
    """Where the users are written."""
    return Path(os.environ.get(FILE_VARIABLE) or USUAL_FILE)


def password_of(member: StaffMember) -> str:
    """The known password of a member of staff."""
    return PASSWORD


def note(path: Path, tenant: str, **users: list[dict[str, str]]) -> None:
    """Write a tenant's ``staff`` or ``members`` into the file, keeping what it says of others."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    content.setdefault("url", USUAL_ADDRESS)
    listed = content.setdefault("tenants", [])
    line = next((each for each in listed if each["code"] == tenant), None)
    if line is None:
        line = {"code": tenant, "staff": [], "members": []}
        listed.append(line)
    line.update(users)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
