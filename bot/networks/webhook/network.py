"""A receiver of the owner's own: each post is one signed call, as standardwebhooks.com describes it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from bot.errors import CannotTell, NetworkError, Taken, Unauthorized
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.http import Answer, Manners, Wire
from bot.networks.settings import LOOPBACK, one_of, wrong_with, wrong_with_address
from bot.networks.webhook.answers import NO_WAY, is_there, is_yes, place_in, words_of
from bot.networks.webhook.signing import halves, secret_in, signature


class Webhook:
    """One receiver: it makes of a post what it likes."""

    limits = limits_from_facts("webhook")
    asks: ClassVar[tuple[Ask, ...]] = (
        Ask("url", "The receiver's address, as in https://example.com/hooks/posts"),
        Ask("secret", "The secret that you share with it (whsec_...)"),
    )
    help: ClassVar[str] = (
        "docs/connect/webhook.md has a receiver in a few lines. Make a secret with "
        '`echo "whsec_$(head -c 32 /dev/urandom | base64)"`, and give it to both.'
    )
    by_hand: ClassVar[str] = "delete it where your receiver put it"

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("webhook", settings, {"server": wrong_with_address, "repeats": one_of("safe", "unsafe")})

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises, self._account = premises.limits, premises, account

    def prepare(self, message: Message) -> Handles:
        """Nothing: the pictures go with the post."""
        return Handles()

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Make the call. Any 2xx is a yes, but for a page: that is somebody else's."""
        body, now = json.dumps(self._told(part, message)).encode(), self._premises.now()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature(self._secret(), key, now, body),
        }
        wire, path = self._way(Manners(said=words_of, judge=self._judge, yes=is_yes))
        answer = wire.commit("POST", path, data=body, headers=headers)
        return Receipt(key, place_in(answer, wire.base), now)

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Nobody can. None only where sending once more is safe: the receiver knows this very key, which we used."""
        if handles and self._account.settings.get("repeats") == "safe":
            return None
        raise CannotTell(
            f'only your receiver knows whether it has "{message.title[:60]}" (webhook-id {key}): look there. If it '
            "never does a webhook-id twice, you need not be asked: see docs/connect/webhook.md, repeats"
        )

    def identify(self) -> Identity:
        """Whether anybody is there; asked with OPTIONS, which posts nothing anywhere."""
        self._secret()
        wire, path = self._way(Manners(said=words_of, yes=is_there))
        wire.ask("OPTIONS", path)
        name = urlsplit(wire.base).netloc
        return Identity(f"{name} {hashlib.sha256(path.encode()).hexdigest()[:16]}", name, wire.base)

    def _told(self, part: Part, message: Message) -> dict[str, Any]:
        """The body, as docs/connect/webhook.md has it: the same bytes for every attempt."""
        said = {"post": message.post, "account": message.account, "title": message.title, "text": part.text}
        more = {"link": message.link, "tags": list(message.tags), "language": message.language}
        return {
            "type": "post.published",
            "data": {**said, **more, "pictures": [self._shown(one) for one in part.media]},
        }

    def _shown(self, media: Media) -> dict[str, Any]:
        about = {"alt": media.alt, "mime": media.mime, "width": media.width, "height": media.height}
        content = base64.b64encode(self._premises.picture(media.sha256)).decode()
        return {**about, "sha256": media.sha256, "data": content}

    def _way(self, manners: Manners) -> tuple[Wire, str]:
        """The wire, and the rest of the address, which is nobody's business. Raises Unauthorized."""
        url = self._premises.credentials.get().get("url", "").strip()
        base, path = halves(url)
        if why := wrong_with_address(base) or ("" if path.isascii() and path.isprintable() else "copy it again"):
            raise Unauthorized(f"the receiver's address cannot be used: {why}; then {self._again}")
        base = self._account.settings.get("server") or base

        def scrub(text: str) -> str:
            known = self._premises.credentials.scrub(text)
            return known.replace(path, "/…") if len(path) > 1 else known

        near = urlsplit(base).hostname in LOOPBACK
        premises = self._premises
        wire = Wire(
            base, timeout=premises.limits.timeout, now=premises.now, manners=manners, scrub=scrub, public=not near
        )
        return wire, path

    def _secret(self) -> bytes:
        told = self._premises.credentials.get().get("secret", "").strip()
        if secret := secret_in(told):
            return secret
        raise Unauthorized(f"the secret is not whsec_ and 24 to 64 bytes in base64: make a new one, then {self._again}")

    def _judge(self, answer: Answer, said: str) -> NetworkError | None:
        if answer.status in NO_WAY:
            return Unauthorized(
                f"{said}: it is gone, or does not believe us (have both the same secret? is this machine's clock "
                f"right?): {self._again}"
            )
        return Taken(said) if answer.status == 409 else None

    @property
    def _again(self) -> str:
        return f"`bot connect {self._account.name}`"
