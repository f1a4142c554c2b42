"""The reference PDS."""

import secrets
from contextlib import nullcontext

from tests.networks.stages import Seen, Stage


def serve(request):
    return nullcontext(request.getfixturevalue("pds"))


class Sky(Stage):
    commit = ("POST", "/xrpc/com.atproto.repo.putRecord")

    def __init__(self, *given):
        super().__init__(*given)
        self.someone = self.server.create_account()
        self.kept.secrets = {"password": self.server.app_password(self.someone, secrets.token_hex(4))}

    def settings(self, url):
        return {"service": url, "handle": self.someone.handle}

    def seen(self):
        return [
            Seen(
                one["uri"].rpartition("/")[2],
                one["value"]["text"],
                tuple(image["alt"] for image in one["value"].get("embed", {}).get("images", ())),
                one["value"].get("reply", {}).get("parent", {}).get("uri", "").rpartition("/")[2],
            )
            for one in self.server.posts(self.someone.did)
        ]


STAGE = Sky
