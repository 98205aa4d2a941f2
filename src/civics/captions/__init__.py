"""What is said, second by second, as WebVTT (W3C) carries it."""
