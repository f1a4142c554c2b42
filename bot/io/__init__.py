"""Gates to the world that the hands share."""
