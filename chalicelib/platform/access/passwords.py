"""Passwords: argon2id hashes, a policy with a list of breached ones, and temporary passwords nobody chose."""

import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from chalicelib.kernel.errors import Invalid

SHORTEST, LONGEST = 10, 128
KEPT_HASHES = 5
UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class WeakPassword(Invalid):
    """The password does not satisfy the policy; ``reason`` says which rule."""

    code = "weak_password"


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hash_of(secrets.token_hex(16))


@lru_cache(maxsize=1)
def _breached() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("breached.txt").read_text(encoding="utf-8").split())


def hash_of(password: str) -> str:
    """The argon2id hash that is stored (OWASP's parameters: 19 MiB, two passes)."""
    hashed: str = _hasher().hash(_normal(password))
    return hashed


def matches(password: str, hashed: str) -> bool:
    """Whether a password has this hash. An empty hash takes as long and never matches."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher().verify(hashed or _nobody(), _normal(password))) and bool(hashed)
    except (VerificationError, InvalidHashError):
        return False


def check_policy(password: str, username: str, earlier: tuple[str, ...], field: str = "new") -> None:
    """Raises WeakPassword where a rule of the policy is broken: length, user name, breach list, reuse."""
    normal = _normal(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise WeakPassword(field, reason="length", shortest=SHORTEST, longest=LONGEST)
    if len(set(normal)) < 5:
        raise WeakPassword(field, reason="repetition")
    if username and username.lower() in normal.lower():
        raise WeakPassword(field, reason="username")
    if normal.lower() in _breached():
        raise WeakPassword(field, reason="breached")
    if any(matches(password, hashed) for hashed in earlier[-KEPT_HASHES:]):
        raise WeakPassword(field, reason="reused")


def temporary() -> str:
    """A password of 14 characters that are hard to confuse, good until the first sign-in."""
    return "-".join("".join(secrets.choice(UNAMBIGUOUS) for _ in range(4)) for _ in range(3))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
