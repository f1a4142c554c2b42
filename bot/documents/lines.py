"""The lines of a page's paragraphs, parted by breaks: which are titles, which are items, and which go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents import plain
from bot.documents.walk import SUBTITLE, Box
from bot.model import BlockKind

AFTER_COLON, UNDER_TITLE = 2, 3
"""So many short lines are a list where they stand under such a line."""


@dataclass(slots=True)
class Lines:
    """Goes through the boxes of a page once, each a line of its paragraph."""

    boxes: Sequence[Box]
    words: Sequence[str]
    at: int = 0

    def shaped(self) -> Iterator[Box]:
        """A short line that is all bold is a title; short lines under a title or a colon are items."""
        least = 0
        while self.at < len(self.boxes):
            items = self._items(least) if least else 0
            if items:
                yield from (replace(box, kind=BlockKind.BULLET) for box in self.boxes[self.at : self.at + items])
                self.at, least = self.at + items, 0
                continue
            box = self._whole()
            least = self._least(box)
            yield box

    def _whole(self) -> Box:
        """The next line with those that go on with it."""
        first = last = self.boxes[self.at]
        self.at += 1
        lines = [first]
        while self._more() and self.boxes[self.at].goes_on:
            least = self._least(self._titled(last) if last is first else last)
            if least and self._items(least):
                break
            last = self.boxes[self.at]
            lines.append(last)
            self.at += 1
        return self._titled(_joined(lines))

    def _more(self) -> bool:
        return self.at < len(self.boxes) and bool(self.boxes[self.at].breaks)

    def _items(self, least: int) -> int:
        """How many of the next lines are items; none where they are fewer than that."""
        end = self.at
        while end < len(self.boxes) and self._is_item(self.boxes[end], first=end == self.at):
            end += 1
        return end - self.at if end - self.at >= least else 0

    def _is_item(self, box: Box, *, first: bool) -> bool:
        return (first or box.breaks == 1) and self._is_short(box) and not box.is_bold

    def _least(self, above: Box) -> int:
        """How many short lines below it would be its items; 0 where none can be."""
        if above.kind is BlockKind.HEADING:
            return UNDER_TITLE
        return AFTER_COLON if self._text(above).endswith(":") else 0

    def _titled(self, box: Box) -> Box:
        is_title = self._is_short(box) and box.is_bold
        return replace(box, kind=BlockKind.HEADING, level=SUBTITLE) if is_title else box

    def _is_short(self, box: Box) -> bool:
        return box.kind is BlockKind.PARAGRAPH and box.may_title and plain.is_title(self._text(box))

    def _text(self, box: Box) -> str:
        return " ".join("".join(self.words[run] for run in box.runs).split())


def _joined(lines: Sequence[Box]) -> Box:
    runs = [run for line in lines for run in line.runs]
    letters, is_bold = sum(line.letters for line in lines), all(line.is_bold for line in lines)
    return replace(lines[0], runs=runs, letters=letters, is_bold=is_bold)


def shaped(boxes: Sequence[Box], words: Sequence[str]) -> list[Box]:
    """The boxes of a page as blocks; `words` are those of its runs."""
    return list(Lines(boxes, words).shaped())
