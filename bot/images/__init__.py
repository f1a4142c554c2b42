"""Words and style -> picture bytes."""
