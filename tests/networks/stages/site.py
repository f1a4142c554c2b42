"""Our own pages."""

from contextlib import nullcontext

from bot.networks.site import entries
from tests.networks.stages import Seen, Stage


def serve(request):
    return nullcontext()


class Site(Stage):
    most = 1

    def open(self, *, seconds=30):
        return self.workspace.open()

    def seen(self):
        found = entries.read_all(self.workspace.root / "site" / "entries")
        return [Seen(one.key, one.text, tuple(media.alt for media in one.media)) for one in found]


STAGE = Site
