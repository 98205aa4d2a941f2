"""Each live stream is an open file."""

import resource

WISHED = 65536


def raise_open_files() -> None:
    """Take what the system allows us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = WISHED if hard == resource.RLIM_INFINITY else min(hard, WISHED)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wished), hard))
