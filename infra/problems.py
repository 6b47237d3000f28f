"""What API Gateway and the local edge answer by themselves, in the form of the bank's own problems (RFC 9457).

Nobody knows here who asks, and the gateway's templates cannot choose by language: the texts are in both languages, the
bank's first one first.
"""

import json
from dataclasses import dataclass

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that the application never sees; each text is (Spanish, English)."""

    status: int
    code: str
    title: tuple[str, str]
    detail: tuple[str, str]

    def body(self, request_id: str) -> str:
        """The JSON text of the answer."""
        return json.dumps(
            {
                "type": f"/problems/{self.code}",
                "title": " / ".join(self.title),
                "status": self.status,
                "detail": " / ".join(self.detail),
                "code": self.code,
                "request_id": request_id,
            }
        )


NOT_FOUND = Problem(
    404,
    "not_found",
    ("No se encontró", "Not found"),
    (
        "El banco no atiende esta dirección o este método.",
        "The bank does not serve this address or method.",
    ),
)
TOO_LARGE = Problem(
    413,
    "request_too_large",
    ("Solicitud demasiado grande", "Request too large"),
    (
        "La solicitud pasa de lo que el banco recibe. Envíe menos por vez.",
        "The request is larger than the bank takes. Send less at a time.",
    ),
)
THROTTLED = Problem(
    429,
    "throttled",
    ("Demasiadas solicitudes", "Too many requests"),
    ("Espere un momento e inténtelo otra vez.", "Wait a moment and try again."),
)
FORBIDDEN = Problem(
    403,
    "forbidden",
    ("No permitido", "Not allowed"),
    (
        "La solicitud fue detenida por seguridad antes de llegar al banco.",
        "The request was stopped for security before it reached the bank.",
    ),
)
UNAVAILABLE = Problem(
    502,
    "unavailable",
    ("El banco no está disponible", "The bank is not available"),
    (
        "No se obtuvo respuesta. Antes de repetir una operación, revise si se hizo.",
        "There was no answer. Before you repeat an operation, check whether it was done.",
    ),
)
TIMEOUT = Problem(
    504,
    "timeout",
    ("El banco tardó demasiado", "The bank took too long to answer"),
    (
        "La respuesta no llegó a tiempo. Antes de repetir una operación, revise si se hizo.",
        "The answer did not come in time. Before you repeat an operation, check whether it was done.",
    ),
)
INTERNAL = Problem(
    500,
    "internal_error",
    ("Error interno", "Internal error"),
    (
        "Algo falló de nuestro lado. Si sigue, avise con el número de la solicitud.",
        "Something failed on our side. If it goes on, report it with the request's number.",
    ),
)

GATEWAY_PROBLEMS = {
    "MISSING_AUTHENTICATION_TOKEN": NOT_FOUND,
    "RESOURCE_NOT_FOUND": NOT_FOUND,
    "REQUEST_TOO_LARGE": TOO_LARGE,
    "THROTTLED": THROTTLED,
    "WAF_FILTERED": FORBIDDEN,
    "INTEGRATION_TIMEOUT": TIMEOUT,
    "INTEGRATION_FAILURE": UNAVAILABLE,
    "DEFAULT_5XX": INTERNAL,
}
"""By API Gateway's response type; the first one is what it says of a path or method it does not know."""
