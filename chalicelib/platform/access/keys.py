"""Signing keys of the access tokens: Ed25519, named by a key id, rotated without ending anybody's session.

The platform's secret holds every key that may still have signed a token in use; the active one signs new tokens.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from botocore.exceptions import ClientError

from chalicelib.platform import aws, clock, settings

KEPT_KEYS = 3
REFRESH_SECONDS = 300


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Private and public keys (PEM) by key id, and the id of the one that signs."""

    active: str
    private: dict[str, str]
    public: dict[str, str]


def current(unknown_kid: str = "") -> KeyRing:
    """The key ring, read at most every five minutes, or at once when a token names a key that is not in it."""
    ring = _kept(clock.epoch_seconds() // REFRESH_SECONDS)
    if unknown_kid and unknown_kid not in ring.public:
        _kept.cache_clear()
        ring = _kept(clock.epoch_seconds() // REFRESH_SECONDS)
    return ring


@lru_cache(maxsize=1)
def _kept(period: int) -> KeyRing:
    answer = aws.client("secretsmanager").get_secret_value(SecretId=settings.signing_secret())
    content = orjson.loads(answer["SecretString"])
    keys = content["keys"]
    return KeyRing(
        content["active"],
        {key["kid"]: key["private"] for key in keys},
        {key["kid"]: key["public"] for key in keys},
    )


def rotate() -> str:
    """Make a new key the active one and keep the last ones for verification; the secret is made if missing."""
    secrets, name = aws.client("secretsmanager"), settings.signing_secret()
    try:
        keys = orjson.loads(secrets.get_secret_value(SecretId=name)["SecretString"]).get("keys", [])
    except (secrets.exceptions.ResourceNotFoundException, orjson.JSONDecodeError):
        keys = []
    key = _new_key()
    content = orjson.dumps({"active": key["kid"], "keys": [key, *keys][:KEPT_KEYS]}).decode()
    try:
        secrets.put_secret_value(SecretId=name, SecretString=content)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        secrets.create_secret(Name=name, SecretString=content)
    _kept.cache_clear()
    return str(key["kid"])


def forget() -> None:
    """Drop the cached ring; for tests."""
    _kept.cache_clear()


def ensure() -> None:
    """Make the first key where there is none yet."""
    secrets = aws.client("secretsmanager")
    try:
        content = orjson.loads(secrets.get_secret_value(SecretId=settings.signing_secret())["SecretString"])
        if content.get("keys"):
            return
    except (secrets.exceptions.ResourceNotFoundException, orjson.JSONDecodeError, AttributeError):
        pass
    rotate()


def _new_key() -> dict[str, Any]:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    encoded = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kid = clock.now().strftime("%Y%m%dT%H%M%S%f")
    return {"kid": kid, "private": encoded.decode(), "public": public.decode()}
