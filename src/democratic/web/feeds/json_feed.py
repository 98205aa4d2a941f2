"""A feed as JSON Feed 1.1."""

import json
from typing import Any

from django.utils.translation import get_language

from democratic.thread.models import Authority
from democratic.web.feed_links import Form
from democratic.web.feeds.items import Feed, Item, address_of, language_of, tag_of

VERSION = "https://jsonfeed.org/version/1.1"


def write_json(authority: Authority, feed: Feed) -> bytes:
    whole = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page(authority),
        **({} if feed.key else {"feed_url": feed.page(authority, f".{Form.JSON}")}),
        "language": get_language() or "fr",
        "authors": [{"name": authority.name}],
        "items": [_item(item.authority or authority, item) for item in feed.items],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _item(authority: Authority, item: Item) -> dict[str, Any]:
    return {
        "id": tag_of(authority, item.key),
        "url": address_of(authority, item.path),
        "title": item.title,
        "content_text": item.text or item.title,
        "date_published": item.at.isoformat(),
        "language": language_of(item.title),
    }
