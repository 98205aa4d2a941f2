"""Votes of a meeting that its entry takes without Django's views: who votes, how often, and in what words it is refused."""
