"""Votes in the entry: no timer; while one commit runs, the next batch gathers."""
