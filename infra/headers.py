"""Security headers of the portals, for CloudFront and for the local edge alike.

They stand in ``portal/security-headers.json``, which the portals' own tests serve too.
"""

import json
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "portal" / "security-headers.json"
OVER_TLS_ONLY = "Strict-Transport-Security"

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"
COMPRESSED_FROM_BYTES = 1024
"""Answers of the API from this size on are compressed for whoever takes it. No page of others can have one made: tokens
are sent in a header of our own pages, so that what an answer's length tells (BREACH) reaches nobody."""


@cache
def _all() -> dict[str, str]:
    return dict(json.loads(SOURCE.read_text()))


def security_headers(secure: bool) -> dict[str, str]:
    """All of them by name. Over plain HTTP (the local edge) Strict-Transport-Security is left out (RFC 6797, 7.2)."""
    return {name: value for name, value in _all().items() if secure or name != OVER_TLS_ONLY}


def hsts_seconds() -> int:
    """How long a browser is told to keep to TLS."""
    return int(_all()[OVER_TLS_ONLY].partition("max-age=")[2].split(";")[0])


def cache_control(path: str) -> str:
    """Files with a hash in their name (under ``assets/``) never change; everything else is asked for again."""
    return IMMUTABLE if "/assets/" in f"/{path}" else REVALIDATED
