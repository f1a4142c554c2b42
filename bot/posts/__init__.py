"""Post <-> Markdown text, and the posts/ folder."""

from bot.posts.edit import Words, edited, words_of_post
from bot.posts.folder import PostFile, Reader, Shelf, as_file, load, read_again, save
from bot.posts.text import dump, parse, set_source, set_status

__all__ = [
    "PostFile",
    "Reader",
    "Shelf",
    "Words",
    "as_file",
    "dump",
    "edited",
    "load",
    "parse",
    "read_again",
    "save",
    "set_source",
    "set_status",
    "words_of_post",
]
