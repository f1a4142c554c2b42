"""The strict stand-in for Google, and a place where it fetches the pictures."""

from contextlib import ExitStack
from dataclasses import replace

from tests.networks.open_google import picture, public, secrets_of
from tests.networks.stages import Seen, Stage
from tests.servers.google import GoogleServer


def serve(request):
    return GoogleServer()


class Location(Stage):
    commit = ("POST", "/v4/accounts/1/locations/2/localPosts")
    refuses_twice, threads, most = False, False, 1

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = secrets_of(self.server)
        self.until = ExitStack()
        self.workspace.media.mkdir(parents=True, exist_ok=True)
        self.address = self.until.enter_context(public(self.workspace.media))

    def close(self):
        super().close()
        self.until.close()
        assert self.server.violations == []

    def message(self, *texts, alt="", pictures=1):
        message = super().message(*texts, alt=alt, pictures=0)
        media = (picture(self.workspace),) if pictures else ()
        return replace(message, parts=(replace(message.parts[0], media=media), *message.parts[1:]))

    def seen(self):
        return [Seen(post["name"], post["summary"], ("",) * len(post.get("media", []))) for post in self.server.posts]


STAGE = Location
