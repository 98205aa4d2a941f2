"""What is said, and everything that a Record is born with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.people.models import Person
from democratic.thread.events import Event
from democratic.thread.models import Audience, Authority, Kind, Origin, Record, Visibility

TITLE_LIMIT, TEXT_LIMIT = 200, 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """What is said: title, text, language, and a byline (a first name, a function, or nothing)."""

    title: str = ""
    text: str = ""
    language: str = "fr"
    byline: str = ""

    def cleaned(self) -> "Words":
        """Made safe to keep. Refusals name the field at fault; nothing is cut silently."""
        title, text = clean_line(self.title), clean_text(self.text)
        if len(title) > TITLE_LIMIT:
            raise Refusal(
                _("Ce titre a %(n)d signes ; il en faut 200 au plus.") % {"n": len(title)}, field="title"
            )
        if len(text) > TEXT_LIMIT:
            raise Refusal(
                _("Ce texte a %(n)d signes ; il en faut 10 000 au plus. Coupez-le en plusieurs idées.")
                % {"n": len(text)},
                field="text",
            )
        return Words(title, text, self.language, clean_line(self.byline)[:120])


@dataclass(frozen=True, slots=True)
class NewRecord:
    """Everything that a Record is born with. ``happened_at``: when it was said, if earlier than now.

    ``code``: one that was given before, on a slip of paper; drawn when it is empty.
    """

    authority: Authority
    kind: Kind
    words: Words
    event: Event
    process: Record | None = None
    author: Person | None = None
    origin: Origin = Origin.WEB
    state: str = ""
    place: str = ""
    visibility: Visibility = Visibility.PUBLIC
    happened_at: datetime | None = None
    is_institutional: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    extra_words: Mapping[str, Any] = field(default_factory=dict)
    audience: Audience | None = None
    code: str = ""
