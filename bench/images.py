"""What an image costs: the quote template against the bare JPEG encode, and against a script one would write first."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from itertools import permutations

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from bot.images import draw
from bot.images.fonts import FOLDER
from bot.model import Brand, Image

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
HEADLINE = "Ashiatsu massage is great for the psoas, glutes, and hips of every runner."
SUPPORT = (
    "Those hard to reach muscles that runners put stress on, including the psoas, glutes and hip rotators, are more "
    "easily accessed during an Ashiatsu massage."
)
ROUNDS = 25


VOWELS = tuple("".join(order) for order in permutations("aeiou"))


def fresh(text: str, n: int) -> str:
    """The text with its vowels exchanged: words that no cache has seen, of about the same length."""
    return text.translate(str.maketrans("aeiou", VOWELS[n % len(VOWELS)]))


def footnote(n: int) -> bytes:
    return draw(Image(fresh(HEADLINE, n), fresh(SUPPORT, n)), BRAND)


def encode(ready: Pillow.Image) -> Callable[[int], bytes]:
    def run(n: int) -> bytes:
        out = BytesIO()
        ready.save(out, "JPEG", quality=88, subsampling=0)
        return out.getvalue()

    return run


def naive(fmt: str, **options: object) -> Callable[[int], bytes]:
    """A size loop for each text, a line per gradient row, and the encoder's heaviest setting."""

    def run(n: int) -> bytes:
        picture = Pillow.new("RGB", (1080, 1350))
        pen = ImageDraw.Draw(picture)
        for y in range(1350):
            pen.line([(0, y), (1080, y)], fill=(13 + y // 130, 59 + y // 45, 62 + y // 90))
        y = set_greedily(pen, fresh(HEADLINE, n), "DMSerifDisplay.ttf", room=range(130, 690))
        set_greedily(pen, fresh(SUPPORT, n), "DMSans.ttf", room=range(y + 80, 1150))
        out = BytesIO()
        picture.save(out, fmt, **options)
        return out.getvalue()

    return run


def set_greedily(pen: ImageDraw.ImageDraw, text: str, file: str, room: range) -> int:
    size, y = len(room) // 4, room.start
    while True:
        font = ImageFont.truetype(FOLDER / file, size)
        lines: list[str] = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            lines[-1:] = [longer] if pen.textlength(longer, font=font) <= 888 else [lines[-1], word]
        if len(lines) * size * 1.2 <= len(room) and all(pen.textlength(line, font=font) <= 888 for line in lines):
            break
        size -= 2
    for line in lines:
        pen.text((96, y), line, font=font, fill="#fdf8ef")
        y += round(size * 1.2)
    return y


def measure(rounds: int = ROUNDS) -> dict[str, tuple[float, int]]:
    """Median CPU milliseconds and bytes of each contender, in interleaved rounds."""
    start = time.process_time()
    ready = Pillow.open(BytesIO(footnote(0))).convert("RGB")
    first = (time.process_time() - start) * 1e3
    runs = {
        "floor: JPEG q88 4:4:4 of the ready image": encode(ready),
        "footnote": footnote,
        "naive Pillow, JPEG 95": naive("JPEG", quality=95),
        "naive Pillow, PNG optimize": naive("PNG", optimize=True),
    }
    spent: dict[str, list[float]] = {name: [] for name in runs}
    size: dict[str, int] = {}
    for n in range(rounds):
        for name, run in runs.items():
            start = time.process_time()
            size[name] = len(run(n))
            spent[name].append((time.process_time() - start) * 1e3)
    found = {name: (statistics.median(times), size[name]) for name, times in spent.items()}
    return found | {"footnote, first image of a process": (first, 0)}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found = measure(rounds)
    floor = next(iter(found.values()))[0]
    print("| image, 1080x1350 | CPU ms (median) | x floor | KB |")
    print("|---|---:|---:|---:|")
    for name, (median, size) in found.items():
        print(f"| {name} | {median:.1f} | {median / floor:.1f} | {size // 1000 or ''} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{rounds} interleaved rounds; peak memory {peak} MB with every contender.")


if __name__ == "__main__":
    main()
