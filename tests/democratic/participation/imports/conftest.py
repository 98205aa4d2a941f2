import pytest
from decidim_exports import Source


@pytest.fixture
def source(tmp_path, territory) -> Source:
    return Source(tmp_path, territory)
