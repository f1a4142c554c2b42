"""The strict stand-in for a Facebook Page."""

from tests.networks.stages import Seen, Stage
from tests.servers.meta.facebook import PAGE, PAGE_TOKEN, FacebookServer


def serve(request):
    return FacebookServer()


class Page(Stage):
    commit = ("POST", f"/v26.0/{PAGE}/feed")
    threads = False

    def __init__(self, *given):
        super().__init__(*given)
        app = self.server.app
        self.kept.secrets = {"token": PAGE_TOKEN, "client_id": app["id"], "client_secret": app["secret"]}

    def settings(self, url):
        return {"server": url, "page": PAGE}

    def seen(self):
        assert self.server.violations == []
        return [Seen(post.id, post.text, tuple(photo.alt for photo in post.photos)) for post in self.server.public]


STAGE = Page
