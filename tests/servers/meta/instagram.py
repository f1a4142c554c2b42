"""Instagram, as strict as its content publishing is: judged by Meta's own table of IGUser."""

import re

from tests.servers.meta.containers import ContainerServer
from tests.servers.meta.graph import GraphError
from tests.servers.meta.tables import unknown

IG, PERSON = "17841400000000001", "900200"
TOKEN, PAGE_TOKEN, USER_TOKEN = "IGAA-instagram-token-1", "EAAB-page-token-1", "EAAB-user-token-900200"
FIELDS = {"id", "caption", "timestamp", "permalink", "media_type", "alt_text", "username"}


class InstagramServer(ContainerServer):
    """By either login: TOKEN is Instagram's, PAGE_TOKEN that of the Page, USER_TOKEN the person's."""

    metrics = frozenset({"views", "reach", "likes", "comments", "saved", "shares", "total_interactions", "reposts"})
    me = IG

    def __init__(self, **options):
        super().__init__(**options)
        self.tokens |= {TOKEN: IG, PAGE_TOKEN: IG, USER_TOKEN: PERSON}
        self.linked, self.facebook_codes = {IG: "quietfeet"}, {"a-facebook-code": USER_TOKEN}

    def judge(self, asked):
        if wrong := unknown("IGUser", "POST", "media", asked.given):
            self.violation(asked, f"unknown parameters: {', '.join(wrong)}")
            raise GraphError(100, f"(#100) Param {wrong[0]} is not allowed")
        if asked.given.get("is_carousel_item") == "true" and {"caption", "location_id"} & set(asked.given):
            self.violation(asked, "a caption on a picture of a carousel")

    def check_words(self, asked, text):
        if len(text) > 2200:
            raise GraphError(36004, "The caption is too long", subcode=2207010)
        if len(re.findall(r"#\w+", text)) > 30 or len(re.findall(r"(?<!\w)@\w+", text)) > 20:
            raise GraphError(100, "(#100) The caption has too many hashtags or mentions")

    def state_told(self, made, state):
        return {"id": made.id, "status_code": state, "status": made.error or state.title()}

    def permalink(self, post):
        return f"https://www.instagram.com/p/{post.code}/"

    def media(self, asked, number):
        self.owner(asked, number)
        if set(asked.given.get("fields", "").split(",")) - FIELDS:
            self.violation(asked, "unknown fields")
        return self.listed(asked, [post for post in self.written if post.user == number])

    def who(self, asked):
        number = self.owner(asked, IG)
        return {"user_id": number, "username": "quietfeet", "id": "26000000000000001"}

    def pages(self, asked):
        self.owner(asked, PERSON)
        rows = [{"id": "104300", "name": "A Page without", "access_token": "EAAB-another"}]
        for number, name in self.linked.items():
            row = {"id": "104202", "name": "Quiet Feet Studio", "access_token": PAGE_TOKEN}
            rows.append(row | {"instagram_business_account": {"id": number, "username": name}})
        return {"data": rows, "paging": {"cursors": {"before": "a", "after": "b"}}}

    def facebook_token(self, asked):
        given = asked.given
        if given.get("grant_type") == "fb_exchange_token":
            return {"access_token": given["fb_exchange_token"], "expires_in": 5_184_000}
        if given.get("code") not in self.facebook_codes:
            raise GraphError(100, "This authorization code has been used.", subcode=36009)
        return {"access_token": self.facebook_codes.pop(given["code"]), "expires_in": 3600}

    routes = (
        ("GET", "oauth/access_token", facebook_token),
        ("GET", "me", who),
        ("GET", "me/accounts", pages),
        ("GET", r"(\d+)", ContainerServer.node),
        ("POST", r"(\d+)/media", ContainerServer.make),
        ("POST", r"(\d+)/media_publish", ContainerServer.publish),
        ("GET", r"(\d+)/content_publishing_limit", ContainerServer.limit),
        ("GET", r"(\d+)/media", media),
        ("GET", r"(\d+)/insights", ContainerServer.insights),
    )
