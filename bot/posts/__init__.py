"""Post <-> Markdown text, and the posts/ folder."""

from bot.posts.folder import PostFile, Shelf, load, save
from bot.posts.text import dump, parse, set_status

__all__ = ["PostFile", "Shelf", "dump", "load", "parse", "save", "set_status"]
