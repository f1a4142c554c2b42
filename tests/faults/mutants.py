"""Adapters with one mistake in them, each known from a program that made it: the judge must notice."""

import time
from datetime import UTC, datetime

from bot.errors import Unavailable, Unconfirmed
from bot.keys import TID, key_of
from bot.model import Receipt


class Mutant:
    """As the real one, until a subclass says otherwise."""

    def __init__(self, inner):
        self.limits, self.inner = inner.limits, inner

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Resends(Mutant):
    """No answer is taken for a no, and the post is sent again."""

    def publish(self, *args):
        try:
            return self.inner.publish(*args)
        except Unconfirmed as error:
            raise Unavailable(str(error)) from error


class Believes(Mutant):
    """No answer is taken for a yes."""

    def publish(self, *args):
        try:
            return self.inner.publish(*args)
        except Unconfirmed:
            return Receipt("1", "https://example.com/1", datetime.now(UTC))


class NewKeys(Mutant):
    """Every attempt has a key of its own."""

    def publish(self, part, message, handles, key, after):
        names, kind = (str(time.time_ns()), message.post), "tid" if TID.fullmatch(key) else "names"
        return self.inner.publish(part, message, handles, key_of(kind, names, datetime.now(UTC)), after)


MUTANTS = {"": lambda network: network, "resends": Resends, "believes": Believes, "new keys": NewKeys}
