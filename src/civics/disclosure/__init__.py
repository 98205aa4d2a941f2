"""Counts of people by what they are, published without naming a few of them."""
