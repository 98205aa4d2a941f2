import pytest

from moderating import Bench, open_bench


@pytest.fixture
def bench(territory) -> Bench:
    return open_bench(territory)
