"""Passwords: argon2id hashes, a policy that refuses what is guessed first, and temporary passwords nobody chose."""

import secrets
import unicodedata
from functools import lru_cache
from typing import Any

from chalicelib.kernel.errors import Invalid
from chalicelib.platform.access.guessable import guessable

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


def check_policy(
    password: str, username: str, earlier: tuple[str, ...], own: tuple[str, ...] = (), field: str = "new"
) -> None:
    """Raises WeakPassword where a rule of the policy is broken: length, user name, what is guessed first, reuse.

    ``own`` are names that are guessed for this person: theirs and the institution's.
    """
    normal = _normal(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise WeakPassword(field, reason="length", shortest=SHORTEST, longest=LONGEST)
    if len(set(normal)) < 5:
        raise WeakPassword(field, reason="repetition")
    if username and username.lower() in normal.lower():
        raise WeakPassword(field, reason="username")
    if guessable(normal, (username, *own)):
        raise WeakPassword(field, reason="guessable")
    if any(matches(password, hashed) for hashed in earlier[-KEPT_HASHES:]):
        raise WeakPassword(field, reason="reused")


def temporary() -> str:
    """A password of 14 characters that are hard to confuse, good until the first sign-in."""
    return "-".join("".join(secrets.choice(UNAMBIGUOUS) for _ in range(4)) for _ in range(3))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
