"""Lines as they are set on pages -> blocks: told apart by size, weight, gaps, indents and marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median, quantiles

from bot.documents import plain
from bot.documents.composed import Line
from bot.documents.hyphens import LONGEST, PARTED, Joiner
from bot.model import BlockKind

MARK = re.compile(rf"{plain.MARK.pattern}|[oO¨§\uf0a7\uf0b7\uf076\uf0fc\uf0d8][ \t\u00a0]+(?=\S)|[•▪●■\uf0b7](?=\S)")
"""A bullet; Word draws them with letters of fonts that hold nothing but signs."""
LARGER, SAME, APART, INDENT = 1.15, 0.08, 1.4, 0.8
"""Of a title to the body; of sizes that count as one; of a gap to the leading; of an indent to the size."""
FULL, FEW = 0.75, 40
"""A line filled so far goes on; in a column of so few letters that alone does not say it."""
FAR, COLUMN = 6, 3
"""No indent is so many sizes wide; so many lines that begin at one place make it a margin."""
TITLE_WORDS = 20
NEAR = 8
"""So many lines back tell whether a column holds sentences or a list."""
EDGES, EDGE_LETTERS, LEAST_PAGES = 3, 80, 3
NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|\|)\s*\d{1,4})?\W*", re.IGNORECASE
)
STAMP = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?(?:\s.*)?|(?:https?|file)://\S+(?:\s+\d+/\d+)?",
    re.IGNORECASE,
)
"""What browsers print above and below a page."""
ENDS = (*plain.SENTENCE_END, ".)", ".”", '."', "!”", "?”")


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a page, its place and size in points; `y` grows upwards."""

    words: str
    page: int
    x: float
    y: float
    size: float
    is_bold: bool = False


@dataclass(slots=True)
class Piece:
    """Lines that belong together, in the making."""

    kind: BlockKind
    lines: list[Printed]
    level: int = 0
    is_marked: bool = False

    @property
    def may_title(self) -> bool:
        """Whether it is one short line that is no sentence."""
        return self.kind is BlockKind.PARAGRAPH and len(self.lines) == 1 and plain.is_title(self.lines[0].words)


def blocks(lines: Sequence[Printed]) -> Iterator[Line]:
    """The blocks in reading order, without what stands on the edge of every page."""
    kept = _without_edges(lines)
    joiner = Joiner([line.words for line in kept])
    for piece in _ranked(_titled(_listed(_pieces(kept)))):
        words = [line.words for line in piece.lines]
        if piece.is_marked:
            words[0] = MARK.sub("", words[0], count=1)
        yield Line(piece.kind, piece.level, joiner.join(words), f"page {piece.lines[0].page}")


def _without_edges(lines: Sequence[Printed]) -> list[Printed]:
    """The lines without running heads and feet, and without page numbers."""
    edges: dict[int, set[Printed]] = {}
    for number, page in groupby(lines, key=lambda line: line.page):
        down = sorted(page, key=lambda line: -line.y)
        edges[number] = {*down[:EDGES], *down[-EDGES:]}
    keys = [{key for line in edge if len(key := _folded(line)) <= EDGE_LETTERS} for edge in edges.values()]
    count = Counter(key for edge in keys for key in edge)
    runs = {key for key, pages in count.items() if len(edges) >= LEAST_PAGES and pages * 2 >= len(edges)}

    def is_edge(line: Printed) -> bool:
        is_number = len(edges) > 1 and NUMBER.fullmatch(line.words)
        return line in edges[line.page] and bool(_folded(line) in runs or is_number or STAMP.fullmatch(line.words))

    return [line for line in lines if not is_edge(line)]


def _folded(line: Printed) -> str:
    return re.sub(r"\d+", "#", line.words.casefold())


