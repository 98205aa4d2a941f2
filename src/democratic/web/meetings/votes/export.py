"""What was published of a vote, in files from which anyone counts it again."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.web.meetings.votes.words import labels_of
from democratic.web.suites.csv_files import Cell


def exported(sounding: Sounding) -> dict[str, Any]:
    """As the journal says it, with the words of each rank."""
    return {
        "code": sounding.record.code,
        "meeting": sounding.meeting.record.code,
        "question": sounding.record.title,
        "most": sounding.most,
        "is_binding": sounding.is_binding,
        "labels": {str(rank): str(label) for rank, label in labels_of(sounding).items()},
        **sounding.counted,
    }


def csv_rows(sounding: Sounding) -> tuple[list[str], list[list[Cell]]]:
    """One line a group and thing said; of words, one line a word."""
    counted, labels = sounding.counted, {str(rank): str(label) for rank, label in labels_of(sounding).items()}
    head = [_("Origines"), _("Personnes"), _("Réponse"), _("En toutes lettres"), _("Voix")]
    if sounding.kind == SoundingKind.WORDS:
        shown = counted["words"]["shown"]
        return head, [["", counted["total"], word, word, n] for word, n in shown]
    return head, [
        [
            "+".join(group["sources"]),
            group["people"],
            said,
            " > ".join(labels[rank] for rank in said.split(">")),
            n,
        ]
        for group in counted["groups"]
        for said, n in group["counts"].items()
    ]
