"""Marks inside a line: what Markdown, HTML and templates put between the words, blanked in place."""

from __future__ import annotations

import re

from bot.documents.parsed import blank

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
MARKS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"!\[[^\[\]]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]]*\])",  # images: their alt text is no prose
        r"\[\^[^\[\]\s]+\]:?",  # footnotes
        r"\[(?P<keep>[^\[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\[\]]*\])",
        r"\A\[[ xX]\](?=\s)",  # a task's box
        r"<(?P<keep>https?://[^<>\s]+|[^<>\s@]+@[^<>\s]+)>",
        r"</?[A-Za-z][^<>]*>",
        r"&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0);",
        r"\{[{%][^{}]{0,500}[%}]\}|\{[^{}]{0,500}\}",  # templates and MDX expressions
        r"(?<![\s\\])\*+|(?<!\\)\*+(?!\s)",
        r"(?<![^\W_])_+|_+(?![^\W_])",
        r"`+|~~+",
        r"\\(?=[!-/:-@\[-`{-~\n])",
    )
)


def unmarked(text: str) -> str:
    """Same length; only the words a reader sees."""
    closed = text.rfind("-->") + 3  # behind it no comment ends: looking for one from each "<!--" takes minutes
    text = COMMENT.sub(_blanked, text[:closed]) + text[closed:]
    for pattern in MARKS:
        text = pattern.sub(_blanked, text)
    return text


def _blanked(match: re.Match[str]) -> str:
    if "keep" not in match.re.groupindex:
        return blank(match[0])
    start, end = (place - match.start() for place in match.span("keep"))
    return blank(match[0][:start]) + match["keep"] + blank(match[0][end:])
