from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.participation.approvals.reading import Draft
from democratic.thread.models import Kind


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def asking_text(draft: Draft, url: str, language: str) -> Text:
    with override(language):
        about = (
            _("une commande, avant qu’elle soit publiée")
            if draft.kind == Kind.MANDATE
            else _("une réponse, avant que vous la signiez")
        )
        lines = [
            _("Votre accord est demandé sur %(about)s :") % {"about": about},
            str(draft.title),
            _("Une page à lire, puis un bouton : « J’approuve ce texte », ou « Demander un changement ».")
            + f"\n{url}",
            _(
                "Ce lien vaut sept jours, pour ce texte seul. L’ouvrir n’engage à rien,"
                " et il ne signe rien à votre place."
            ),
        ]
        return Text(_("Votre accord : %(title)s") % {"title": draft.title}, "\n\n".join(lines))
