"""Post <-> Markdown text, and the posts/ folder."""

from bot.posts.edit import Words, edited, words_of_post
from bot.posts.folder import PostFile, Reader, Shelf, load, save
from bot.posts.text import dump, parse, set_status

__all__ = [
    "PostFile",
    "Reader",
    "Shelf",
    "Words",
    "dump",
    "edited",
    "load",
    "parse",
    "save",
    "set_status",
    "words_of_post",
]
