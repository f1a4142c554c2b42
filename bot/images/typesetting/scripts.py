"""Where the letters of other scripts come from: the `scripts` extra first, then fonts the system already has."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

EXTRA = "pip install 'footnote-bot[scripts]'"

_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class File:
    """A font file, and which face of it when it is a collection."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """Letters, the package of the extra with their fonts, and what systems call theirs, as "name" or "name:index"."""

    letters: re.Pattern[str]
    package: str
    sans: str
    serif: str
    system_sans: tuple[str, ...]
    system_serif: tuple[str, ...]


def _script(letters: str, package: str, faces: str, sans: str, serif: str) -> Script:
    first, second = faces.split()
    return Script(re.compile(f"[{letters}]"), package, first, second, tuple(sans.split()), tuple(serif.split()))


KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_WIDE = "\u3000-\u303f\uff00-\uffef"

SCRIPTS = {
    "ja": _script(
        KANA + HAN + _WIDE,
        "pylopdf_fonts_jp",
        "NotoSansJP-Regular.otf NotoSerifJP-Regular.otf",
        "NotoSansCJK-Bold.ttc:0 NotoSansCJK-Regular.ttc:0 NotoSansCJKjp-Regular.otf NotoSansJP-Regular.otf "
        "HiraginoSans-W6.ttc YuGothB.ttc meiryo.ttc ipagp.ttf",
        "NotoSerifCJK-Bold.ttc:0 NotoSerifCJK-Regular.ttc:0 NotoSerifJP-Regular.otf yumin.ttf ipamp.ttf",
    ),
    "zh": _script(
        HAN + _WIDE,
        "pylopdf_fonts_zh_cn",
        "NotoSansSC-Regular.otf NotoSerifSC-Regular.otf",
        "NotoSansCJK-Bold.ttc:2 NotoSansCJK-Regular.ttc:2 NotoSansCJKsc-Regular.otf NotoSansSC-Regular.otf "
        "PingFang.ttc STHeiti-Medium.ttc msyh.ttc wqy-microhei.ttc wqy-zenhei.ttc",
        "NotoSerifCJK-Bold.ttc:2 NotoSerifCJK-Regular.ttc:2 NotoSerifSC-Regular.otf Songti.ttc simsun.ttc",
    ),
    "ko": _script(
        HANGUL + HAN + _WIDE,
        "pylopdf_fonts_ko",
        "NotoSansKR-Regular.otf NotoSerifKR-Regular.otf",
        "NotoSansCJK-Bold.ttc:1 NotoSansCJK-Regular.ttc:1 NotoSansKR-Regular.otf AppleSDGothicNeo.ttc malgun.ttf "
        "NanumGothic.ttf",
        "NotoSerifCJK-Bold.ttc:1 NotoSerifCJK-Regular.ttc:1 NotoSerifKR-Regular.otf NanumMyeongjo.ttf batang.ttc",
    ),
    "ar": _script(
        "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        "pylopdf_fonts_ar",
        "NotoSansArabic-Variable.ttf NotoNaskhArabic-Variable.ttf",
        "NotoSansArabic-Regular.ttf NotoSansArabic-Bold.ttf GeezaPro.ttc segoeui.ttf",
        "NotoNaskhArabic-Regular.ttf NotoNaskhArabic-Bold.ttf Amiri-Regular.ttf tradbdo.ttf",
    ),
    "he": _script(
        "\u0591-\u05f4\ufb1d-\ufb4f",
        "pylopdf_fonts_he",
        "NotoSansHebrew-Variable.ttf NotoSerifHebrew-Variable.ttf",
        "NotoSansHebrew-Regular.ttf NotoSansHebrew-Bold.ttf ArialHB.ttc segoeui.ttf",
        "NotoSerifHebrew-Regular.ttf NotoSerifHebrew-Bold.ttf FrankRuehlCLM-Medium.ttf david.ttf",
    ),
    "hi": _script(
        "\u0900-\u097f\ua8e0-\ua8ff",
        "pylopdf_fonts_hi",
        "NotoSansDevanagari-Variable.ttf NotoSerifDevanagari-Variable.ttf",
        "NotoSansDevanagari-Regular.ttf NotoSansDevanagari-Bold.ttf Kohinoor.ttc Nirmala.ttf",
        "NotoSerifDevanagari-Regular.ttf NotoSerifDevanagari-Bold.ttf",
    ),
    "th": _script(
        "\u0e01-\u0e5b",
        "pylopdf_fonts_th",
        "NotoSansThai-Variable.ttf NotoSerifThai-Variable.ttf",
        "NotoSansThai-Regular.ttf NotoSansThai-Bold.ttf Thonburi.ttc leelawui.ttf",
        "NotoSerifThai-Regular.ttf NotoSerifThai-Bold.ttf",
    ),
}

_KANA, _HANGUL, _HAN = re.compile(f"[{KANA}]"), re.compile(f"[{HANGUL}]"), re.compile(f"[{HAN}]")


def east_asian(text: str) -> str:
    """Whose shapes the Han letters of the text want ("ja", "ko", "zh"); "" when it has none of theirs."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    return "zh" if _HAN.search(text) else ""


def scripts_of(char: str) -> tuple[str, ...]:
    """The scripts that have the character; of Han the Chinese first, because Japanese and Korean show themselves."""
    return tuple(name for name in ("zh", "ja", "ko", "ar", "he", "hi", "th") if SCRIPTS[name].letters.match(char))


@lru_cache(maxsize=32)
def files(name: str, *, serif: bool) -> tuple[File, ...]:
    """Every font at hand for the script: the extra's, then the system's; the wanted style before the other."""
    script = SCRIPTS[name]
    found = []
    for style in (serif, not serif):
        found += _packaged(script.package, script.serif if style else script.sans)
        for entry in script.system_serif if style else script.system_sans:
            file, _, index = entry.partition(":")
            if path := _installed().get(file.lower()):
                found.append(File(path, int(index or 0)))
    return tuple(found)


def bringable(char: str) -> bool:
    """Whether the extra has the character's script and is not here yet."""
    return any(find_spec(SCRIPTS[name].package) is None for name in scripts_of(char))


def _packaged(package: str, name: str) -> list[File]:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else ()
    return [File(path) for folder in folders if (path := Path(folder, name)).is_file()]


@lru_cache(maxsize=1)
def _installed() -> dict[str, Path]:
    """The font files of the system by their lower-case names; of two with one name the first in order of folders."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for where, below, names in os.walk(Path(folder).expanduser()):
            below.sort()
            for name in sorted(names):
                found.setdefault(name.lower(), Path(where, name))
    return found
