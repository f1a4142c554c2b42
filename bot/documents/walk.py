"""A page's tree -> its blocks, each a row of runs: what a browser would set as one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.documents import clutter, plain
from bot.documents.tree import Element
from bot.model import BlockKind

INLINE = frozenset(
    "a abbr acronym b basefont bdi bdo big cite code data del dfn em font i img ins kbd mark picture q ruby s samp "
    "slot small span strike strong sub sup time tt u var wbr".split()
)
SETS_APART = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
WITHIN = frozenset("main article section blockquote figure td li".split())
TITLED = frozenset("dt summary".split())
SUBTITLE = 6
"""The level of a title that no heading element names."""


@dataclass(slots=True)
class Item:
    """A list item: its first block is the bullet, what follows are paragraphs."""

    level: int
    is_open: bool = True


@dataclass(slots=True)
class Box:
    """One block in the making; `letters` is how much ink is in it, `is_bold` holds as long as every run is.

    `breaks` part it from the line above, in the same paragraph; with which it `goes_on` or not.
    """

    kind: BlockKind
    level: int
    may_title: bool
    home: frozenset[str]
    runs: list[int] = field(default_factory=list)
    letters: int = 0
    is_bold: bool = True
    breaks: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for everything within an element; `home` names the main and article elements around it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    lists: int = 0
    item: Item | None = None
    within: bool = False
    is_bold: bool = False
    may_title: bool = True
    home: frozenset[str] = frozenset()


class Walk:
    """Goes through a tree once; `boxes` is what it found, in the order of the tree."""

    def __init__(self, page: Element, words: Sequence[str], ink: Sequence[int]) -> None:
        self.page, self.words, self.ink = page, words, ink
        self.boxes: list[Box] = []
        self.box: Box | None = None
        self.breaks = 0
        self.into(page, Around())

    def into(self, element: Element, around: Around) -> None:
        """Everything within an element."""
        for child in element.children:
            if isinstance(child, int):
                self.run(child, around)
            elif child.tag == "br":
                self.breaks += 1
            elif clutter.is_clutter(child, self.page, within=around.within) and not _is_words(child, around):
                self.past(child, around)
            else:
                self.element(child, around)

    def past(self, element: Element, around: Around) -> None:
        """What is left out parts what stands around it, unless it stands in a line."""
        self.box = self.box if element.tag in INLINE else None
        for title in clutter.keeps(element):
            self.element(title, around)

    def element(self, element: Element, around: Around) -> None:
        """One element that is read."""
        parts = element.tag not in INLINE and ":" not in element.tag
        if parts or SETS_APART.search(element.attributes.get("style", "")):
            self.box = None
            self.into(element, _around(element, around))
            self.box = None
        elif element.tag in {"b", "strong"}:
            self.into(element, replace(around, is_bold=True))
        else:
            self.into(element, around)

    def run(self, run: int, around: Around) -> None:
        """A run joins the block that is open, or opens one."""
        ink = self.ink[run]
        if self.box is not None and not self.words[run].strip():
            self.box.runs.append(run)
            return
        box = self._open_box(self.words[run], around)
        if ink and around.item and around.item.is_open:
            around.item.is_open = False
            if box.kind is BlockKind.PARAGRAPH:
                box.kind, box.level = BlockKind.BULLET, around.item.level
        box.runs.append(run)
        box.letters += ink
        box.is_bold = box.is_bold and (around.is_bold or not ink)

    def _open_box(self, words: str, around: Around) -> Box:
        box, breaks = self.box, self.breaks
        self.breaks = 0
        if box is None:
            box = Box(around.kind, around.level, around.may_title, around.home)
        elif breaks and box.kind is not BlockKind.HEADING:
            goes_on = breaks == 1 and _goes_on(words)
            box = replace(box, runs=[], letters=0, is_bold=True, breaks=breaks, goes_on=goes_on)
        if box is not self.box:
            self.boxes.append(box)
            self.box = box
        return box


def _is_words(element: Element, around: Around) -> bool:
    """The title of a section that folds is often a button."""
    return element.tag == "button" and around.kind is BlockKind.HEADING


def _goes_on(words: str) -> bool:
    """Whether a line goes on with the one above: it starts small, or with a mark that belongs to it."""
    line = words.lstrip()
    return line[:1].islower() or not (line[:1].isalnum() or plain.MARK.match(f"{line} x"))


def _around(element: Element, around: Around) -> Around:
    tag = element.tag
    home = "main" if element.attributes.get("role", "").lower() == "main" else tag
    if tag in WITHIN:
        around = replace(around, within=True)
    if home in {"main", "article"}:
        around = replace(around, within=True, home=around.home | {home})
    if tag in clutter.HEADINGS:
        return replace(around, kind=BlockKind.HEADING, level=int(tag[1]))
    if tag in TITLED:
        return replace(around, kind=BlockKind.HEADING, level=SUBTITLE)
    if tag in {"ul", "ol", "menu", "dir"}:
        return replace(around, lists=around.lists + 1, item=None)
    if tag == "li":
        return replace(around, item=Item(max(around.lists - 1, 0)), may_title=False)
    return replace(around, may_title=around.may_title and tag not in {"td", "dd", "address", "pre"})
