"""The strict stand-in for Telegram."""

from tests.networks.stages import Seen, Stage
from tests.servers.telegram import CHAT, TOKEN, TelegramServer


def serve(request):
    return TelegramServer()


class Channel(Stage):
    commit = ("POST", f"/bot{TOKEN}/send")
    finds, refuses_twice = False, False

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": TOKEN}

    def settings(self, url):
        return {"server": url, "chat": CHAT}

    def seen(self):
        assert self.server.violations == []
        return [
            Seen(str(one.id), one.text, ("",) * one.pictures, str(one.reply_to) if one.reply_to else "")
            for one in self.server.posts
        ]


STAGE = Channel
