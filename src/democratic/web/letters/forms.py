from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.people.ages import Door, may, why_not
from democratic.people.models import AgeBand
from democratic.web.ideas.forms import AgeField
from democratic.web.ideas.typed import Said, Typed, too_long

LONGEST = 10_000


def _message(label: Any) -> Said:
    return Said(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={
            **too_long(LONGEST),
            "required": _("Écrivez votre message : une phrase suffit."),
        },
    )


class LetterForm(forms.Form):
    """The age comes before any free text, as everywhere."""

    use_required_attribute = False
    field_order = ("age_band", "subject", "text", "email")

    age_band = AgeField()
    subject = Typed(
        label=_("L’objet"),
        required=False,
        max_length=120,
        help_text=_("En quelques mots : « un banc à l’arrêt de l’étang »."),
        error_messages=too_long(120),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = _message(_("Votre message"))
    email = Typed(
        label=_("Votre e-mail, pour recevoir la réponse"),
        required=False,
        max_length=254,
        help_text=_(
            "Sans adresse, vous lirez la réponse ici, avec le code et la clé qui vous seront donnés."
        ),
        error_messages=too_long(254),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, regime: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._regime = regime
        self.fields["age_band"].help_text = _(
            "Avant 15 ans, ou sans réponse : vos mots seuls sont gardés, sans adresse."
        )

    def clean_email(self) -> str:
        """Kept from fifteen on; before, it is said and not kept."""
        email: str = self.cleaned_data.get("email", "").strip()
        if not email:
            return ""
        regime = self._regime(self.cleaned_data.get("age_band", AgeBand.UNSAID))
        if not may(Door.ADDRESS, regime):
            raise forms.ValidationError(str(why_not(Door.ADDRESS)))
        try:
            return str(forms.EmailField().clean(email))
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("Cette adresse n’est pas complète. Elle ressemble à prenom@exemple.fr.")
            ) from error


class ReplyForm(forms.Form):
    use_required_attribute = False

    text = _message(_("Ajouter un message"))


class KeyForm(forms.Form):
    use_required_attribute = False

    secret = Typed(
        label=_("Votre clé"),
        max_length=60,
        help_text=_("Quinze signes, montrés ou envoyés une seule fois avec votre code."),
        error_messages={**too_long(60), "required": _("Écrivez votre clé.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input--code"}),
    )
