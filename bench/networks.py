"""What publishing through the publisher, its ledger and an adapter costs beside a bare client that sends the same."""

import hashlib
import io
import json
import logging
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import requests
from PIL import Image

from bench.publisher import measured
from bot.delivery import Delivery, State
from bot.keys import key_of
from bot.ledger import open_ledger
from bot.model import Account, Brand, Media, Message, Part
from bot.networks import limits_of, open_network
from bot.networks.base import Premises, Studio
from bot.publisher import Publisher, World
from bot.vault import open_vault

POSTS, ACCOUNTS, THREADS, ROUNDS = 320, 8, 8, 7
TOKEN = "a-token-of-some-length-that-is-not-secret"


@contextmanager
def server():
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.quick_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.stdin.close()
        process.wait(10)


def picture(folder):
    """A card as the bot draws it has some 110 kB."""
    file = io.BytesIO()
    Image.effect_noise((540, 675), 40).convert("RGB").resize((1080, 1350)).save(file, "JPEG", quality=70)
    content = file.getvalue()
    name = hashlib.sha256(content).hexdigest()
    (folder / f"{name}.jpg").write_bytes(content)
    return Media(name, "image/jpeg", "Words on green.", 1080, 1350, len(content))


def messages(media):
    return [
        Message(f"post-{n}", f"account-{n % ACCOUNTS}", "mastodon", "", (Part(0, f"Calm feet, {n}.", (media,)),))
        for n in range(POSTS)
    ]


def bare(url, folder, wanted):
    """requests alone: upload, post; one session a thread, as its own documentation asks."""

    def act():
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(send, range(ACCOUNTS)))

    def send(account):
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {TOKEN}"
            for message in wanted[account::ACCOUNTS]:
                part = message.parts[0]
                file = ("picture.jpg", (folder / f"{part.media[0].sha256}.jpg").read_bytes(), "image/jpeg")
                data = {"description": part.media[0].alt}
                media = session.post(f"{url}/api/v2/media", files={"file": file}, data=data, timeout=30).json()
                status = {"status": part.text, "media_ids": [media["id"]], "visibility": "public", "language": "en"}
                headers = {"Idempotency-Key": message.post}
                session.post(f"{url}/api/v1/statuses", json=status, headers=headers, timeout=30).json()["id"]

    return act


def client(url, folder, wanted):
    """Mastodon.py, the client that others use."""
    from mastodon import Mastodon

    def act():
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(send, range(ACCOUNTS)))

    def send(account):
        api = Mastodon(
            access_token=TOKEN,
            api_base_url=url,
            mastodon_version="4.3.0",
            version_check_mode="none",
            request_timeout=30,
        )
        for message in wanted[account::ACCOUNTS]:
            part = message.parts[0]
            media = api.media_post(folder / f"{part.media[0].sha256}.jpg", "image/jpeg", description=part.media[0].alt)
            api.status_post(part.text, media_ids=[media], idempotency_key=message.post, language="en")

    return act


def footnote(url, media, wanted, folder):
    """The publisher as `bot run` runs it: ledger on the disk, secrets in the vault, one adapter an account."""
    ledger = open_ledger(folder, "bench")
    vault = open_vault(folder, "bench", environment={"FOOTNOTE_KEY": "a" * 42 + "0="})
    now = datetime.now(UTC)
    names = [f"account-{n}" for n in range(ACCOUNTS)]
    accounts = [Account(name, "mastodon", {"server": url}, timedelta(0)) for name in names]
    ledger.records.keep_accounts(accounts)
    networks = {}
    for account in accounts:
        vault.keep(account.name, {"token": TOKEN, "account_id": "1"})
        premises = Premises(
            Studio(Brand("Bench")),
            media,
            folder,
            lambda: datetime.now(UTC),
            vault.credentials(account.name),
            limits_of("mastodon"),
        )
        networks[account.name] = open_network(account, premises)
    known = {}
    for message in wanted:
        sha256 = ledger.records.keep_message(json.dumps([message.post, message.account]))
        known[sha256] = message
        row = Delivery(
            0,
            message.post,
            message.account,
            "1",
            State.SCHEDULED,
            0,
            now - timedelta(minutes=1),
            now + timedelta(hours=2),
            key_of("names", (message.post, message.account), now),
            sha256,
        )
        ledger.deliveries.add(row, message, now, "bench")
    world = World(
        now=lambda: datetime.now(UTC),
        jitter=lambda: 0.5,
        network=networks.__getitem__,
        message=known.__getitem__,
        spacing=lambda _: timedelta(0),
        hold=lambda *_: None,
        open_account=lambda *_: None,
    )
    publisher = Publisher(ledger.deliveries, world, "bench", alone=True)

    def act():
        with ThreadPoolExecutor(THREADS) as pool:
            publisher.run(pool)

    def close():
        states = {row.state for row in ledger.deliveries.all()}
        assert states == {State.PUBLISHED}, states
        ledger.close()

    return act, close


def table():
    """The figures as Markdown."""
    rounds = []
    with server() as url, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "media").mkdir()
        wanted = messages(picture(folder / "media"))
        for n in range(ROUNDS + 1):  # the first one warms up
            act, close = footnote(url, folder / "media", wanted, folder / f"ledger-{n}")
            costs = [measured("requests alone", bare(url, folder / "media", wanted))]
            if find_spec("mastodon"):  # `make servers` brings it
                costs.append(measured("Mastodon.py", client(url, folder / "media", wanted)))
            costs.append(measured("Footnote: vault, ledger, publisher, adapter", act))
            close()
            rounds.append(costs)
    lines = [
        f"{POSTS} posts with a picture on {ACCOUNTS} accounts of a Mastodon server that answers at once (another",
        f"process), {THREADS} threads; upload and post. Median CPU of {ROUNDS} interleaved rounds.",
        "",
        "| | CPU ms a post | ratio | posts/s |",
        "| --- | ---: | ---: | ---: |",
    ]
    for index, cost in enumerate(rounds[0]):
        cpu = median(costs[index].cpu for costs in rounds[1:])
        ratio = median(costs[index].cpu / costs[0].cpu for costs in rounds[1:])
        wall = median(costs[index].wall for costs in rounds[1:])
        lines.append(f"| {cost.name} | {cpu / POSTS * 1000:.2f} | {ratio:.2f} | {POSTS / wall:,.0f} |")
    return "\n".join(lines)


def main():
    logging.disable(logging.INFO)
    print(table())


if __name__ == "__main__":
    main()
