"""What a vote of a meeting came to, in words: read from what was published, never counted again here."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.meetings.soundings.models import Sounding, SoundingKind


@dataclass(frozen=True, slots=True)
class Share:
    label: str
    n: int


def shares_of(vote: Sounding) -> list[Share]:
    """Each option and how many chose it, in the order of the question; empty while nothing is published.

    Of a ranking, how many placed each first; of words, how many gave each.
    """
    counted = vote.counted
    if not counted.get("groups"):
        return []
    if vote.kind == SoundingKind.WORDS:
        return [Share(word, n) for word, n in counted.get("words", {}).get("shown", [])]
    counts: Counter[str] = Counter()
    for group in counted["groups"]:
        for said, n in group["counts"].items():
            counts[said.partition(">")[0]] += n
    labels = _labels(vote) or {rank: rank for rank in sorted(counts)}
    return [Share(label, counts[rank]) for rank, label in labels.items()]


def _labels(vote: Sounding) -> dict[str, str]:
    labels = {str(option.rank): option.label for option in vote.options.all()}
    if labels:
        return labels
    if vote.kind == SoundingKind.CONSENT:
        return {"1": _("Consentent"), "2": _("S’abstiennent"), "3": _("Objectent")}
    if vote.kind == SoundingKind.SCALE:
        return {str(place): str(place) for place in range(1, vote.most + 1)}
    return {}


def people_of(vote: Sounding) -> int:
    total = vote.counted.get("total", 0)
    return total if isinstance(total, int) else 0


def vote_in_words(vote: Sounding) -> str:
    asked = _("Vote : « %(question)s »") % {"question": vote.record.title}
    told = [_share_in_words(vote, share) for share in shares_of(vote)]
    weight = [] if vote.is_binding else [_("Ce vote est consultatif.")]
    return "\n".join([asked, *(told or [_unpublished(vote)]), *weight])


def _share_in_words(vote: Sounding, share: Share) -> str:
    said = {"label": share.label, "n": share.n}
    if vote.kind == SoundingKind.RANKING:
        return ngettext("%(label)s : %(n)d fois en tête", "%(label)s : %(n)d fois en tête", share.n) % said
    return ngettext("%(label)s : %(n)d voix", "%(label)s : %(n)d voix", share.n) % said


def _unpublished(vote: Sounding) -> str:
    if vote.counted:
        return _("Moins de cinq personnes ont voté : le détail n’est pas publié.")
    return _("Le compte n’est pas encore publié.")


def is_open_later(vote: Sounding, now: datetime) -> bool:
    is_closed_here = vote.closed_at is not None and not vote.is_final
    return is_closed_here and vote.later_until is not None and now < vote.later_until
