"""Ed25519 as access tokens are signed with it (RFC 8037), by libsodium; keys are PEM as OpenSSL writes them (RFC 8410).

PyJWT's own needs the cryptography package, four megabytes of the zip, most of them for what the bank never asks for.
``jwt`` is PyJWT with this algorithm for EdDSA.
"""

from base64 import b64decode, b64encode
from contextlib import suppress
from typing import Any, NoReturn

import jwt
from jwt.algorithms import Algorithm
from jwt.exceptions import InvalidKeyError
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

__all__ = ["ALGORITHM", "Ed25519", "jwt", "new_pair"]

ALGORITHM = "EdDSA"
_PRIVATE, _PUBLIC = "PRIVATE KEY", "PUBLIC KEY"
_PREFIXES = {
    _PRIVATE: bytes.fromhex("302e020100300506032b657004220420"),
    _PUBLIC: bytes.fromhex("302a300506032b6570032100"),
}
"""What stands before the 32 bytes of an Ed25519 key in DER: PKCS #8, and SubjectPublicKeyInfo."""


class Ed25519(Algorithm):
    """What PyJWT asks of an algorithm."""

    def prepare_key(self, key: Any) -> Any:
        """The SigningKey or VerifyKey that a PEM text holds. Raises InvalidKeyError."""
        label, raw = _from_pem(str(key))
        return SigningKey(raw) if label == _PRIVATE else VerifyKey(raw)

    def sign(self, msg: bytes, key: SigningKey) -> bytes:
        """64 bytes."""
        return key.sign(msg).signature

    def verify(self, msg: bytes, key: VerifyKey, sig: bytes) -> bool:
        """Whether the key's owner signed the message."""
        try:
            key.verify(msg, sig)
        except (BadSignatureError, ValueError):
            return False
        return True

    @staticmethod
    def to_jwk(key_obj: Any, as_dict: bool = False) -> NoReturn:
        """Nobody asks for it: the bank alone verifies its tokens."""
        raise NotImplementedError

    @staticmethod
    def from_jwk(jwk: Any) -> NoReturn:
        """Nobody asks for it."""
        raise NotImplementedError


with suppress(KeyError):
    jwt.unregister_algorithm(ALGORITHM)  # the library's own, where cryptography is installed
jwt.register_algorithm(ALGORITHM, Ed25519())


def new_pair() -> tuple[str, str]:
    """A new private key and its public one, in PEM."""
    key = SigningKey.generate()
    return _pem(_PRIVATE, bytes(key)), _pem(_PUBLIC, bytes(key.verify_key))


def _pem(label: str, raw: bytes) -> str:
    text = b64encode(_PREFIXES[label] + raw).decode()
    return f"-----BEGIN {label}-----\n{text}\n-----END {label}-----\n"


def _from_pem(text: str) -> tuple[str, bytes]:
    for label, prefix in _PREFIXES.items():
        body = text.strip().removeprefix(f"-----BEGIN {label}-----").removesuffix(f"-----END {label}-----")
        with suppress(ValueError):
            der = b64decode("".join(body.split()), validate=True)
            if der.startswith(prefix) and len(der) == len(prefix) + 32:
                return label, der[len(prefix) :]
    raise InvalidKeyError("not an Ed25519 key in PEM")
