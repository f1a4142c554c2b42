"""The strict stand-in for X."""

from tests.networks.open_x import secrets_of
from tests.networks.stages import Seen, Stage
from tests.servers.x import XServer


def serve(request):
    return XServer()


class Birds(Stage):
    commit = ("POST", "/2/tweets")

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = secrets_of(self.server)

    def seen(self):
        return [
            Seen(one.id, one.text, tuple(media.alt for media in one.media), one.reply_to or "")
            for one in self.server.posts
        ]


STAGE = Birds
