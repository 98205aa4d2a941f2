"""Giving a role, and taking one back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.thread.models import Role

EVERYWHERE = ""


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        help_text=_("La personne se connecte avec cette adresse, ou ouvre un compte avec elle."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Son rôle"), choices=Role.choices, widget=forms.RadioSelect)
    process = forms.ChoiceField(label=_("Où"), required=False)
    language = forms.ChoiceField(
        label=_("Langue du message"), choices=[("fr", "Français"), ("en", "English")], initial="fr"
    )

    def __init__(self, processes: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].choices = [(EVERYWHERE, _("Toute la collectivité")), *processes]  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    email = forms.EmailField(
        label=_("L’adresse e-mail de son compte"),
        help_text=_("Demandez-la à la personne, pendant qu’elle est devant vous."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    is_seen = forms.BooleanField(
        label=_(
            "J’ai vu cette personne et sa pièce d’identité. Je n’en garde ni copie, ni photo, ni numéro."
        ),
        error_messages={"required": _("Cochez la case si vous l’avez vue ; sinon, ne notez rien.")},
    )


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer."""
