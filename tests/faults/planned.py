"""What is to be said: messages with words of their own, pictures, links and threads, as deliveries in a real ledger."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from bot.delivery import Delivery, State
from bot.fitting import to_json
from bot.keys import key_of
from bot.model import Account, Media, Message, Part
from bot.networks import limits_of

WORKSPACE = "faults"
COLOURS = 12


def fill(ledger, network, settings, posts):
    """Plans `posts` deliveries, all due, over the accounts (name -> settings): every message, in the order of rows."""
    ledger.records.keep_accounts([Account(name, network, told) for name, told in settings.items()])
    names, due = list(settings), datetime.now(UTC) - timedelta(hours=1)
    messages = [message(ledger.media, network, names[n % len(names)], n) for n in range(posts)]
    for n, made in enumerate(messages):
        plan(ledger, network, made, due + timedelta(seconds=n))
    return messages


def plan(ledger, network, made, due):
    names = (WORKSPACE, made.post, made.account, "1")
    row = Delivery(
        id=0,
        post=made.post,
        account=made.account,
        occurrence="1",
        state=State.SCHEDULED,
        fence=0,
        due_at=due,
        not_after=due + timedelta(days=1),
        key=key_of(limits_of(network).keys, names, due),
        message=ledger.records.keep_message(to_json(made)),
    )
    ledger.deliveries.add(row, made, due, "planner")


def message(media, network, account, n):
    """Two thirds have a picture; one in ten is a thread of three; pictures are shared by many posts."""
    texts = [f"Post {n} of {account}, part {k + 1}: feet & hands are <wide>." for k in range(1 + 2 * (n % 10 == 4))]
    if n % 4 == 0:
        texts[0] += f"\n\nhttps://example.com/book?post={n}&from=here #ashiatsu"
    shown = () if n % 3 == 2 else (picture(media, n),)
    parts = tuple(Part(k, text, () if k else shown) for k, text in enumerate(texts))
    return Message(f"post-{n}", account, network, f"Post {n}", parts)


def picture(folder, n):
    file = BytesIO()
    Image.new("RGB", (64, 80), (20 * (n % COLOURS), 90, 120)).save(file, "JPEG")
    content = file.getvalue()
    name = hashlib.sha256(content).hexdigest()
    (folder / f"{name}.jpg").write_bytes(content)
    return Media(name, "image/jpeg", f"Words of picture {n}, on green.", 64, 80, len(content))
