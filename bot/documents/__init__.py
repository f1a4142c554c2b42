"""Readers: a file -> a Document."""
