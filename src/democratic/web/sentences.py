"""Sentences of ours around the words of others, which keep their language there: see ``kernel.spoken``."""

from django.utils.html import conditional_escape, escape, format_html_join
from django.utils.safestring import SafeString

from democratic.web.pages import as_safe


def tell(sentence: str, **words: str | int) -> SafeString:
    """``sentence % words`` as HTML: for a page, never for an attribute or a title."""
    safe = {name: each if isinstance(each, int) else conditional_escape(each) for name, each in words.items()}
    return as_safe(escape(sentence) % safe)


def together(separator: str, *parts: str) -> SafeString:
    """Those of the parts that say something, as HTML."""
    return format_html_join(separator, "{}", ((part,) for part in parts if part))
