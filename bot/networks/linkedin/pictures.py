"""Pictures go to LinkedIn as bytes, unseen, before the post; an organisation may look whether they are ready."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.errors import Rejected, Unavailable
from bot.networks.http import Wire
from bot.networks.linkedin.posts import quoted

UPLOADS = "https://www.linkedin.com"
LOOKS, PAUSE = 30, 0.5
"""So often, so many seconds apart, an organisation looks whether a picture is ready; a member may only wait."""


class Pictures:
    """Where pictures are put: `uploads` is the way to there; `anywhere` takes another host in LinkedIn's place."""

    def __init__(self, wire: Wire, uploads: Wire, *, anywhere: bool, may_look: bool) -> None:
        self._wire, self._uploads, self._anywhere, self._may_look = wire, uploads, anywhere, may_look

    def upload(self, author: str, pictures: Mapping[str, bytes]) -> dict[str, str]:
        """The pictures' URNs under the same names, once they can be shown. Raises NothingPosted."""
        urns = {name: self._put(author, content) for name, content in pictures.items()}
        if self._may_look:
            for urn in urns.values():
                self._wait_for(urn)
        elif urns:
            time.sleep(PAUSE)
        return urns

    def _put(self, author: str, content: bytes) -> str:
        asked = {"initializeUploadRequest": {"owner": author}}
        told = self._wire.ask("POST", "/rest/images?action=initializeUpload", json=asked).fields.get("value")
        if not isinstance(told, dict) or not str(told.get("image")).startswith("urn:li:image:"):
            raise Unavailable(f"{self._wire.base} did not say where a picture goes")
        where = urlsplit(str(told.get("uploadUrl")))
        if not self._anywhere and f"{where.scheme}://{where.netloc}" != UPLOADS:  # the token goes with it
            raise Unavailable(f"LinkedIn wants a picture at {where.netloc}, which is not its own: nothing was sent")
        kind = {"Content-Type": "application/octet-stream"}
        self._uploads.ask("PUT", f"{where.path}?{where.query}", data=content, headers=kind)
        return str(told["image"])

    def _wait_for(self, urn: str) -> None:
        for _ in range(LOOKS):
            status = self._wire.ask("GET", f"/rest/images/{quoted(urn)}").fields.get("status")
            if status == "AVAILABLE":
                return
            if status == "PROCESSING_FAILED":
                raise Rejected("LinkedIn cannot read a picture of this post: draw it anew")
            time.sleep(PAUSE)
        raise Unavailable("LinkedIn has not finished with a picture: it will be tried again")
