"""Our typesetting beside that of headless Chromium: the same words, faces, sizes and edges, each breaking for itself.

`python -m bench.typesetting` writes docs/pictures/typesetting-*.jpg; docs/typesetting.md looks at them.
"""

from __future__ import annotations

import base64
import html
import io
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image as Pillow
from PIL.Image import Image as Picture

from bot.images import Drawing
from bot.images.brand import palette_of
from bot.images.inks import inks_of
from bot.images.page import Block
from bot.images.paint import Planned, painted
from bot.images.typesetting.fonts import FOLDER
from bot.model import Brand, Image

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PAPER, GAP = "#e9e6df", 20
BRAND = Brand("Quiet Feet Studio", "@quietfeet")
WARM = Brand("Quiet Feet Studio", "@quietfeet", headline_font="Fraunces", text_font="Figtree")

PAIRS: dict[str, tuple[Image, Brand, str]] = {
    "short": (
        Image(
            "Ashiatsu massage reduces chronic tension.",
            "Using the feet as the main tool, the therapist can deliver more pressure over a wider surface area than "
            "can be done with hands and elbows.",
        ),
        BRAND,
        "1080x1350",
    ),
    "long": (
        Image(
            "Ashiatsu massage is great for the psoas, glutes, and hips of every runner.",
            "Those hard to reach muscles that runners put stress on, including the psoas, glutes and hip rotators, are "
            "more easily accessed during an Ashiatsu massage.",
        ),
        BRAND,
        "1080x1350",
    ),
    "number": (
        Image(
            "Give it 20 minutes a week, and see what a rested back can do.",
            "A first visit takes 75 minutes. No. 9, Mill Lane; ring the bell, and come up to the 2nd floor.",
        ),
        BRAND,
        "1080x1080",
    ),
    "quotes": (
        Image(
            "“AVATAR feet”: what Toby, Vera and Yolanda call it.",
            "“I walked in like a plank. I walked out like a waterfall,” says Vera, who runs the office.",
        ),
        WARM,
        "1080x1350",
    ),
    "french": (
        Image(
            "Pieds légers, tête claire : une heure pour vous !",
            "Que se passe-t-il pendant la séance ? On respire, on se pose ; le reste, c’est notre affaire.",
        ),
        BRAND,
        "1080x1350",
    ),
    "wide": (
        Image(
            "The wide, long strokes in Ashiatsu help circulate the lymph.",
            "They elongate the muscles, and leave a runner's legs lighter the day after.",
        ),
        BRAND,
        "1200x675",
    ),
}


def main() -> int:
    """Set every pair, and write the pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (image, brand, size) in PAIRS.items():
            ours, plan = painted(Drawing(image, brand, size=size))
            width, height = ours.size
            page = browser.new_page(viewport={"width": width, "height": height})
            theirs = _theirs(page, plan, image, brand)
            page.close()
            content = _beside(ours, theirs)
            (PICTURES / f"typesetting-{name}.jpg").write_bytes(content)
            print(f"docs/pictures/typesetting-{name}.jpg  {len(content):,} bytes")
        browser.close()
    return 0


def _theirs(page: Any, plan: Planned, image: Image, brand: Brand) -> Picture:
    """The page as Chromium sets it: each block at our size, edge and first baseline, the lines broken by it."""
    palette, format_ = palette_of(brand, ""), plan.page.format
    blocks = "".join(_block(n, block, plan, image) for n, block in enumerate(plan.page.blocks))
    inks = inks_of(palette)
    bars = "".join(
        f'<i style="left:{x}px;top:{y}px;width:{right - x}px;height:{low - y}px;'
        f'background:rgb{inks.of(bar.tone)};position:absolute"></i>'
        for bar in plan.page.bars
        for x, y, right, low in [bar.box]
    )
    first, second = palette.background
    page.set_content(
        f"<!doctype html><meta charset=utf-8><style>{_faces(plan)} body {{ margin: 0; width: {format_.width}px; "
        f"height: {format_.height}px; background: linear-gradient(160deg, {first}, {second}); position: relative; "
        "overflow: hidden } p { position: absolute; margin: 0; font-kerning: normal }</style>"
        f"{bars}{blocks}"
    )
    page.evaluate("document.fonts.ready")
    page.evaluate(
        """() => { for (const p of document.querySelectorAll('p')) {
          const probe = document.createElement('span');
          probe.style.cssText = 'display:inline-block;width:0;height:0';
          p.prepend(probe);
          const base = probe.getBoundingClientRect().bottom - p.getBoundingClientRect().top;
          probe.remove();
          p.style.top = (p.dataset.y - base) + 'px';
        } }"""
    )
    return Pillow.open(io.BytesIO(page.screenshot(type="png"))).convert("RGB")


def _block(number: int, block: Block, plan: Planned, image: Image) -> str:
    said = {"headline": image.headline, "support": image.support}.get(block.voice, " ".join(block.lines))
    wrap = {"headline": "balance", "support": "pretty"}.get(block.voice, "nowrap")
    ink = inks_of(plan.palette).of(block.tone)
    format_ = plan.page.format
    place = {
        "left": f"left:{block.x}px;width:{format_.right - block.x}px",
        "right": f"right:{format_.width - block.x}px",
        "middle": f"left:{format_.left}px;right:{format_.left}px",
    }[block.align]
    face = plan.faces.of(block.voice)[0]
    axes = f"'opsz' {face.optical}, 'SOFT' 0, 'WONK' 0"  # the very instance of a variable font that we draw
    style = "white-space:nowrap" if wrap == "nowrap" else f"text-wrap:{wrap}"
    return (
        f'<p data-y="{block.y}" style="{place};{style};font:{face.weight} '
        f"{block.size}px/{block.leading}px {block.voice};font-variation-settings:{axes};color:rgb{ink};text-align:"
        f'{block.align.replace("middle", "center")}">{html.escape(said)}</p>'
    )


def _faces(plan: Planned) -> str:
    """The very files that we set with; a static one has one weight."""
    rules = []
    for voice in ("headline", "support", "footer", "number"):
        path = plan.faces.of(voice)[0].path
        assert path.parent == FOLDER
        content = base64.b64encode(path.read_bytes()).decode()
        rules.append(
            f"@font-face {{ font-family: {voice}; src: url(data:font/ttf;base64,{content}); font-weight: 100 900 }}"
        )
    return " ".join(rules)


def _beside(ours: Picture, theirs: Picture) -> bytes:
    """Ours on the left, theirs on the right; lying ones below each other."""
    width, height = ours.size
    if width > height:
        sheet = Pillow.new("RGB", (width + 2 * GAP, 2 * height + 3 * GAP), PAPER)
        sheet.paste(ours, (GAP, GAP))
        sheet.paste(theirs, (GAP, height + 2 * GAP))
    else:
        sheet = Pillow.new("RGB", (2 * width + 3 * GAP, height + 2 * GAP), PAPER)
        sheet.paste(ours, (GAP, GAP))
        sheet.paste(theirs, (width + 2 * GAP, GAP))
    sheet = sheet.resize((1600, round(sheet.height * 1600 / sheet.width)), Pillow.Resampling.LANCZOS)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
