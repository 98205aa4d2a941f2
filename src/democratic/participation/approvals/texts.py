from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.kernel.days import day_in_words
from democratic.participation.approvals.reading import Draft
from democratic.participation.processes.models import Step
from democratic.thread.models import Kind


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def asking_text(draft: Draft, url: str, language: str, checks: Callable[[], list[str]]) -> Text:
    """``checks``: what stands in the way of publishing, told in the language of the moment."""
    with override(language):
        about = {
            Kind.MANDATE: _("une commande, avant qu’elle soit publiée"),
            Kind.PROCESS: _("une concertation, avant qu’elle soit publiée"),
            Kind.ANSWER: _("une réponse, avant que vous la signiez"),
            Kind.DECISION: _("un engagement noté en votre nom, avant qu’il soit publié"),
        }[Kind(draft.kind)]
        lines = [
            _("Votre accord est demandé sur %(about)s :") % {"about": about},
            str(draft.title),
            *(_whole(draft, checks()) if draft.kind == Kind.PROCESS else ()),
            *(_promised(draft) if draft.kind == Kind.DECISION else ()),
            _how(draft) + f"\n{url}",
            _(
                "Ce lien vaut sept jours, pour ce texte seul. L’ouvrir n’engage à rien,"
                " et il ne signe rien à votre place."
            ),
        ]
        return Text(_("Votre accord : %(title)s") % {"title": draft.title}, "\n\n".join(lines))


def _how(draft: Draft) -> str:
    if draft.kind == Kind.DECISION:
        return _(
            "Une page à lire, puis un bouton : « Accepter », ou « Refuser » en disant pourquoi. Sans votre accord, rien"
            " n’en est publié."
        )
    return _("Une page à lire, puis un bouton : « J’approuve ce texte », ou « Demander un changement ».")


def _promised(draft: Draft) -> list[str]:
    said = dict(draft.parts)
    due = day_in_words(date.fromisoformat(said["promised_for_on"]))
    return [str(draft.text), _("Pour le %(day)s. %(place)s.") % {"day": due, "place": said["given_at"]}]


def _whole(draft: Draft, checks: list[str]) -> list[str]:
    """Of a process: its text, its dates, what it asks, and whether it could be published today."""
    stages = [_stage(name, said) for name, said in draft.parts if name.startswith("stage_")]
    asked = [f"– {said}" for name, said in draft.parts if name == "poll_question"]
    told = [str(draft.text), _("Ses dates :") + "\n" + "\n".join(stages)]
    if asked:
        told.append(_("Ce qui est demandé d’un geste :") + "\n" + "\n".join(asked))
    if checks:
        told.append(_("À faire encore avant de publier :") + "\n" + "\n".join(f"– {each}" for each in checks))
    else:
        told.append(_("Vérifiée : rien n’empêche de la publier."))
    return [each for each in told if each]


def _stage(name: str, said: str) -> str:
    first, last = (day_in_words(date.fromisoformat(each)) for each in said.split("/"))
    step = Step(name.removeprefix("stage_")).label
    return _("– %(step)s : du %(first)s au %(last)s") % {"step": step, "first": first, "last": last}
