"""R22: ten minutes of mutated files. FUZZ_SECONDS changes how long; the seed is printed."""

import os
import random
import time

import pytest

from fuzzing import Fuzz

SECONDS = float(os.environ.get("FUZZ_SECONDS", "600"))


@pytest.mark.prove
def test_ten_minutes_of_mutated_files_leave_nothing_but_clean_files_and_refusals(monkeypatch):
    seed = int(os.environ.get("FUZZ_SEED", random.SystemRandom().randrange(2**32)))
    fuzz, until = Fuzz(random.Random(seed)), time.monotonic() + SECONDS
    fuzz.watch(monkeypatch)
    while time.monotonic() < until:
        fuzz.one()
    print(  # noqa: T201  the seed, to do it again
        f"\nfuzz: seed {seed}, {fuzz.kept} kept, {fuzz.refused} refused ({fuzz.silent} ended by a limit), "
        f"peak {fuzz.peak / 1e6:.0f} MB"
    )
    assert fuzz.kept > 0
    assert fuzz.peak < 300_000_000
