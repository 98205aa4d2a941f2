"""What each answer of a vote is called, and what the vote as a whole says of itself."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civics.soundings.voices import POSITIONS, Position
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings.counting import BY_HAND
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingKind
from democratic.participation.meetings.soundings.results import Column
from democratic.web.formats import number
from democratic.web.words import ORIGINS

CONSENT = {
    Position.CONSENT: gettext_lazy("Je consens"),
    Position.STAND_ASIDE: gettext_lazy("Je m’abstiens, sans bloquer"),
    Position.OBJECTION: gettext_lazy("J’ai une objection"),
}
HOW = {
    SoundingKind.SINGLE: gettext_lazy("Un choix"),
    SoundingKind.MULTIPLE: gettext_lazy("Jusqu’à %(most)d choix"),
    SoundingKind.SCALE: gettext_lazy("Une note de 1 à %(most)d"),
    SoundingKind.RANKING: gettext_lazy("Un classement, jusqu’à %(most)d rangs"),
    SoundingKind.WORDS: gettext_lazy("Jusqu’à %(most)d mots"),
    SoundingKind.CONSENT: gettext_lazy("Un tour de consentement"),
}


def how(sounding: Sounding) -> str:
    return str(HOW[SoundingKind(sounding.kind)]) % {"most": sounding.most}


def labels_of(sounding: Sounding) -> dict[int, str]:
    """By rank; with its options. Nothing for words."""
    if sounding.kind == SoundingKind.SCALE:
        return {place: _place(sounding, place) for place in range(1, sounding.most + 1)}
    if sounding.kind == SoundingKind.CONSENT:
        return {rank: str(CONSENT[position]) for rank, position in enumerate(POSITIONS, 1)}
    return {option.rank: sounding.record.spoken(option.label) for option in sounding.options.all()}


def _place(sounding: Sounding, place: int) -> str:
    end = {1: sounding.lowest, sounding.most: sounding.highest}.get(place, "")
    return f"{place}, {end}" if end else str(place)


def said(sounding: Sounding, given: list[int] | list[str]) -> str:
    """What she gave, in words."""
    labels = labels_of(sounding)
    each = [labels.get(one, "") if isinstance(one, int) else one for one in given]
    return (" > " if sounding.kind == SoundingKind.RANKING else ", ").join(each)


def participants(sounding: Sounding, total: int) -> str:
    """Never said to speak for everyone."""
    if sounding.is_binding:
        return ngettext(
            "vote de l’instance, selon sa charte : %(n)s participant",
            "vote de l’instance, selon sa charte : %(n)s participants",
            total,
        ) % {"n": number(total)}
    return ngettext(
        "vote consultatif, %(n)s participant volontaire, non représentatif",
        "vote consultatif, %(n)s participants volontaires, non représentatif",
        total,
    ) % {"n": number(total)}


def received(n: int) -> str:
    return ngettext("%(n)s avis reçu", "%(n)s avis reçus", n) % {"n": number(n)}


def column_name(column: Column) -> str:
    """« en salle », « mains levées », or several that are too few to stand alone."""
    return _(" et ").join(_source(source) for source in column.sources)


def _source(source: str) -> str:
    if source.startswith(BY_HAND):
        return str(SoundingCount.By(source.removeprefix(BY_HAND)).label).lower()
    return str(ORIGINS[source])


LATER = Seat.LATER
