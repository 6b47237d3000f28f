"""Ed25519 of the access tokens: the standards' own example, other libraries' keys and tokens, and what is refused."""

import base64
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm
from jwt.exceptions import InvalidKeyError

from chalicelib.platform.access import signatures

OURS: Any = signatures.Ed25519()
THEIRS: Any = OKPAlgorithm()
MESSAGE = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
"""RFC 8037, appendix A.4, with the key of A.1 and its signature."""
SEED, POINT, SIGNATURE = (
    base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    for text in (
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
    )
)


def pem_by_openssl(seed: bytes) -> tuple[str, str]:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    written = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return written.decode(), public.decode()


def test_the_standards_example_is_signed_and_verified() -> None:
    private, public = (OURS.prepare_key(pem) for pem in pem_by_openssl(SEED))
    assert OURS.sign(MESSAGE, private) == SIGNATURE
    assert bytes(public) == POINT
    assert OURS.verify(MESSAGE, public, SIGNATURE)


def test_keys_are_written_as_openssl_writes_them() -> None:
    private, public = signatures.new_pair()
    assert pem_by_openssl(bytes(OURS.prepare_key(private))) == (private, public)
    assert signatures.new_pair() != (private, public)


def test_either_library_verifies_what_the_other_signed() -> None:
    private, public = signatures.new_pair()
    ours = OURS.sign(MESSAGE, OURS.prepare_key(private))
    assert THEIRS.verify(MESSAGE, THEIRS.prepare_key(public), ours)
    assert THEIRS.sign(MESSAGE, THEIRS.prepare_key(private)) == ours


@pytest.mark.parametrize(
    ("message", "signature"),
    [
        (MESSAGE + b"x", SIGNATURE),
        (MESSAGE, SIGNATURE[:-1] + b"\x00"),
        (MESSAGE, SIGNATURE[:-1]),
        (MESSAGE, b""),
        (MESSAGE, bytes(64)),
    ],
)
def test_what_was_not_signed_is_not_verified(message: bytes, signature: bytes) -> None:
    public = OURS.prepare_key(pem_by_openssl(SEED)[1])
    assert OURS.verify(message, public, signature) is False


def test_a_signature_by_another_key_is_not_verified() -> None:
    assert OURS.verify(MESSAGE, OURS.prepare_key(signatures.new_pair()[1]), SIGNATURE) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret",
        "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
        pem_by_openssl(SEED)[0].replace("PRIVATE", "PUBLIC"),
    ],
)
def test_other_keys_are_refused(text: str) -> None:
    with pytest.raises(InvalidKeyError):
        OURS.prepare_key(text)


def test_a_token_made_without_a_signature_is_refused() -> None:
    private, public = signatures.new_pair()
    good = signatures.jwt.encode({"sub": "a"}, private, algorithm=signatures.ALGORITHM)
    assert signatures.jwt.decode(good, public, algorithms=[signatures.ALGORITHM]) == {"sub": "a"}
    for forged in (
        jwt.encode({"sub": "a"}, None, algorithm="none"),  # type: ignore[arg-type]
        jwt.encode({"sub": "a"}, "x" * 64, algorithm="HS256"),
        signatures.jwt.encode({"sub": "b"}, signatures.new_pair()[0], algorithm=signatures.ALGORITHM),
    ):
        with pytest.raises(jwt.InvalidTokenError):
            signatures.jwt.decode(forged, public, algorithms=[signatures.ALGORITHM])
