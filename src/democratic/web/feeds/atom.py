"""A feed as Atom (RFC 4287). Every text is plain: what people wrote is never taken for markup."""

import re
from datetime import datetime
from xml.etree import ElementTree as ET

from django.utils.translation import get_language

from democratic.thread.models import Authority
from democratic.web.feed_links import TYPES, Form
from democratic.web.feeds.items import Feed, Item, address_of, language_of, tag_of

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Signs that XML cannot carry, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_atom(authority: Authority, feed: Feed, made_at: datetime) -> bytes:
    """``made_at`` dates a feed in which nothing happened yet."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {_LANG: get_language() or "fr"})
    _add(root, "id", tag_of(authority, feed.name))
    _say(root, "title", feed.title)
    _add(root, "updated", max((item.at for item in feed.items), default=made_at).isoformat())
    _add(root, "link", rel="alternate", type="text/html", href=feed.page(authority))
    if not feed.key:
        _add(root, "link", rel="self", type=TYPES[Form.ATOM], href=feed.page(authority, f".{Form.ATOM}"))
    _add(_add(root, "author"), "name", authority.name)
    for item in feed.items:
        _entry(root, item.authority or authority, item)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: ET.Element, authority: Authority, item: Item) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", tag_of(authority, item.key))
    _say(entry, "title", item.title)
    _add(entry, "updated", item.at.isoformat())
    _add(entry, "published", item.at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=address_of(authority, item.path))
    if item.text:
        _say(entry, "content", item.text)


def _say(parent: ET.Element, name: str, text: str) -> None:
    _add(parent, name, text, type="text").set(_LANG, language_of(text))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    added = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    added.text = _NOT_XML.sub("", str(text)) or None
    return added
