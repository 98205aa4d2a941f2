import pytest

from updating import owe


@pytest.fixture
def owing(territory):
    """The service of the territory owes a commitment and its action."""
    return owe(territory)
