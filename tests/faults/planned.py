"""What is to be said: messages with words of their own, pictures, links and threads, as deliveries in a real ledger."""

import hashlib
import random
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
    """Two thirds have a picture; one in ten is a thread of three, where there are any; pictures are shared by many."""
    limits = limits_of(network)
    long = n % 10 == 4 and limits.parts_max > 1
    texts = [f"Post {n} of {account}, part {k + 1}: feet & hands are <wide>." for k in range(1 + 2 * long)]
    if n % 4 == 0:
        texts[0] += f"\n\nhttps://example.com/book?post={n}&from=here #ashiatsu"
    shown = () if n % 3 == 2 and not limits.images_min else (picture(media, n, large=limits.image_bytes_min > 0),)
    parts = tuple(Part(k, text, () if k else shown) for k, text in enumerate(texts))
    return Message(f"post-{n}", account, network, f"Post {n}", parts)


def picture(folder, n, *, large=False):
    size, file = (640, 480) if large else (64, 80), BytesIO()
    plain = Image.new("RGB", size, (20 * (n % COLOURS), 90, 120))
    if large:  # for who wants no small files: noise, the same for the same colour
        pixels = random.Random(n % COLOURS).randbytes(size[0] * size[1])
        plain.putalpha(Image.frombytes("L", size, pixels))
        plain = Image.alpha_composite(Image.new("RGBA", size, "white"), plain).convert("RGB")
    plain.save(file, "JPEG")
    content = file.getvalue()
    name = hashlib.sha256(content).hexdigest()
    (folder / f"{name}.jpg").write_bytes(content)
    return Media(name, "image/jpeg", f"Words of picture {n}, on green.", *size, len(content))
