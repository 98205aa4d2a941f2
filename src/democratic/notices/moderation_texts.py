"""What moderation says by mail: to whose words they were, and to who signalled them."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.notices.texts import Text


def moderated_text(words: dict[str, str], change: str, about: str, url: str, language: str) -> Text:
    """To the author: what was decided of her words, the rule, the facts, the law, and how to contest."""
    with override(language):
        what = {
            "hidden": _("Votre parole n’est plus montrée : %(about)s"),
            "refused": _("Votre parole n’est pas publiée : %(about)s"),
            "restored": _("Votre parole est remise en ligne : %(about)s"),
        }.get(change, _("Votre recours a sa réponse : %(about)s"))
        return Text(
            what % {"about": about},
            "\n\n".join(
                part
                for part in (
                    what % {"about": about},
                    _("La règle : %(rule)s") % {"rule": words.get("title", "")},
                    words.get("text", ""),
                    words.get("ground", ""),
                    _("Aucune décision n’est prise par une machine : une personne vous a lu."),
                    _("La décision, et comment la contester pendant six mois : %(url)s") % {"url": url},
                )
                if part
            ),
        )


def notice_answered_text(words: dict[str, str], outcome: str, code: str, url: str, language: str) -> Text:
    """To who signalled: never whose words they were."""
    with override(language):
        what = (
            _("La parole %(code)s que vous aviez signalée est gardée.")
            if outcome == "kept"
            else _("La parole %(code)s que vous aviez signalée n’est plus montrée.")
        ) % {"code": code}
        return Text(
            _("Votre signalement a sa réponse"),
            "\n\n".join(
                [
                    what,
                    _("La règle : %(rule)s") % {"rule": words.get("title", "")},
                    words.get("text", ""),
                    _("La décision, et comment la contester pendant six mois : %(url)s") % {"url": url},
                ]
            ),
        )


def published_text(about: str, url: str, language: str) -> Text:
    with override(language):
        return Text(
            _("Votre parole est publiée : %(about)s") % {"about": about},
            _("Elle a été relue, et paraît telle que vous l’avez écrite. Une réponse vous est due : %(url)s")
            % {"url": url},
        )
