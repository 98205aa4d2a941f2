"""Reaching people where they are: a conversation as data, how it is carried on any channel, and when one may write."""
