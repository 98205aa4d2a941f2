"""What an agent says of a message to a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.campaigns.lists.models import TEXT_LIMIT
from democratic.web.desk.forms.fields import text_field

Choices = Sequence[tuple[str, Any]]


class WaveForm(forms.Form):
    """``fare`` in euros, for one message, or one part of it: with four digits after the point at most."""

    code = forms.ChoiceField(
        label=_("Le code auquel répondre"),
        help_text=_("Quelle que soit sa première réponse, elle ouvre la conversation de ce code."),
    )
    text = text_field(
        _("Le message"),
        rows=5,
        max_length=TEXT_LIMIT,
        error_messages={"required": _("Écrivez le message.")},
        help_text=_("Qui écrit, le code et STOP s’y ajoutent seuls. Regardez-le avant de l’envoyer."),
    )
    template = forms.ChoiceField(
        label=_("Le modèle approuvé"),
        error_messages={"required": _("Choisissez un modèle approuvé : sans lui, rien ne part.")},
        help_text=_("Hors d’une conversation, WhatsApp ne porte que ceux-là."),
    )
    fare = forms.DecimalField(
        label=_("Le prix d’un message, en euros"),
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=3,
        localize=True,
        help_text=_(
            "Celui de votre opérateur, pour un SMS de 160 signes : « 0,045 ». Vide s’il est compris."
        ),
    )

    def __init__(self, codes: Choices, templates: Choices | None, *args: Any, **named: Any) -> None:
        """``templates``: None where words are written here."""
        super().__init__(*args, **named)
        self.fields["code"].choices = list(codes)  # type: ignore[attr-defined]
        if templates is None:
            del self.fields["template"]
        else:
            del self.fields["text"]
            self.fields["template"].choices = [("", "–"), *templates]  # type: ignore[attr-defined]
