"""What is too heavy gets a page: in one's language, saying what to do; a visitor's header can't ask for it."""

import pytest

from conversations import plain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "said", "do"),
    [
        ("/deposer", "Cet envoi est trop lourd", "Choisissez une photo plus petite"),
        ("/en/deposer", "This is too heavy", "Choose a smaller photo"),
    ],
)
def test_what_is_too_heavy_says_what_to_do_in_the_language_of_the_page(territory, client, path, said, do):
    refused = client.post(path, {}, **{"democratic.oversized": True})
    assert refused.status_code == 413
    assert said in plain(refused)
    assert do in plain(refused)
    assert "default-src 'none'" in refused["Content-Security-Policy"]


def test_no_header_of_a_visitor_makes_a_page_too_heavy(territory, client):
    assert client.get("/", headers={"democratic.oversized": "1"}).status_code == 200
