"""The strict receiver of our own webhook, one that forgets."""

from contextlib import contextmanager

from tests.networks.stages import Seen, Stage
from tests.servers.receiver import PATH, Receiver


@contextmanager
def serve(request):
    with Receiver() as receiver:
        yield receiver
        assert receiver.violations == []


class Own(Stage):
    commit = ("POST", "/hooks")
    finds, refuses_twice, threads, most = False, False, False, 10

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"url": self.server.address, "secret": self.server.secret}

    def secrets(self):
        return [*super().secrets(), PATH]

    def seen(self):
        return [Seen(one.key, one.text, one.alts) for one in self.server.published]


STAGE = Own
