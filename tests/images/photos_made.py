"""Photos made by code: grounds for words, and files that a camera, a program or an enemy might have written."""

from __future__ import annotations

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, ImageFilter

GROUNDS = ("white", "black", "grey", "noise", "fine noise", "board", "stripes", "ramp", "colours", "sparks")


def ground(kind, size):
    width, height = size
    if kind in {"white", "black", "grey"}:
        return Image.new("RGB", size, {"white": (255,) * 3, "black": (0,) * 3, "grey": (128,) * 3}[kind])
    if kind in {"noise", "fine noise"}:
        scale = 6 if kind == "noise" else 1
        small = (width // scale + 1, height // scale + 1)
        pixels = random.Random(1).randbytes(3 * small[0] * small[1])
        return Image.frombytes("RGB", small, pixels).resize((small[0] * scale, small[1] * scale)).crop((0, 0, *size))
    if kind in {"board", "stripes"}:
        return patches([(0, 0, 0), (255, 255, 255)], 1 if kind == "board" else 5, 0, size)
    if kind == "ramp":
        return Image.linear_gradient("L").resize(size).convert("RGB")
    if kind == "colours":
        hue = Image.linear_gradient("L").rotate(90).resize(size)
        return Image.merge("HSV", (hue, Image.new("L", size, 255), Image.new("L", size, 255))).convert("RGB")
    picture = Image.new("RGB", size, (30, 40, 60))
    spots = random.Random(2)
    for _ in range(60):
        picture.putpixel((spots.randrange(width), spots.randrange(height)), (255, 255, 255))
    return picture


def patches(colours, side, seed, size):
    """Squares of `side` pixels, their colours in a random order; seed 0 = in turn."""
    across, down = size[0] // side + 1, size[1] // side + 1
    order = random.Random(seed)
    turns = [
        (x + y) % len(colours) if not seed else order.randrange(len(colours))
        for y in range(down)
        for x in range(across)
    ]
    small = Image.frombytes("RGB", (across, down), bytes(part for turn in turns for part in colours[turn]))
    return small.resize((across * side, down * side), Image.Resampling.NEAREST).crop((0, 0, *size))


def scene(size, at=(0.5, 0.5)):
    """A calm ground with one thing on it, around the point `at`."""
    width, height = size
    picture = Image.linear_gradient("L").resize(size).point(lambda value: 90 + value / 5).convert("RGB")
    draw, reach = ImageDraw.Draw(picture), min(size) / 9
    x, y = at[0] * width, at[1] * height
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(230, 120, 40))
    draw.ellipse((x - reach / 2, y - reach / 2, x + reach / 2, y + reach / 2), fill=(60, 10, 10))
    return picture.filter(ImageFilter.GaussianBlur(min(size) / 400))


def saved(picture, form="JPEG", **options):
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def turned(number, size=(900, 600)):
    """A photo whose upper left quarter is red once it is upright, as a camera held in the way `number` writes it."""
    picture = Image.new("RGB", size, (40, 40, 40))
    picture.paste((250, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(number)
    exif = Image.Exif()
    exif[0x0112] = number
    exif[0x010F] = "Camera of a client"
    exif[0x8825] = {1: "N", 2: (48.0, 8.0, 7.0), 3: "E", 4: (11.0, 34.0, 0.0)}
    return saved(picture if back is None else picture.transpose(Image.Transpose(back)), exif=exif)


def profile(gamma, primaries, space=b"RGB "):
    """A small ICC profile: a gamma and the D50 XYZ of red, green and blue (of none for grey)."""
    fixed = lambda value: struct.pack(">i", round(value * 65536))  # noqa: E731
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    white = b"XYZ " + bytes(4) + b"".join(map(fixed, (0.9642, 1.0, 0.8249)))
    named = b"desc" + bytes(4) + struct.pack(">I", 2) + b"x\0" + bytes(78)
    tags = {b"desc": named, b"wtpt": white, b"cprt": b"text" + bytes(4) + b"none\0"}
    if primaries:
        for name, xyz in zip((b"r", b"g", b"b"), primaries, strict=True):
            tags |= {name + b"XYZ": b"XYZ " + bytes(4) + b"".join(map(fixed, xyz)), name + b"TRC": curve}
    else:
        tags[b"kTRC"] = curve
    table, body, at = b"", b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        table += name + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = (
        struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x02100000, b"mntr", space, b"XYZ ") + bytes(12) + b"acsp"
    )
    head += bytes(28) + b"".join(map(fixed, (0.9642, 1.0, 0.8249)))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


DISPLAY_P3 = profile(2.2, ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)))
ADOBE_RGB = profile(2.2, ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446)))
GREY = profile(1.0, (), b"GRAY")


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width, height, *chunks, depth=8, colour=2):
    """A PNG that says it is so large, with these chunks and no pixels of its own."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def restated(jpeg, width, height):
    """A JPEG whose frame says another size than its pixels have."""
    at = next(n for n in range(len(jpeg)) if jpeg[n : n + 2] in {b"\xff\xc0", b"\xff\xc2"})
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]
