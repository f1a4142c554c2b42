"""The frozen values that every floor speaks in: one word per thing, one thing per word (docs/design.md)."""

from bot.model.posts import SIZES, Brand, Image, Palette, Post, Source, Status
from bot.model.sending import Account, Handles, Limits, Media, Message, Part, Price, Receipt, Slot
from bot.model.texts import Block, BlockKind, Claim, Document, Kind, Level, Snippet, Span, Support

__all__ = [
    "SIZES",
    "Account",
    "Block",
    "BlockKind",
    "Brand",
    "Claim",
    "Document",
    "Handles",
    "Image",
    "Kind",
    "Level",
    "Limits",
    "Media",
    "Message",
    "Palette",
    "Part",
    "Post",
    "Price",
    "Receipt",
    "Slot",
    "Snippet",
    "Source",
    "Span",
    "Status",
    "Support",
]
