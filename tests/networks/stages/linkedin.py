"""The strict stand-in for LinkedIn, where an organisation's page speaks."""

from tests.networks.stages import Seen, Stage
from tests.servers.linkedin import LinkedInServer
from tests.servers.linkedin.rules import PAGE


def serve(request):
    return LinkedInServer()


class Page(Stage):
    commit = ("POST", "/rest/posts")
    threads = False

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": self.server.page_token(), **self.server.world.app}

    def settings(self, url):
        return {"server": url, "author": PAGE}

    def close(self):
        super().close()
        assert self.server.violations == []

    def seen(self):
        return [Seen(post.urn, post.text, post.alts) for post in self.server.posts]


STAGE = Page
