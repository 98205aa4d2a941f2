"""Reads of moderation, in a fixed number of queries."""
