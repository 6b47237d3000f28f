"""Signing keys of the access tokens: Ed25519, named by a key id, rotated without ending anybody's session.

The platform's secret holds every key that may still have signed a token in use; the active one signs new tokens.
Beside them it holds the key that seals the audit trail, which stays when the others are rotated.
"""

import secrets as randomness
from dataclasses import field
from datetime import datetime
from typing import Any

import orjson
from botocore.exceptions import ClientError

from chalicelib.kernel.dataclass import dataclass
from chalicelib.platform import aws, clock, settings

KEPT_KEYS = 3
REFRESH_SECONDS = 300
LOOK_AGAIN_SECONDS = 30
MOST_UNKNOWN = 1000


@dataclass(frozen=True, slots=True)
class AuditKey:
    """A key that seals audit events from an instant on; every event since then must carry a seal."""

    id: str
    secret: bytes
    since: datetime


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Private and public keys (PEM) by key id, the id of the one that signs, and the audit's key if there is one."""

    active: str
    private: dict[str, str]
    public: dict[str, str]
    audit: AuditKey | None = None


@dataclass(slots=True)
class _Kept:
    """The ring as this process read it, and the key ids that were not in it then."""

    ring: KeyRing
    read_at: int
    unknown: set[str] = field(default_factory=set)


_KEPT: list[_Kept] = []


def current(kid: str = "") -> KeyRing:
    """The key ring, read at most every five minutes, or when a token names a key that is not in it.

    Tokens anybody made up cannot make it be read more than once in thirty seconds, nor twice for the same key id.
    """
    now = clock.epoch_seconds()
    kept = _KEPT[0] if _KEPT else None
    if kept is None or not 0 <= now - kept.read_at < REFRESH_SECONDS:
        kept = _read(now)
    if kid and kid not in kept.ring.public and kid not in kept.unknown:
        if now - kept.read_at >= LOOK_AGAIN_SECONDS:
            kept = _read(now, kept.unknown)
        if kid not in kept.ring.public and kept.read_at == now and len(kept.unknown) < MOST_UNKNOWN:
            kept.unknown.add(kid[:64])
    return kept.ring


def audit_key() -> AuditKey | None:
    """The key that seals the audit trail; None in an installation whose secret has none."""
    try:
        return current().audit
    except (KeyError, orjson.JSONDecodeError):
        return None
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return None


def _read(now: int, unknown: set[str] | None = None) -> _Kept:
    answer = aws.client("secretsmanager").get_secret_value(SecretId=settings.signing_secret())
    content = orjson.loads(answer["SecretString"])
    keys, audit = content["keys"], content.get("audit")
    ring = KeyRing(
        content["active"],
        {key["kid"]: key["private"] for key in keys},
        {key["kid"]: key["public"] for key in keys},
        AuditKey(audit["kid"], bytes.fromhex(audit["secret"]), datetime.fromisoformat(audit["since"]))
        if audit
        else None,
    )
    _KEPT[:] = [_Kept(ring, now, unknown or set())]
    return _KEPT[0]


def rotate() -> str:
    """Make a new key the active one and keep the last ones for verification; the secret is made if missing."""
    stored, key = _stored(), _new_key()
    kept = [key, *stored.get("keys", [])][:KEPT_KEYS]
    _store({"active": key["kid"], "keys": kept, "audit": stored.get("audit") or _new_audit_key()})
    return str(key["kid"])


def _stored() -> dict[str, Any]:
    """What the secret holds; nothing where there is none or it was never written by the bank."""
    secrets = aws.client("secretsmanager")
    try:
        content = orjson.loads(secrets.get_secret_value(SecretId=settings.signing_secret())["SecretString"])
    except (secrets.exceptions.ResourceNotFoundException, orjson.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def _store(stored: dict[str, Any]) -> None:
    secrets, name = aws.client("secretsmanager"), settings.signing_secret()
    content = orjson.dumps(stored).decode()
    try:
        secrets.put_secret_value(SecretId=name, SecretString=content)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        secrets.create_secret(Name=name, SecretString=content)
    forget()


def forget() -> None:
    """Drop the ring that this process keeps."""
    _KEPT.clear()


def ensure() -> None:
    """Make the first keys where there are none yet."""
    stored = _stored()
    if not stored.get("keys"):
        rotate()
    elif not stored.get("audit"):
        _store({**stored, "audit": _new_audit_key()})


def _new_audit_key() -> dict[str, str]:
    made = clock.now()
    return {
        "kid": made.strftime("a%Y%m%dT%H%M%S"),
        "secret": randomness.token_hex(32),
        "since": made.isoformat(),
    }


def _new_key() -> dict[str, Any]:
    from chalicelib.platform.access import signatures

    private, public = signatures.new_pair()
    return {"kid": clock.now().strftime("%Y%m%dT%H%M%S%f"), "private": private, "public": public}
