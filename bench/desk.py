"""The desk at 2,000 posts: the server's time for each page, and its size, against the floor of an empty answer."""

from __future__ import annotations

import re
import statistics
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from bot.app import App, open_app
from bot.delivery import Delivery, State
from bot.fitting import to_json
from bot.ledger.records import Reading
from bot.model import Image, Media, Message, Part, Post, Status
from bot.planner.freeze import hash_of
from bot.posts import dump
from bot.web.desk.server import open_desk

POSTS, WAITING, OUT, ROUNDS = 2000, 200, 600, 21
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
EVERY = timedelta(hours=4)
CONFIG = """workspace = "bench-desk"
[studio]
name = "Quiet Feet Studio"
timezone = "America/Denver"
link = "https://example.com/book"
[words]
subject = "Ashiatsu massage"
[accounts.feed]
network = "site"
[accounts.studio-mastodon]
network = "mastodon"
server = "https://mastodon.example"
[[slots]]
accounts = ["feed", "studio-mastodon"]
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
time = "09:00"
[ledger]
folder = "ledger"
[desk]
port = 0
"""
STATIC = ("desk.css", "desk.js", "htmx.min.js")


def post_of(number: int) -> Post:
    headline = f"Ashiatsu massage reduces chronic tension, and this is the reason number {number}."
    support = "Using the feet as the main tool, the therapist can deliver more pressure over a wider surface."
    return Post(
        id=f"reason-{number:04}",
        status=Status.DRAFT if number < WAITING else Status.APPROVED,
        accounts=("feed", "studio-mastodon"),
        text=f"{headline}\n\n{support}",
        images=(Image(headline=headline, support=support, alt=f"{headline} {support}"),),
        link="https://example.com/book",
        tags=("ashiatsu", "massage", "runners"),
        path=f"posts/{number:04}-reason.md",
    )


def fill(app: App) -> None:
    """Posts as files; all but the drafts approved, planned every four hours on two accounts, the first ones out."""
    for number in range(POSTS):
        post = post_of(number)
        (app.root / post.path).write_text(dump(post), encoding="utf-8")
        if number >= WAITING:
            hashed = hash_of(app.config, post)
            app.ledger.records.approve(post.id, hashed, "a person", "", NOW)
            app.ledger.records.keep_reading(Reading(post.id, post.path, post.status.value, hashed), NOW)
            for account in post.accounts:
                plan(app, post, account, number)


def plan(app: App, post: Post, account: str, number: int) -> None:
    image = post.images[0]
    media = (Media("0" * 64, "image/jpeg", image.alt, 1080, 1350, 90_000),)
    message = Message(post.id, account, "site", image.headline, (Part(0, post.text, media),))
    due = NOW + EVERY * (number - WAITING - OUT)
    row = Delivery(
        id=0,
        post=post.id,
        account=account,
        occurrence="1",
        state=State.SCHEDULED,
        fence=0,
        due_at=due,
        not_after=due + timedelta(hours=2),
        key=f"{post.id} {account}",
        message=app.ledger.records.keep_message(to_json(message)),
        local_time=due.replace(tzinfo=None).isoformat(),
        zone=app.config.zone,
    )
    if due < NOW:
        row = replace(row, state=State.PUBLISHED, parts_done=1, url=f"https://example.com/{post.id}")
    app.ledger.deliveries.add(row, message, NOW, "bench")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "posts").mkdir()
        (root / "documents").mkdir()
        (root / "config.toml").write_text(CONFIG, encoding="utf-8")
        app = open_app(root, now=lambda: NOW)
        fill(app)
        desk = open_desk(app)
        measure(desk.start().split()[0])
        desk.stop()
        app.close()


def measure(link: str) -> None:
    me = requests.Session()
    me.get(link, timeout=60).raise_for_status()
    base = re.match(r"https?://[^/]+", link)[0]  # type: ignore[index]
    parts = sum(len(me.get(f"{base}/static/{name}", timeout=60).content) for name in STATIC)
    floor = statistics.median(took(me.get(f"{base}/static/desk.js", timeout=60)) for _ in range(ROUNDS))
    waits, planned = f"reason-{WAITING // 2:04}", f"reason-{POSTS - 5:04}"
    addresses = {
        "Today": "/",
        "Review: a post that waits": f"/posts/{waits}",
        "A post that is planned": f"/posts/{planned}",
        "Its words, to be edited": f"/posts/{waits}/edit",
        "Calendar: a month": "/calendar?month=2026-12",
        "Calendar: a list": "/calendar/list",
        "Texts": "/texts",
    }
    print(
        f"{POSTS:,} posts on 2 accounts, {WAITING} waiting, {OUT} out; the floor (a static file) takes {floor:.1f} ms."
    )
    print()
    print("| page | server time, median of 20 | slowest | first after the start | page, KB | with style, scripts, KB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, address in addresses.items():
        answers = [me.get(base + address, timeout=60) for _ in range(ROUNDS)]
        assert all(answer.ok for answer in answers), address
        first, *times = map(took, answers)
        middle, worst, size = statistics.median(times), max(times), len(answers[0].content) / 1000
        print(
            f"| {name} | {middle:.0f} ms | {worst:.0f} ms | {first:.0f} ms | {size:.0f} | {size + parts / 1000:.0f} |"
        )


def took(answer: requests.Response) -> float:
    """Milliseconds of server time."""
    return float(answer.headers["Server-Timing"].partition("dur=")[2])


if __name__ == "__main__":
    main()
