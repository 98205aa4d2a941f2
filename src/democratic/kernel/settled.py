"""A process that has loaded what it needs says so, and pauses no more to look at it again."""

import gc


def settle() -> None:
    """Python's collector looks at everything that lives, again and again: code, models, pages, that nothing ever frees.

    A full look takes a fifth of a second of a process of pages, and comes while someone waits (``bench wall``: a queue of
    two thousand is placed in 42 ms at p50, 240 at p95). What is alive now is set aside for good.
    """
    gc.collect()
    gc.freeze()
