"""All that a vote may ask, checked before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from civics.soundings.voices import LARGEST
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.participation.meetings.soundings.rules import may_bind
from democratic.thread.actions import Words

FEWEST, MOST = 2, 10
LABEL_LIMIT, END_LIMIT = 120, 40
MOST_WORDS = 3
OF_OPTIONS = (SoundingKind.SINGLE, SoundingKind.MULTIPLE, SoundingKind.RANKING)


@dataclass(frozen=True, slots=True)
class Question:
    """All that may be asked. ``options``: of a choice or a ranking; ``most``: see ``Sounding``."""

    words: Words
    kind: SoundingKind
    options: Sequence[str] = ()
    most: int = 1
    lowest: str = ""
    highest: str = ""
    is_hidden: bool = True
    is_binding: bool = False
    item: AgendaItem | None = None

    def checked(self, meeting: Meeting) -> "Question":
        if not clean_line(self.words.title):
            raise Refusal(_("Écrivez la question."), field="title")
        if self.is_binding and not may_bind(meeting):
            raise Refusal(
                _("Ce vote est consultatif : aucune charte ne dit qu’il décide."), field="is_binding"
            )
        if self.item is not None and self.item.meeting_id != meeting.pk:
            raise Refusal(_("Choisissez un point de cette rencontre."), field="item")
        ends = (clean_line(self.lowest), clean_line(self.highest)) if self._is_scale else ("", "")
        if any(len(end) > END_LIMIT for end in ends):
            raise Refusal(_("Ce que veut dire un bout de l’échelle tient en 40 signes."), field="lowest")
        labels = _labels(self.options) if self.kind in OF_OPTIONS else []
        return replace(
            self, options=labels, most=self._checked_most(len(labels)), lowest=ends[0], highest=ends[1]
        )

    @property
    def _is_scale(self) -> bool:
        return self.kind == SoundingKind.SCALE

    def _checked_most(self, options: int) -> int:
        """A single answer asks for one thing, whatever was typed."""
        least, largest = {
            SoundingKind.MULTIPLE: (1, options),
            SoundingKind.RANKING: (1, options),
            SoundingKind.SCALE: (2, LARGEST),
            SoundingKind.WORDS: (1, MOST_WORDS),
        }.get(self.kind, (1, 1))
        if largest == 1:
            return 1
        if not least <= self.most <= largest:
            raise Refusal(
                _("Choisissez un nombre de %(least)d à %(most)d.") % {"least": least, "most": largest},
                field="most",
            )
        return self.most


def _labels(options: Sequence[str]) -> list[str]:
    labels = [label for option in options if (label := clean_line(option))]
    if not FEWEST <= len(labels) <= MOST:
        raise Refusal(_("Proposez de deux à dix réponses, une par ligne."), field="options")
    if any(len(label) > LABEL_LIMIT for label in labels):
        raise Refusal(_("Une réponse tient en 120 signes : on la lit d’un coup d’œil."), field="options")
    if len({label.casefold() for label in labels}) < len(labels):
        raise Refusal(
            _("Deux réponses sont les mêmes : on ne saurait pas laquelle choisir."), field="options"
        )
    return labels
