"""The strict stand-in for Instagram, and a place where it fetches our pictures."""

from tests.networks.stages import Seen, Stage
from tests.servers.meta.instagram import IG, TOKEN, InstagramServer
from tests.servers.meta.pictures import Pictures


def serve(request):
    return InstagramServer()


class Profile(Stage):
    commit = ("POST", f"/v26.0/{IG}/media_publish")
    threads, bare = False, False

    def __init__(self, *given):
        super().__init__(*given)
        self.pictures = Pictures(self.workspace.media)
        self.address = self.pictures.address
        self.kept.secrets = {"token": TOKEN}

    def close(self):
        super().close()
        self.pictures.stop()

    def seen(self):
        assert self.server.violations == []
        return [Seen(post.id, post.text, post.alts, post.parent) for post in self.server.posts]


STAGE = Profile
