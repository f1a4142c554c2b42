"""Document -> Snippets."""
