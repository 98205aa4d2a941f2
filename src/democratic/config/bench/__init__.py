"""``democratic bench``: measures with a report, never a timed test. Its database is a throw-away one."""
