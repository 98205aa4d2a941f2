"""Mutations of the corpus: nothing but a clean file or a refusal comes back. ``bin/prove`` does it for ten minutes."""

import random

from fuzzing import Fuzz
from hostile_files import hostile_files

MUTATIONS = 200


def test_hundreds_of_mutated_files_are_kept_clean_or_refused_within_their_memory(monkeypatch):
    fuzz = Fuzz(random.Random(1789))
    fuzz.watch(monkeypatch)
    for _each in range(MUTATIONS):
        fuzz.one()
    assert fuzz.kept + fuzz.refused == MUTATIONS
    assert min(fuzz.kept, fuzz.refused) > MUTATIONS // 10  # both paths were taken
    assert fuzz.peak < 300_000_000
    assert len(fuzz.seeds) > len(hostile_files()) // 2
