"""Meetings in the entry: thousands who follow one, held by the event loop; nothing queues, nothing is drawn here."""
