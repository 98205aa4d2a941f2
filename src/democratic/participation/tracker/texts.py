"""The monthly mail to who holds a service: what it owes, for when, and one link to say where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from democratic.kernel.days import day_in_words
from democratic.participation.obligations.models import Obligation


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def asking_text(service: str, lines: Sequence[Obligation], url: str, today: date, language: str) -> Text:
    with override(language):
        n = len(lines)
        late = sum(line.first_due_on < today for line in lines)
        subject = ngettext(
            "%(service)s : où en est votre engagement ?",
            "%(service)s : où en sont vos %(n)s engagements ?",
            n,
        ) % {"service": service, "n": n}
        told = [
            _("Voici ce que votre service doit, du plus ancien au plus récent."),
            "\n".join(_line(line, today) for line in lines),
            _("Une page suffit, du téléphone comme du bureau : %(url)s") % {"url": url},
            _(
                "Ce que vous y publiez est public, au nom de votre service. Ce lien vous est personnel :"
                " il vaut trente jours, et s’éteint si le service change de main."
            ),
        ]
        if late:
            told.insert(
                2,
                ngettext(
                    "Un retard est visible de tous. Une phrase suffit à dire pourquoi.",
                    "%(n)s retards sont visibles de tous. Une phrase suffit à dire pourquoi.",
                    late,
                )
                % {"n": late},
            )
        return Text(subject, "\n\n".join(told))


def _line(line: Obligation, today: date) -> str:
    day = day_in_words(line.due_on)
    told = _("– %(title)s : pour le %(day)s") % {"title": line.record.title, "day": day}
    late = (today - line.first_due_on).days
    if late <= 0:
        return told
    return f"{told}, " + ngettext("%(n)s jour de retard", "%(n)s jours de retard", late) % {"n": late}
