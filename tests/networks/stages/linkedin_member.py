"""The strict stand-in for LinkedIn, where a member speaks: her token may write, and read nothing."""

from tests.networks.stages.linkedin import Page
from tests.servers.linkedin import LinkedInServer


def serve(request):
    return LinkedInServer()


class Member(Page):
    finds, refuses_twice = False, False

    def __init__(self, name, workspace, server):
        super().__init__(name, workspace, server)
        self.network_name = "linkedin"
        self.kept.secrets["token"] = server.member_token()
        server.world.detects = False

    def settings(self, url):
        return {"server": url}


STAGE = Member
