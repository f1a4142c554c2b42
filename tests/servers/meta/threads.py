"""Threads, as strict as its pages are: 500 characters with emoji by their bytes, five links, replies in a thread."""

import re

import regex

from tests.servers.meta.containers import ContainerServer
from tests.servers.meta.graph import GraphError

ME, TOKEN = "29000000000000001", "THAA-threads-token-1"
KNOWN = {
    *("media_type", "text", "image_url", "alt_text", "is_carousel_item", "children", "reply_to_id", "reply_control"),
    *("topic_tag", "link_attachment", "access_token"),
}
FIELDS = {"id", "text", "timestamp", "permalink", "media_type", "alt_text", "username"}


class ThreadsServer(ContainerServer):
    versioned = False
    formats, aspects, children_max, words, kind = ("JPEG", "PNG"), (0.1, 10), 20, "text", "th"
    metrics = frozenset({"views", "likes", "replies", "reposts", "quotes", "shares"})
    me = ME

    def __init__(self, **options):
        super().__init__(**options)
        self.tokens |= {TOKEN: ME}
        self.quota, self.deletes = 250, 100

    def judge(self, asked):
        given = asked.given
        if wrong := sorted(set(given) - KNOWN):
            self.violation(asked, f"unknown parameters: {', '.join(wrong)}")
            raise GraphError(100, f"(#100) Param {wrong[0]} is not allowed")
        if given.get("media_type") not in {"TEXT", "IMAGE", "CAROUSEL"}:
            raise GraphError(100, "(#100) Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}")
        if given.get("is_carousel_item") == "true" and "text" in given:
            self.violation(asked, "words on a picture of a carousel")
        answered = given.get("reply_to_id")
        if answered and not any(post.id == answered for post in self.posts):
            raise GraphError(100, "(#100) Invalid reply_to_id", subcode=33)

    def check_words(self, asked, text):
        if length(text) > 500:
            raise GraphError(100, "(#100) Param text must be at most 500 characters long.")
        links = set(re.findall(r"https?://\S+", text)) | ({asked.given.get("link_attachment")} - {None})
        if len(links) > 5:
            raise GraphError(100, "THREADS_API__LINK_LIMIT_EXCEEDED")

    def state_told(self, made, state):
        return {"id": made.id, "status": state} | ({"error_message": made.error} if made.error else {})

    def permalink(self, post):
        return f"https://www.threads.net/@quietfeet/post/{post.code}"

    def threads(self, asked, number):
        return self._list(asked, number, answers=False)

    def replies(self, asked, number):
        return self._list(asked, number, answers=True)

    def _list(self, asked, number, *, answers):
        self.owner(asked, number)
        if set(asked.given.get("fields", "").split(",")) - FIELDS:
            self.violation(asked, "unknown fields")
        return self.listed(asked, [one for one in self.written if one.user == number and bool(one.parent) is answers])

    def who(self, asked):
        return {"id": self.owner(asked), "username": "quietfeet"}

    def delete(self, asked, number):
        self.owner(asked)
        if self.deletes <= 0:
            raise GraphError(613, "Calls to this api have exceeded the rate limit.")
        for post in self.posts:
            if post.id == number:
                self.deletes, post.deleted = self.deletes - 1, True
                return {"success": True, "deleted_id": number}
        raise GraphError(100, "Unsupported delete request. Object does not exist", subcode=33)

    routes = (
        ("GET", "me", who),
        ("GET", r"(\d+)", ContainerServer.node),
        ("POST", r"(\d+)/threads", ContainerServer.make),
        ("POST", r"(\d+)/threads_publish", ContainerServer.publish),
        ("GET", r"(\d+)/threads_publishing_limit", ContainerServer.limit),
        ("GET", r"(\d+)/threads", threads),
        ("GET", r"(\d+)/replies", replies),
        ("GET", r"(\d+)/insights", ContainerServer.insights),
        ("DELETE", r"(\d+)", delete),
    )


def length(text):
    """Threads' API page of 2026-04-20: an emoji is as many characters as it has bytes of UTF-8."""
    emoji = regex.compile(r"[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3]")
    return sum(len(one.encode()) if emoji.search(one) else len(one) for one in regex.findall(r"\X", text))
