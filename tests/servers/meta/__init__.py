"""Graph for a test: strict stand-ins for Facebook, Instagram and Threads, judged by Meta's own parameter tables."""
