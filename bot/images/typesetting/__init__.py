"""Letters and lines: which face has a character, how wide words are, where lines break, what a line looks like."""
