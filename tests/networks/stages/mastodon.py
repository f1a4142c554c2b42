"""A server that speaks Mastodon's language."""

import html
import re
from contextlib import nullcontext

from tests.networks.stages import Seen, Stage


def serve(request):
    return nullcontext(request.getfixturevalue("mastodon"))


class Fediverse(Stage):
    commit = ("POST", "/api/v1/statuses")

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": self.server.token}

    def seen(self):
        return [
            Seen(
                one["id"],
                html.unescape(re.sub("<[^>]+>", "", one["content"])),
                tuple(media["description"] for media in one["media_attachments"]),
                one["in_reply_to_id"] or "",
            )
            for one in self.server.statuses()
        ]


STAGE = Fediverse
