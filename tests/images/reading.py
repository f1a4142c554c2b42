"""Words read back from pixels by a machine that knows nothing of how they were drawn."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image as Pillow


def need_tesseract():
    """Skips where the reader is not installed; on the build machine that is a failure."""
    if not shutil.which("tesseract"):
        assert os.environ.get("CI") != "true", "tesseract is missing: the read-back may not be skipped here"
        pytest.skip("tesseract is not installed")


def plain(text):
    """The words of a text as both sides write them."""
    return re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", ""))


def missed(drawn, block):
    """The words of a block that are not read in it: by itself, its letters some 58 px high, else 48, else 90."""
    words = plain(" ".join(block.lines))
    for height in (58, 48, 90):
        mode = "8" if len("".join(block.lines)) < 4 else "6"
        seen = plain(recognised(block_of(drawn, block, height), mode))
        words = [word for word in words if word not in seen]
        if not words:
            break
    return words


def block_of(drawn, block, height, aside=40):
    """A block cut out and brought to a size: a reader of documents expects no huge letters."""
    left, top, right, bottom = block.box
    box = (left - aside, top - aside - block.size // 6, right + aside, bottom + aside)
    part = drawn.crop((max(0, box[0]), max(0, box[1]), min(drawn.width, box[2]), min(drawn.height, box[3])))
    scale = min(2.0, height / block.size)
    return part.convert("L").resize((round(part.width * scale), round(part.height * scale)), Pillow.Resampling.LANCZOS)


def recognised(part, mode):
    """What tesseract reads in a block of lines."""
    out = BytesIO()
    part.save(out, "PNG")
    command = ["tesseract", "-", "-", "--psm", mode, "--dpi", "150"]
    one = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=out.getvalue(), env=one, capture_output=True, check=True).stdout.decode()
