"""Links written in a text: each has a form that browsers follow, and those to this site lead somewhere."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve

from democratic.kernel.links import SCHEMES
from democratic.thread.models import Authority

_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^\s<>«»\"]*|www\.[^\s<>«»\"]+", re.IGNORECASE)
_valid = URLValidator(schemes=list(SCHEMES))


def links_of(text: str) -> Iterator[str]:
    """As written, without the point or bracket that ends the sentence."""
    return (found.group().rstrip(".,;:!?)]’'") for found in _LINK.finditer(text))


def is_well_formed(link: str) -> bool:
    try:
        _valid(link)
    except ValidationError:
        return False
    return True


def leads_outside(link: str, authority: Authority) -> bool:
    """A browser would follow it, to a site that is not this authority's."""
    return is_well_formed(link) and urlsplit(link).hostname != (authority.host or None)


def leads_nowhere(link: str, authority: Authority) -> bool:
    """Of this authority's own host, and no page has this path."""
    parts = urlsplit(link)
    if not authority.host or parts.hostname != authority.host:
        return False
    path = parts.path.removeprefix(authority.path).removeprefix("/en") or "/"
    try:
        resolve(path)
    except Resolver404:
        return True
    return False
