from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.web.uploads import SentFile

ACCEPT_SHEETS = ".xlsx,.csv"


class SheetForm(forms.Form):
    sheet = SentFile(
        label=_("La feuille remplie"),
        accept=ACCEPT_SHEETS,
        help_text=_("Un fichier .xlsx ou .csv, 10 Mo et 50 000 lignes au plus."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].required = True  # said by the label; what is missing is said below

    def clean_sheet(self) -> object:
        sent = self.cleaned_data["sheet"]
        if sent is None:
            raise forms.ValidationError(_("Choisissez le fichier à envoyer."), code="required")
        return sent
