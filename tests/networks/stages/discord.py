"""The strict stand-in for Discord."""

from contextlib import contextmanager

from tests.networks.stages import Seen, Stage
from tests.servers.discord import DiscordServer


@contextmanager
def serve(request):
    with DiscordServer() as discord:
        yield discord
        assert discord.violations == []


class Channel(Stage):
    commit = ("POST", "/api/v10/webhooks/")
    finds, refuses_twice, threads, most = False, False, False, 10

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"url": self.server.address()}

    def secrets(self):
        return [*super().secrets(), self.server.hooks["studio"][1]]

    def seen(self):
        return [
            Seen(f"{one.webhook}/{one.id}", one.text, tuple(file.alt for file in one.files))
            for one in self.server.messages
        ]


STAGE = Channel
