"""Footnote: a document becomes captioned images, each footnoted to its source and published once, on time."""

__version__ = "0.6.0"
