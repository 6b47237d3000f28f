"""What API Gateway and the local edge answer by themselves, in the form of the bank's own problems (RFC 9457)."""

import json
from dataclasses import dataclass

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that the application never sees."""

    status: int
    code: str
    title: str

    def body(self, request_id: str) -> str:
        """The JSON text of the answer."""
        return json.dumps(
            {
                "type": "about:blank",
                "title": self.title,
                "status": self.status,
                "code": self.code,
                "request_id": request_id,
            }
        )


NOT_FOUND = Problem(404, "not_found", "Not found")
TOO_LARGE = Problem(413, "request_too_large", "Request too large")
THROTTLED = Problem(429, "throttled", "Too many requests")
UNAVAILABLE = Problem(502, "unavailable", "The bank is not available")
TIMEOUT = Problem(504, "timeout", "The bank took too long to answer")

GATEWAY_PROBLEMS = {
    "MISSING_AUTHENTICATION_TOKEN": NOT_FOUND,
    "RESOURCE_NOT_FOUND": NOT_FOUND,
    "REQUEST_TOO_LARGE": TOO_LARGE,
    "THROTTLED": THROTTLED,
    "WAF_FILTERED": Problem(403, "forbidden", "Forbidden"),
    "INTEGRATION_TIMEOUT": TIMEOUT,
    "INTEGRATION_FAILURE": UNAVAILABLE,
    "DEFAULT_5XX": Problem(500, "internal_error", "Internal error"),
}
"""By API Gateway's response type; the first one is what it says of a path or method it does not know."""
