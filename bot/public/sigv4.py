"""AWS Signature Version 4, as every S3-compatible store checks it (docs.aws.amazon.com, sigv4, 2026-11)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Key:
    """Who asks; the secret does not show."""

    id: str
    secret: str = field(repr=False)


def signed(
    method: str, url: str, headers: Mapping[str, str], payload: bytes, *, key: Key, region: str, at: datetime
) -> dict[str, str]:
    """The headers with those that sign them all; `url` has no query, and its path is not percent-encoded."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    parts, digest = urlsplit(url), hashlib.sha256(payload).hexdigest()
    told = {**headers, "host": parts.netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    rows = sorted((name.lower(), " ".join(value.split())) for name, value in told.items())
    names = ";".join(name for name, _ in rows)
    lines = "".join(f"{name}:{value}\n" for name, value in rows)
    request = "\n".join([method, quote(parts.path or "/", safe="/-_.~"), "", lines, names, digest])
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    to_sign = "\n".join([ALGORITHM, stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    signature = hmac.new(_signing_key(key.secret, scope), to_sign.encode(), "sha256").hexdigest()
    proof = f"{ALGORITHM} Credential={key.id}/{scope},SignedHeaders={names},Signature={signature}"
    return {**told, "Authorization": proof}


def _signing_key(secret: str, scope: str) -> bytes:
    """A key for one day, region and service: each step is the key of the next."""
    made = f"AWS4{secret}".encode()
    for step in scope.split("/"):
        made = hmac.new(made, step.encode(), "sha256").digest()
    return made
