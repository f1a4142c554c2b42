"""The other server that speaks Mastodon's language."""

from contextlib import nullcontext

from tests.networks.stages.mastodon import Fediverse


def serve(request):
    return nullcontext(request.getfixturevalue("gotosocial"))


class GoToSocial(Fediverse):
    network_name = "mastodon"


STAGE = GoToSocial
