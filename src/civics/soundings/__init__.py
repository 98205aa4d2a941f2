"""Votes taken in a meeting: what a voice may say, and how voices are counted, by anyone."""
