"""Files of a tenant, in its own folder: too large for an answer, or made by the bank; fetched by a signed address."""

from chalicelib.platform import aws, clock, settings
from chalicelib.platform.identifiers import new_id
from chalicelib.platform.work import UnitOfWork

LARGEST_INLINE_BYTES = 3_500_000
"""An answer of a Lambda function holds 6 MB of text, and base64 makes three bytes four."""
LINK_SECONDS = 600


def keep(work: UnitOfWork, filename: str, content_type: str, content: bytes, *, place: str = "") -> str:
    """Store a file for the tenant; answers its key, which begins with the tenant's code.

    ``place`` is its folder where the same file, made again, takes the place of the first.
    """
    folder = place or f"documents/{new_id('doc')}"
    key = f"{work.tenant}/{folder}/{filename}"
    aws.files_of(work.tenant, clock.epoch_seconds()).put_object(
        Bucket=settings.files_bucket(),
        Key=key,
        Body=content,
        ContentType=content_type,
        ContentDisposition=f'attachment; filename="{filename}"',
    )
    return key


def fetch(key: str) -> tuple[bytes, str]:
    """(a file's content, its content type)."""
    tenant = key.partition("/")[0]
    found = aws.files_of(tenant, clock.epoch_seconds()).get_object(Bucket=settings.files_bucket(), Key=key)
    return found["Body"].read(), str(found["ContentType"])


def remove(key: str) -> None:
    """Take a file away; it may be gone already."""
    tenant = key.partition("/")[0]
    aws.files_of(tenant, clock.epoch_seconds()).delete_object(Bucket=settings.files_bucket(), Key=key)


def link(key: str) -> str:
    """An address that fetches the file for the next ten minutes, without signing in."""
    return str(
        aws.files_of(key.partition("/")[0], clock.epoch_seconds()).generate_presigned_url(
            "get_object", Params={"Bucket": settings.files_bucket(), "Key": key}, ExpiresIn=LINK_SECONDS
        )
    )
