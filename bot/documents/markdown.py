"""Markdown, with the front matter, HTML and MDX that people put into it: block structure by markdown-it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents import inline, plain, raw_html
from bot.documents.decoded import decode_text
from bot.documents.parsed import Parsed, as_block, blank
from bot.model import Block, BlockKind, Span

FRONT = re.compile(r"\A(?:---[ \t]*\n((?:.*\n)*?)(?:---|\.\.\.)|\+\+\+[ \t]*\n((?:.*\n)*?)\+\+\+)[ \t]*(?:\n|\Z)")
FRONT_LINE = re.compile(r"\s*$|\s|#|-\s|[\w\"'.-]+\s*[:=]|[\]}]")
FRONT_VALUE = re.compile(r"^(subject|lang|language)\s*[:=]\s*(.+?)\s*$", re.MULTILINE)
MODULE_LINE = re.compile(r"(?:import\s+(?:.+\sfrom\s+)?['\"]|export\s+(?:const|let|default|function|async)\b)")
LINE_START = re.compile(r"^(?=.)", re.MULTILINE)
HARD_BREAK = re.compile(r"(?:(?:[ \t]{2,}|\\)\n|<[bB][rR]\s*/?>)(?=\s*[*_\[]*[^\Wa-z])")


def parse(text: str) -> Parsed:
    """Markdown as blocks; everything that is not a reader's word is blanked."""
    body, told = _without_front_matter(text)
    sheet = Sheet(body)
    sheet.place(MarkdownIt("commonmark").enable("table").disable("code").parse(body))
    language = told.get("lang") or told.get("language") or ""
    return Parsed("".join(sheet.readable), tuple(sheet.blocks), told.get("subject", ""), language, text)


def parse_bytes(content: bytes, tell: Callable[[int, int], None] | None = None) -> dict[str, object]:
    """The text as what crosses a process."""
    return parse(decode_text(content)).told()


def _without_front_matter(text: str) -> tuple[str, dict[str, str]]:
    front = FRONT.match(text)
    inner = (front[1] or front[2] or "") if front else ""
    if not front or not all(map(FRONT_LINE.match, inner.split("\n"))):
        return text, {}
    told = {name: " ".join(value.strip("\"'").split()) for name, value in reversed(FRONT_VALUE.findall(inner))}
    return blank(front[0]) + text[front.end() :], told


class Sheet:
    """A blank page as large as the text, onto which the words of each block are copied."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.readable = list(blank(body))
        self.blocks: list[Block] = []
        self.starts = [0, *(match.end() for match in re.finditer("\n", body))]

    def place(self, tokens: list[Token]) -> None:
        """Copy every block that holds words."""
        depth, fresh, parent = 0, False, ""
        cursor = 0
        for token in tokens:
            depth += token.nesting if token.type.endswith(("list_open", "list_close")) else 0
            fresh = fresh or token.type == "list_item_open"
            if token.type == "html_block" and token.map:
                self.place_html((self.start(token.map[0]), self.start(token.map[1])))
            elif token.type == "inline" and token.map and parent != "th":
                pieces = self.find(token.content, token.map[0], cursor)
                # the cells of a row share a line: each is looked for behind the one before
                cursor = pieces[-1][1] if pieces else cursor
                self.place_inline(pieces, *_kind(parent, depth if fresh else 0))
                fresh = False
            parent = token.tag if token.nesting == 1 else parent

    def start(self, line: int) -> int:
        """Where a line begins (past the last line: the end of the text)."""
        return self.starts[line] if line < len(self.starts) else len(self.body)

    def find(self, content: str, line: int, cursor: int) -> list[Span]:
        """Where each line of a token's content stands in the source, behind its marks and indents."""
        pieces = []
        for n, words in enumerate(map(str.strip, content.split("\n"))):
            at = self.body.find(words, max(cursor, self.start(line + n)), self.start(line + n + 1))
            if words and at >= 0:
                pieces.append((at, at + len(words)))
        return pieces

    def place_inline(self, pieces: list[Span], kind: BlockKind, level: int) -> None:
        """Copy the words of a heading, paragraph, list item or cell; a hard break starts another block."""
        if not pieces or MODULE_LINE.match(self.body, pieces[0][0]):
            return
        start, end = pieces[0][0], pieces[-1][1]
        for a, b in pieces:
            self.readable[a:b] = self.body[a:b]
        self.readable[start:end] = inline.unmarked("".join(self.readable[start:end]))
        breaks = [start + match.start() for match in HARD_BREAK.finditer(self.body[start:end])]
        for part in pairwise([start, *breaks, end]):
            self.add(part, kind, level)

    def place_html(self, span: Span) -> None:
        """Copy the words of raw HTML, block by block."""
        for (start, end), kind, level in raw_html.regions(self.body, span):
            self.readable[start:end] = inline.unmarked(self.body[start:end])
            self.add((start, end), kind, level)

    def add(self, span: Span, kind: BlockKind, level: int) -> None:
        """One block, or several where lines of it carry bullet marks that Markdown does not know."""
        start, end = span
        words = "".join(self.readable[start:end])
        marks = [mark for line in LINE_START.finditer(words) if (mark := plain.MARK.match(words, line.start()))]
        for mark in marks:
            self.readable[start + mark.start() : start + mark.end()] = blank(mark[0])
        readable = "".join(self.readable[start:end])
        for a, b in pairwise([0, *(mark.start() for mark in marks if mark.start()), len(words)]):
            marked = kind is not BlockKind.HEADING and any(mark.start() == a for mark in marks)
            for block in as_block(readable[a:b], (0, b - a), BlockKind.BULLET if marked else kind, level):
                at = start + a
                self.blocks.append(replace(block, span=(block.span[0] + at, block.span[1] + at)))


def _kind(tag: str, depth: int) -> tuple[BlockKind, int]:
    if re.fullmatch(r"h[1-6]", tag):
        return BlockKind.HEADING, int(tag[1])
    return (BlockKind.BULLET, depth - 1) if depth else (BlockKind.PARAGRAPH, 0)
