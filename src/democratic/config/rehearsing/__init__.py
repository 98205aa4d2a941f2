"""A rehearsal from end to end: a server for a moment, the play, and its pages kept as files."""
