"""The desk: the private pages on which a season is read, approved and watched."""
