import pytest

from judging import bench

pytestmark = pytest.mark.django_db


def test_it_runs(territory):
    b = bench(territory)
    b.hear()
    v = b.find()
    assert v.version == 1
    assert b.find(minority="Non", dissenters=[b.seats[2]], votes_against=1).version == 2
