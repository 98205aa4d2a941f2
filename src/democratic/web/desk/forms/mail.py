from django import forms
from django.utils.translation import gettext_lazy as _


class TrialForm(forms.Form):
    to = forms.EmailField(
        label=_("Envoyer l’essai à"),
        help_text=_("Une boîte que vous pouvez ouvrir. Cette adresse n’est pas gardée."),
    )
