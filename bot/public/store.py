"""A bucket of an S3-compatible store (S3, R2, B2, MinIO, ...): pictures are put there by PUT, signed."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import requests

from bot.errors import Unauthorized, Unavailable
from bot.io.requesting import heed
from bot.public.places import Kept
from bot.public.sigv4 import Key, signed
from bot.written import plain

PATIENCE = (10.0, 60.0)
AGAIN = "give the keys again: `bot media --keys`"
ADVICE = {
    "InvalidAccessKeyId": f"it does not know this access key: {AGAIN}",
    "SignatureDoesNotMatch": f"the secret key does not belong to the access key: {AGAIN}",
    "AccessDenied": "this key may not write into this bucket: allow it PutObject there",
    "NoSuchBucket": "it has no such bucket: is `bucket` under [media] spelled right?",
    "AuthorizationHeaderMalformed": "the bucket is in another region: set `region` under [media]",
    "PermanentRedirect": "the bucket is in another region: set `endpoint` and `region` under [media]",
    "RequestTimeTooSkewed": "the clock of this computer is wrong: set it by the network",
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Objects are named m/<name>, and the world reads them at `url` (which ends with "/")."""

    endpoint: str
    bucket: str
    region: str
    url: str
    keys: Kept
    now: Callable[[], datetime]
    advice: str = (
        "may everybody read the bucket's m/*, and is `url` under [media] where it is read (docs/connect/media.md)?"
    )

    def put(self, name: str, picture: bytes) -> str:
        """Put it; its signature covers every byte, so the store refuses what was changed on the way."""
        path = f"/{self.bucket}/m/{name}"
        headers = {
            "content-type": "image/jpeg",
            "content-md5": b64encode(hashlib.md5(picture, usedforsecurity=False).digest()).decode(),
            "cache-control": "public, max-age=31536000, immutable",
        }
        address = self.endpoint.rstrip("/") + path
        ready = signed("PUT", address, headers, picture, key=self._key(), region=self.region, at=self.now())
        try:
            with heed(requests.Session(), address) as session:  # a .netrc would take the place of the signature
                answer = session.put(address, data=picture, headers=ready, timeout=PATIENCE, allow_redirects=False)
        except (requests.RequestException, OSError) as error:
            why = self.keys.scrub(plain(str(error)))[-200:]
            raise Unavailable(f"the store at {self.endpoint} cannot be reached: {why}") from None
        if answer.status_code != 200:
            raise Unavailable(self._refusal(answer.status_code, answer.text[:5000]))
        return f"{self.url}m/{name}"

    def _key(self) -> Key:
        try:
            kept = self.keys.get()
            return Key(kept["key_id"], kept["key"])
        except Unauthorized:
            raise Unavailable("the store's keys are not kept here, or cannot be opened: `bot media --keys`") from None

    def _refusal(self, status: int, told: str) -> str:
        """Only the code and the message of what it told: the rest repeats what was signed."""
        code, message = (_element(told, name) for name in ("Code", "Message"))
        said = self.keys.scrub(plain(f"{code} {message}"))[:200]
        advice = ADVICE.get(code, "look at its settings, and at `endpoint`, `bucket` and `region` under [media]")
        return f"the store at {self.endpoint} answered {status} ({said or 'nothing'}): {advice}"


def _element(xml: str, name: str) -> str:
    found = re.search(f"<{name}>([^<]*)</{name}>", xml)
    return found[1] if found else ""
