"""The strict stand-in for Pinterest."""

from tests.networks.stages import Seen, Stage
from tests.servers.pinterest import PinterestServer


def serve(request):
    return PinterestServer()


class Board(Stage):
    commit = ("POST", "/v5/pins")
    refuses_twice, threads, bare, most = False, False, False, 1

    def __init__(self, *given):
        super().__init__(*given)
        app = self.server.world.app
        self.kept.secrets = {"token": self.server.token(), "client_id": app.id, "client_secret": app.secret}

    def settings(self, url):
        return {"server": url, "board": "Calm feet"}

    def close(self):
        super().close()
        assert self.server.violations == []

    def seen(self):
        """The tags stand below the text."""
        return [Seen(pin.id, pin.description.partition("\n\n#")[0], (pin.alt_text,)) for pin in self.server.posts]


STAGE = Board
