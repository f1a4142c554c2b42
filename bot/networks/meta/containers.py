"""Containers, in which a post waits at Instagram or Threads: made, looked at, published once (copies of 2026-09-11)."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from bot.errors import CannotTell, HandlesGone, NetworkError, RateLimited, Rejected, Taken, Unavailable, Unconfirmed
from bot.model import Media, Part, Receipt
from bot.networks.base import Premises
from bot.networks.meta import graph
from bot.networks.meta.shown import MARGIN, Edges, Shown, alike, is_id, receipt_of

KEPT = timedelta(hours=23)
"""Meta keeps a container for 24 hours."""
LAG = timedelta(minutes=30)
"""After so long, what is published and not in the list will not come: somebody deleted it."""
FIRST_PAUSE = 0.25
LONGEST_WAIT = 60.0
"""Seconds: until Meta is asked about a container again (then after twice as long), and how long that may go on."""
REFUSED = re.compile("|".join(["INVALID", *map(str, sorted(graph.REFUSED))]))
"""What a container says of a picture that no second try will mend."""


class Containers:
    """Those of one account. Safe to use from several threads."""

    def __init__(self, premises: Premises, edges: Edges, shown: Shown) -> None:
        self._premises, self._edges, self._shown, self._wire = premises, edges, shown, shown.wire

    def make(self, words: Mapping[str, str], media: Sequence[Media], patience: float = LONGEST_WAIT) -> str:
        """One container of words and pictures, ready to be published; its number."""
        pictures = [self._picture(one) for one in media]
        if len(pictures) > 1:
            children = [self._make({**picture, "is_carousel_item": "true"}) for picture in pictures]
            self._wait(children, patience)
            form = {"media_type": "CAROUSEL", "children": ",".join(children), **words}
        else:
            form = {**(pictures[0] if pictures else {"media_type": "TEXT"}), **words}
        whole = self._make(form)
        self._wait([whole], patience)
        return whole

    def publish(self, container: str) -> Receipt:
        """Publish what waits, once. Raises Taken where it is published already."""
        begun, status = time.monotonic(), self._status(container)
        if status == "PUBLISHED":
            raise Taken(f"{self._edges.name} has published it already")
        if status == "IN_PROGRESS":
            raise Unavailable(f"{self._edges.name} is still working on it: it will be tried again")
        if status != "FINISHED":
            raise HandlesGone(
                f"what was uploaded to {self._edges.name} is not there any more ({status.lower() or 'unknown'})"
            )
        return self._published(container, "", begun)

    def answer(self, words: Mapping[str, str], media: Sequence[Media]) -> Receipt:
        """Make and publish what answers a post: it cannot wait in a container before there is one to answer."""
        begun = time.monotonic()
        container = self.make(words, media, self._premises.limits.timeout.total_seconds() / 4)
        return self._published(container, "reply_", begun)

    def find(self, part: Part, containers: Sequence[str], since: datetime) -> Receipt | None:
        """Whether one of the containers is published, else whether the words are; raises where that cannot be told."""
        said, known = {self._status(one) for one in containers}, bool(containers)
        if "IN_PROGRESS" in said:
            raise Unavailable(f"{self._edges.name} is still working on it")
        if known and not said & {"PUBLISHED", ""}:
            return None
        if not part.text.strip() and "PUBLISHED" not in said:
            raise CannotTell(f"it has no words to be known by: look at the account on {self._edges.name}")
        found = [
            receipt for receipt, post in self._shown.posted(since) if alike(post.get(self._edges.words), part.text)
        ]
        if found or "PUBLISHED" not in said:
            return found[0] if found else None
        if self._premises.now() < since + LAG:
            raise Unavailable(f"{self._edges.name} has published it, but does not show it yet")
        return Receipt("", self._shown.somewhere, self._premises.now())

    def _picture(self, media: Media) -> dict[str, str]:
        alt = {"alt_text": media.alt} if media.alt else {}
        return {"image_url": self._premises.address(media), **self._edges.picture, **alt}

    def _make(self, form: Mapping[str, str]) -> str:
        told = self._wire.ask("POST", f"{self._shown.account()}/{self._edges.make}", data=form).fields
        if not is_id(told.get("id")):
            raise Unavailable(f"{self._edges.name} took it, but did not name it")
        return str(told["id"])

    def _wait(self, containers: Sequence[str], patience: float) -> None:
        left = min(patience, 2 * self._premises.limits.timeout.total_seconds())
        for container in containers:
            pause = FIRST_PAUSE
            while (state := self._state(container))[self._edges.status] == "IN_PROGRESS":
                if left <= 0:
                    raise Unavailable(f"{self._edges.name} is still working on a picture: it will be tried again")
                time.sleep(min(pause, left))
                left, pause = left - pause, 2 * pause
            if state[self._edges.status] != "FINISHED":
                why = f"{self._edges.name} could not use it: {state.get(self._edges.why) or 'it does not say why'}"
                raise Rejected(why) if REFUSED.search(why) else Unavailable(why)

    def _state(self, container: str) -> Mapping[str, Any]:
        asked = {"fields": f"id,{self._edges.status},{self._edges.why}"}
        told = self._wire.ask("GET", f"{self._shown.root}/{container}", params=asked).fields
        if not isinstance(told.get(self._edges.status), str):
            raise Unavailable(f"{self._edges.name} does not say what became of an upload")
        return told

    def _status(self, container: str) -> str:
        """What has become of it: IN_PROGRESS, FINISHED, PUBLISHED, ERROR or EXPIRED; "" where it is not known."""
        with suppress(graph.Gone, HandlesGone):
            return str(self._state(container)[self._edges.status])
        return ""

    def _is_out(self, container: str) -> bool:
        with suppress(NetworkError):
            return self._status(container) == "PUBLISHED"
        return False

    def _refuse_beyond_quota(self, kind: str) -> None:
        asked = {"fields": f"{kind}quota_usage,{kind}config"}
        told = self._wire.ask("GET", f"{self._shown.account()}/{self._edges.quota}", params=asked).fields
        with suppress(LookupError, TypeError, ValueError):  # what it does not tell, it does not refuse
            row = told["data"][0]
            used, config = int(row[f"{kind}quota_usage"]), row[f"{kind}config"]
            total, window = int(config["quota_total"]), timedelta(seconds=int(config["quota_duration"]))
            if used >= total:
                said = f"{used} posts within {window / timedelta(hours=1):g} hours, {total} allowed"
                raise RateLimited(f"{self._edges.name}: {said}", self._room_at(window))

    def _room_at(self, window: timedelta) -> datetime:
        """When the oldest post of a moving window leaves it."""
        now = self._premises.now()
        with suppress(NetworkError):
            times = [receipt.at for receipt, _ in self._shown.posted(now - window + MARGIN)]
            return max(min(times, default=now) + window, now + graph.A_WHILE)
        return now + graph.A_WHILE

    def _published(self, container: str, kind: str, begun: float) -> Receipt:
        """Publish it within the quota of its kind, unless half of the time that a publish may take is over."""
        self._refuse_beyond_quota(kind)
        path = f"{self._shown.account()}/{self._edges.publish}"
        if time.monotonic() - begun > self._premises.limits.timeout.total_seconds() / 2:
            raise Unavailable(f"{self._edges.name} answers slowly: it will be tried again")
        try:
            told = self._wire.commit("POST", path, data={"creation_id": container}).fields
        except (Rejected, HandlesGone) as error:
            if self._is_out(container):
                raise Taken(str(error)) from error
            raise
        if not is_id(told.get("id")):
            raise Unconfirmed(f"{self._edges.name} published it, but did not name it")
        return self._receipt(str(told["id"]))

    def _receipt(self, number: str) -> Receipt:
        """That of what has just been published: it is out, whether or not anybody tells where."""
        with suppress(NetworkError):
            asked = {"fields": "id,permalink,timestamp"}
            told = self._wire.ask("GET", f"{self._shown.root}/{number}", params=asked).fields
            if receipt := receipt_of({**told, "id": number}):
                return receipt
        return Receipt(number, self._shown.somewhere, self._premises.now())
