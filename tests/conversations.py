"""What tests of ideas and comments read and write through pages."""

import re

from django.utils.html import strip_tags


def plain(response):
    """The words of a page's ``<main>`` and of its flashes, blanks folded, unbreakable ones made ordinary."""
    html = response.content.decode()
    html = html[html.index('<div class="wrap flashes"' if "wrap flashes" in html else "<main") :]
    html = html[: html.index("</main>")].replace("\u00a0", " ").replace("&nbsp;", " ")
    return " ".join(strip_tags(re.sub(r"(?=<)|(?<=>)", " ", html)).replace("&#x27;", "'").split())
