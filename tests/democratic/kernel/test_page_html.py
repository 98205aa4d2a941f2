"""A whole page's text: its headings stand under the page's own title, and nothing in it runs."""

import pytest

from democratic.kernel.text import to_page_html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B", ["h2", "h3"]),
        ("### A\n\n# B\n\n###### C", ["h3", "h2", "h4"]),
        ("#### A", ["h2"]),
        ("A\n=\n\nB\n-", ["h2", "h3"]),
    ],
)
def test_the_first_level_is_the_second_of_the_page_and_none_is_skipped(text, levels):
    html = to_page_html(text)
    found = [part[:2] for part in html.split("<") if part[:1] == "h"]
    assert found == levels
    assert "<h1" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://x.example/a.png)",
        "<svg/onload=alert(1)>",
        "[a](data:text/html,x)",
        "# <iframe src=//x.example>",
        "| a |\n|---|\n| <b onclick=alert(1)>x</b> |",
    ],
)
def test_nothing_that_is_written_runs_or_asks_a_third_party(text):
    html = to_page_html(text)
    for forbidden in ("<script", "<img", "<svg", "<iframe", "<b ", 'href="javascript', 'href="data'):
        assert forbidden not in html


def test_a_table_and_a_link_are_drawn():
    html = to_page_html("| a |\n|---|\n| b |\n\n[la mairie](https://mairie.example)")
    assert "<table>" in html
    assert 'rel="nofollow noopener ugc"' in html
