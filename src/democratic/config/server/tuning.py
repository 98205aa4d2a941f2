"""PostgreSQL's settings, said on its command line at each start: they follow the machine."""

import os

MEBIBYTE = 1024 * 1024


def shared_buffers() -> str:
    """An eighth of the machine's memory, 512 MB at most."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{max(64, min(512, memory // 8 // MEBIBYTE))}MB"


def standard_settings() -> dict[str, str]:
    return {
        "shared_buffers": shared_buffers(),
        "max_connections": "200",
        # What a second place has not taken yet is kept for it, up to this: beyond, a new base is due.
        "max_slot_wal_keep_size": "4GB",
        "jit": "off",
        # Few rows sought by their ids in a large table: a disc of today, and what is in memory, need no whole walk.
        "random_page_cost": "2",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "wal_compression": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
        # What people wrote stays out of the logs: no statement, no detail with a row's values.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
