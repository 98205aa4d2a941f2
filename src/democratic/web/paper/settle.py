"""One question a cell that differs: what does the sheet say?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class SettleForm(forms.Form):
    """``cells``: (field, question, what the first hand read, what the second did)."""

    def __init__(self, cells: Sequence[tuple[str, str, str, str]], *args: Any) -> None:
        super().__init__(*args)
        for name, label, first, second in cells:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[
                    ("1", _("%(said)s (première saisie)") % {"said": first}),
                    ("2", _("%(said)s (seconde saisie)") % {"said": second}),
                ],
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[tuple[int, str], int]:
        """The hand that read each cell right, by line and cell."""
        found = {}
        for name, hand in self.cleaned_data.items():
            cell, _dash, number = name.rpartition("_")
            found[int(number), cell] = int(hand)
        return found
