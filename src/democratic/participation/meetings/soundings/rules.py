"""Which votes bind, and why a voice is not kept."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.queries import do_votes_bind
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.meetings.models import Meeting


class SoundingClosed(Conflict):
    """Nobody votes now."""


class NotHere(NotAllowed):
    """One votes in a meeting that one has joined."""


class NotAMember(NotAllowed):
    """What decides for a body is voted by its members."""


class AlreadyCounted(Conflict):
    """Her voice of the meeting is in a total that was told."""


def may_bind(meeting: Meeting) -> bool:
    """Only inside a body, when the charter in force says that its votes decide. Anywhere else a vote is advisory."""
    return meeting.body_id is not None and do_votes_bind(meeting.body_id)


_WHY: dict[str, tuple[type[Refusal], Promise]] = {
    "unknown": (SoundingClosed, _("Ce vote n’est plus proposé. Votre voix n’a pas été gardée.")),
    "ahead": (SoundingClosed, _("Ce vote n’est pas encore ouvert. Votre voix n’a pas été gardée.")),
    "closed": (SoundingClosed, _("Ce vote est clos. Votre voix n’a pas été gardée ; le résultat est ici.")),
    "not_proposed": (Refusal, _("Choisissez parmi les réponses proposées.")),
    "not_here": (NotHere, _("Rejoignez d’abord la rencontre : deux gestes suffisent, sans compte.")),
    "not_member": (
        NotAMember,
        _("Ce vote décide pour le conseil : seuls ses membres y votent. Votre voix n’a pas été gardée."),
    ),
    "counted": (
        AlreadyCounted,
        _("Vous avez voté pendant la rencontre : votre voix est déjà comptée, une fois."),
    ),
}
_FAULTS: dict[str, Promise] = {
    "empty": _("Répondez d’abord : rien n’était choisi."),
    "too_many": _("C’est plus que ce qui est demandé. Gardez les plus importants."),
    "twice": _("Vous avez donné deux fois la même réponse."),
    "not_proposed": _("Choisissez parmi les réponses proposées."),
    "too_long": _("Un mot tient en 40 signes."),
}


def refusal_of(reason: str) -> Refusal:
    """As ``voting`` names it."""
    kind, message = _WHY[reason]
    return kind(message, field="given" if reason == "not_proposed" else None)


def fault_of(key: str) -> Refusal:
    """As ``civics.soundings.voices`` names it."""
    return Refusal(_FAULTS[key], field="given")
