"""Readers: one a format, against files made for them."""
