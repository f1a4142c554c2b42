"""The strict stand-in for Threads, and a place where it fetches our pictures."""

from tests.networks.stages.instagram import Profile
from tests.servers.meta.threads import ME, TOKEN, ThreadsServer


def serve(request):
    return ThreadsServer()


class Feed(Profile):
    commit = ("POST", f"/v1.0/{ME}/threads_publish")
    threads, bare = True, True

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": TOKEN}


STAGE = Feed
