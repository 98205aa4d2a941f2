from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def told_words(authority: str) -> str:
    """What a parent agrees to: exactly what is shown beside the button, and kept with the consent."""
    return _(
        "Je suis parent de cet enfant, ou j’ai son autorité parentale. J’accepte que %(authority)s garde son"
        " adresse e-mail pour lui écrire à propos de sa parole : ce qui a été entendu, la réponse, la suite."
        " Rien d’autre, et rien de public. Mon accord s’arrête à ses 15 ans, ou quand l’un de nous le retire."
    ) % {"authority": authority}


def asking_text(link: str, code: str, authority: str, language: str) -> Text:
    with override(language):
        lines = [
            _(
                "Un enfant de moins de 15 ans a pris la parole auprès de %(authority)s, sous le numéro %(code)s."
            )
            % {"authority": authority, "code": code},
            _(
                "Il ou elle aimerait recevoir la réponse par e-mail. Avant 15 ans, il faut votre accord et le sien."
            ),
            _("Ce qui serait gardé, et pour combien de temps, est écrit ici. Vous pouvez dire oui, ou non :"),
            link,
            _("Gardez ce message : le même lien retire votre accord, à tout moment."),
            _(
                "Sans réponse sous sept jours, votre adresse est effacée. Si ce n’est pas pour vous, ne faites rien."
            ),
        ]
        return Text(_("Votre enfant vous demande votre accord"), "\n\n".join(lines))


def fifteen_text(authority: str, language: str, *, is_parent: bool) -> Text:
    with override(language):
        to_parent = [
            _("Votre enfant a 15 ans : il ou elle décide désormais de ce qui est gardé."),
            _("Votre accord est terminé, et votre adresse est effacée."),
        ]
        to_child = [
            _("Vous avez 15 ans : vous décidez désormais sans vos parents."),
            _(
                "La date de votre anniversaire est effacée. Rien d’autre ne change, et chaque message permet d’arrêter."
            ),
        ]
        told = "\n\n".join(to_parent if is_parent else to_child)
        return Text(_("%(authority)s : l’accord des parents s’arrête") % {"authority": authority}, told)
