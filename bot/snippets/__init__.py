"""Document -> Snippets: sentences, kinds, subject, claims."""

from bot.snippets.choose import choose
from bot.snippets.find import find_snippets

__all__ = ["choose", "find_snippets"]