class _Body:
    """How most of a document is set: size, letters to a line, and the leading of each size."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_bucket(line.size)] += len(line.words)
        self.size = sizes.most_common(1)[0][0]
        letters = [len(line.words) for line in lines if _bucket(line.size) == self.size]
        self.width = quantiles(letters, n=5)[-1] if len(letters) > 1 else letters[0]
        self.leading = _leading(lines)

    def is_title(self, line: Printed) -> bool:
        """Whether it is set larger, and is short enough."""
        return line.size > LARGER * self.size and len(line.words.split()) <= TITLE_WORDS

    def goes_on(self, piece: Piece, line: Printed) -> bool:
        """Whether a line belongs to the piece above it."""
        last = piece.lines[-1]
        if abs(line.size - last.size) > SAME * last.size or line.is_bold != last.is_bold:
            return False
        gap = last.y - line.y
        if last.page != line.page or gap < 0:  # another column, or another page
            return piece.kind is not BlockKind.HEADING and self._flows(last, line)
        if gap > APART * self.leading.get(_bucket(line.size), 1.2 * line.size):
            return False
        if piece.kind is BlockKind.HEADING or line.words[:1].islower() or PARTED.search(last.words[-LONGEST:]):
            return True
        if line.x > last.x + INDENT * line.size and last.words.endswith(ENDS) and not piece.is_marked:
            return False
        is_prose = self.width >= FEW or any(one.words.rstrip().endswith(ENDS) for one in piece.lines[-NEAR:-1])
        return len(last.words) >= FULL * self.width and is_prose

    def _flows(self, last: Printed, line: Printed) -> bool:
        if last.words.endswith(ENDS):
            return False
        return line.words[:1].islower() or (len(last.words) >= FULL * self.width and not plain.is_title(last.words))


def _bucket(size: float) -> float:
    return round(size * 2) / 2


def _leading(lines: Sequence[Printed]) -> Mapping[float, float]:
    gaps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        gap, size = above.y - below.y, _bucket(below.size)
        if above.page == below.page and _bucket(above.size) == size and 0 < gap < 2.5 * size:
            gaps[size].append(gap)
    return {size: median(found) for size, found in gaps.items()}


def _pieces(lines: Sequence[Printed]) -> list[Piece]:
    body = _Body(lines) if lines else None
    pieces: list[Piece] = []
    for line in lines:
        is_marked = MARK.match(line.words) is not None
        if pieces and body and not is_marked and body.goes_on(pieces[-1], line):
            pieces[-1].lines.append(line)
        elif is_marked:
            pieces.append(Piece(BlockKind.BULLET, [line], is_marked=True))
        else:
            is_title = body is not None and body.is_title(line)
            pieces.append(Piece(BlockKind.HEADING if is_title else BlockKind.PARAGRAPH, [line]))
    return pieces


def _listed(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs that are indented from the first line to the last are items; their marks were drawn, not written."""
    margins = _margins(pieces)
    listed: list[Piece] = []
    for piece in pieces:
        first, x = piece.lines[0], min(line.x for line in piece.lines)
        shifts = (x - margin for margin in margins[first.page])
        is_inside = any(INDENT * first.size < shift < FAR * first.size for shift in shifts)
        is_item = piece.kind is BlockKind.PARAGRAPH and is_inside and not first.is_bold
        listed.append(replace(piece, kind=BlockKind.BULLET) if is_item else piece)
    return listed


def _margins(pieces: list[Piece]) -> Mapping[int, list[int]]:
    """Where the columns of each page begin: several lines of paragraphs stand there exactly."""
    starts = Counter(
        (line.page, round(line.x)) for piece in pieces if piece.kind is BlockKind.PARAGRAPH for line in piece.lines
    )
    margins: dict[int, list[int]] = defaultdict(list)
    for (page, x), count in starts.items():
        if count >= COLUMN:
            margins[page].append(x)
    return margins


def _titled(pieces: list[Piece]) -> list[Piece]:
    """A short line above other words is their title; several under one another are a list."""
    titled: list[Piece] = []
    for n, piece in enumerate(pieces):
        before = titled[-1] if titled else None
        after = pieces[n + 1] if n + 1 < len(pieces) else None
        kind = piece.kind
        if piece.may_title and piece.lines[0].is_bold and after:
            kind = BlockKind.HEADING
        elif piece.may_title and ((after and after.may_title) or (before and pieces[n - 1].may_title)):
            kind = BlockKind.BULLET
        elif piece.may_title and after and after.kind is not BlockKind.HEADING:
            kind = BlockKind.HEADING
        titled.append(replace(piece, kind=kind))
    return titled


def _ranked(pieces: list[Piece]) -> list[Piece]:
    """Headings get their level from their size, items from their indent."""
    sizes = sorted({_bucket(piece.lines[0].size) for piece in pieces if piece.kind is BlockKind.HEADING}, reverse=True)
    ranked: list[Piece] = []
    steps: list[float] = []
    for piece in pieces:
        first, level = piece.lines[0], 0
        if piece.kind is BlockKind.HEADING:
            level = min(sizes.index(_bucket(first.size)) + 1, 6)
        elif piece.kind is BlockKind.BULLET and piece.is_marked:
            steps = [step for step in steps if step < first.x - INDENT * first.size / 2]
            level = min(len(steps), 5)
            steps.append(first.x)
        if piece.kind is not BlockKind.BULLET:
            steps = []
        ranked.append(replace(piece, level=level))
    return ranked
