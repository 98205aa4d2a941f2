"""What a child and her parent write to agree: two addresses and one date, each asked of who may give it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.web.ideas.typed import Typed, too_long

EMAIL = 254
_EMAIL_ATTRS = {"autocomplete": "off", "inputmode": "email"}


class ParentAddressForm(forms.Form):
    use_required_attribute = False

    email = Typed(
        label=_("L’e-mail d’un parent"),
        help_text=_("Un seul message y part. Sans réponse sous sept jours, cette adresse est effacée."),
        max_length=EMAIL,
        error_messages={**too_long(EMAIL), "required": _("Donnez l’adresse d’un parent, ou gardez le code.")},
        widget=forms.TextInput(attrs=_EMAIL_ATTRS),
    )


class ChildForm(forms.Form):
    use_required_attribute = False

    email = Typed(
        label=_("Votre e-mail à vous"),
        max_length=EMAIL,
        error_messages={
            **too_long(EMAIL),
            "required": _("Donnez votre adresse, ou gardez seulement le code."),
        },
        widget=forms.TextInput(attrs=_EMAIL_ATTRS),
    )

    def __init__(self, *args: Any, consent: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["email"].help_text = consent


class ParentForm(forms.Form):
    use_required_attribute = False

    turns_15_on = forms.DateField(
        label=_("Le jour de ses 15 ans"),
        help_text=_(
            "Ce jour-là, votre accord s’arrête seul et cette date est effacée. Pour une naissance un 29 février,"
            " donnez le 1er mars."
        ),
        error_messages={
            "required": _("Donnez le jour de ses 15 ans."),
            "invalid": _("Donnez une date, comme 2027-03-14."),
        },
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}),
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("Cochez cette case pour donner votre accord, ou fermez la page.")}
    )

    def __init__(self, *args: Any, wording: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["agrees"].label = wording
