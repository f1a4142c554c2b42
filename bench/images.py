"""What an image costs: against the bare encode of the ready pixels, a script one would write first, and a browser."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from itertools import permutations
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw, ImageFont, ImageOps

from bench.browser import Browser
from bot.images import Drawing, draw
from bot.images.paint import forget_photo
from bot.images.photos import Photo, Photos
from bot.images.typesetting.fonts import FOLDER
from bot.model import Brand, Image

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
HEADLINE = "Ashiatsu massage is great for the psoas, glutes, and hips of every runner."
SUPPORT = (
    "Those hard to reach muscles that runners put stress on, including the psoas, glutes and hip rotators, are more "
    "easily accessed during an Ashiatsu massage."
)
TITLE, SHORT = "Ashiatsu massage reduces chronic tension.", "More pressure, with less effort."
FIVE = ("1080x1350", "1080x1080", "1200x675", "1000x1500", "1080x1920")
ROUNDS = 25
VOWELS = tuple("".join(order) for order in permutations("aeiou"))
Run = Callable[[int], bytes]


def fresh(text: str, n: int) -> str:
    """The text with its vowels exchanged: words that no cache has seen, of about the same length."""
    return text.translate(str.maketrans("aeiou", VOWELS[n % len(VOWELS)]))


def footnote(n: int) -> bytes:
    return draw(Drawing(Image(fresh(HEADLINE, n), fresh(SUPPORT, n)), BRAND))


def on_photo(photo: Photo, *sizes: str) -> Run:
    """The photo decoded anew for each round, once for all its sizes."""

    def run(n: int) -> bytes:
        forget_photo()
        image = Image(fresh(TITLE, n), fresh(SHORT, n), template="photo", photo=photo.name)
        return b"".join(draw(Drawing(image, BRAND, size, photo=photo)) for size in sizes)

    return run


def saved(picture: Pillow.Image, name: str = "JPEG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, name, **(options or {"quality": 88, "subsampling": 0}))
    return out.getvalue()


def floor_of(photo: Path, ready: list[Pillow.Image], *, draft: bool) -> Run:
    """The bare work: the photo decoded (`draft`: at half its size, as JPEG can), each picture encoded."""

    def run(_: int) -> bytes:
        with Pillow.open(photo) as opened:
            if draft:
                opened.draft("RGB", (opened.width // 2, opened.height // 2))
            opened.load()
        return b"".join(saved(one) for one in ready)

    return run


def naive(name: str, photo: Path | None = None, **options: object) -> Run:
    """A size loop for each text, a line per gradient row or a flat wash on the photo, the encoder's heavy settings."""

    def run(n: int) -> bytes:
        picture = Pillow.new("RGB", (1080, 1350))
        if photo:
            fitted = ImageOps.fit(Pillow.open(photo), (1080, 1350), Pillow.Resampling.LANCZOS)
            picture = Pillow.blend(fitted, picture, 0.5)
        pen = ImageDraw.Draw(picture)
        for y in range(0 if photo else 1350):
            pen.line([(0, y), (1080, y)], fill=(13 + y // 130, 59 + y // 45, 62 + y // 90))
        y = set_greedily(pen, fresh(TITLE if photo else HEADLINE, n), "DMSerifDisplay.ttf", room=range(130, 690))
        set_greedily(pen, fresh(SHORT if photo else SUPPORT, n), "DMSans.ttf", room=range(y + 80, 1150))
        return saved(picture, name, **options)

    return run


def set_greedily(pen: ImageDraw.ImageDraw, text: str, file: str, room: range) -> int:
    size, y = len(room) // 3, room.start
    while True:
        font = ImageFont.truetype(FOLDER / file, size)
        lines: list[str] = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            lines[-1:] = [longer] if pen.textlength(longer, font=font) <= 888 else [lines[-1], word]
        if len(lines) * size * 1.2 <= len(room) and all(pen.textlength(line, font=font) <= 888 for line in lines):
            break
        size -= 1
    for line in lines:
        pen.text((96, y), line, font=font, fill="#fdf8ef")
        y += round(size * 1.2)
    return y


def made_photo(path: Path) -> None:
    """A photo of 12 megapixels made of noise at every scale: about as many bytes as a camera's."""

    def noise(*scales: tuple[int, int]) -> Pillow.Image:
        plane = Pillow.new("L", size, 110)
        for scale, strength in scales:
            rough = Pillow.effect_noise((size[0] // scale + 1, size[1] // scale + 1), strength)
            plane = ImageChops.add(plane, rough.resize(size, Pillow.Resampling.BICUBIC), 1, -128)
        return plane

    size = (4000, 3000)
    light, tints = noise((250, 60), (60, 40), (16, 22), (4, 12), (1, 7)), [noise((120, 14), (16, 5)) for _ in range(3)]
    Pillow.merge("RGB", [ImageChops.add(light, tint, 1, -110) for tint in tints]).save(path, quality=90)


def measured(runs: dict[str, Run], rounds: int) -> dict[str, tuple[float, int]]:
    """Median CPU milliseconds and bytes of each contender, in interleaved rounds."""
    spent: dict[str, list[float]] = {name: [] for name in runs}
    size: dict[str, int] = {}
    for n in range(rounds):
        for name, run in runs.items():
            start = time.process_time()
            size[name] = len(run(n))
            spent[name].append((time.process_time() - start) * 1e3)
    return {name: (statistics.median(times), size[name]) for name, times in spent.items()}


def tell(title: str, found: dict[str, tuple[float, int]]) -> None:
    floor = next(iter(found.values()))[0]
    print(f"\n| {title} | CPU ms (median) | x floor | KB |\n|---|---:|---:|---:|")
    for name, (median, size) in found.items():
        print(f"| {name} | {median:.1f} | {median / floor:.2f} | {size // 1000 or ''} |")


def peak(what: str) -> int:
    """MB that a process of its own needs at most for thirty pictures of one kind."""
    code = f"from bench.images import alone; alone({what!r})"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def alone(what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if what:
            photo = Photos(Path(what)).find("images/backgrounds/made.jpg")
            run = on_photo(photo, *FIVE)
        else:
            run = footnote
        for n in range(6 if what else 30):
            run(n)
        del folder
    status = Path("/proc/self/status").read_text()  # getrusage would tell of whoever started this process, too
    print(int(status.partition("VmHWM:")[2].split()[0]) >> 10)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    start = time.process_time()
    ready = Pillow.open(BytesIO(footnote(0))).convert("RGB")
    first = (time.process_time() - start) * 1e3
    with Browser() as browser:
        found = measured(
            {
                "floor: JPEG q88 4:4:4 of the ready image": lambda _: saved(ready),
                "footnote": footnote,
                "naive Pillow, JPEG 95": naive("JPEG", quality=95),
                "naive Pillow, PNG optimize": naive("PNG", optimize=True),
            },
            rounds,
        )
        found |= browser.measured(rounds, lambda n: (fresh(HEADLINE, n), fresh(SUPPORT, n)))
    tell("gradient, 1080x1350", found | {"footnote, first image of a process": (first, 0)})
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "images" / "backgrounds").mkdir(parents=True)
        given = root / "images" / "backgrounds" / "made.jpg"
        made_photo(given)
        began = time.monotonic()
        photo = Photos(root).find("images/backgrounds/made.jpg")
        intake = time.monotonic() - began
        pictures = {size: Pillow.open(BytesIO(on_photo(photo, size)(0))).convert("RGB") for size in FIVE}
        one, five = [pictures[FIVE[0]]], list(pictures.values())
        tell(
            f"photo of 12 megapixels ({given.stat().st_size // 1000:,} KB), 1080x1350",
            measured(
                {
                    "floor: it decoded at half its size, and the JPEG encode": floor_of(given, one, draft=True),
                    "the same floor on its clean copy": floor_of(photo.clean, one, draft=False),
                    "footnote": on_photo(photo, FIVE[0]),
                    "naive Pillow, JPEG 95": naive("JPEG", given, quality=95),
                },
                rounds,
            ),
        )
        tell(
            "five formats of one photo",
            measured(
                {
                    "floor: it decoded whole, and five JPEG encodes": floor_of(given, five, draft=False),
                    "the same floor on its clean copy": floor_of(photo.clean, five, draft=False),
                    "footnote": on_photo(photo, *FIVE),
                },
                max(5, rounds // 2),
            ),
        )
        print(f"\nTaking the photo in (a child process cleans it, finds its subject and faces; once): {intake:.1f} s.")
        print(f"Peak memory of a process: thirty gradients {peak('')} MB, photos in five formats {peak(folder)} MB.")
    print(f"{rounds} interleaved rounds; words no cache has seen, the photo decoded anew in each.")


if __name__ == "__main__":
    main()
