"""Any text, and texts that look as if they held links, mentions and emoji."""

from hypothesis import strategies as st

TEXTS = st.text(st.characters(exclude_categories=()))  # lone surrogates too
_PIECES = "http:// https:// t.co/ a example . com みんな @ # / ? - _ ( ) xn-- 漢 é 🙋🏽 1 :80 İ ſ".split()
_JOINERS = [" ", "e\u0301", "\u200d", "\ufe0f", "\u20e3", "\ud800"]
LINKISH = st.lists(st.sampled_from([*_PIECES, *_JOINERS])).map("".join)
