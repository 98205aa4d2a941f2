"""One question a cell that differs: what does the sheet say?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

OTHERS = "other"  # left to somebody else


class SettleForm(forms.Form):
    """``cells``: (field, question, what the first hand read, what the second did). ``own``: whose hand is filling it in."""

    def __init__(self, own: int, cells: Sequence[tuple[str, str, str, str]], *args: Any) -> None:
        super().__init__(*args)
        for name, label, first, second in cells:
            said = (
                _("%(said)s (première saisie)") % {"said": first},
                _("%(said)s (seconde saisie)") % {"said": second},
            )
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[self._choice(hand, own, words) for hand, words in enumerate(said, 1)],
                widget=forms.RadioSelect,
            )

    def _choice(self, hand: int, own: int, words: str) -> tuple[str, str]:
        if hand != own:
            return str(hand), words
        return OTHERS, _("%(said)s : c’est ma saisie, une autre personne le dira") % {"said": words}

    def chosen(self) -> dict[tuple[int, str], int]:
        """The hand that read each cell right, by line and cell; those that are left to somebody else are not in it."""
        found = {}
        for name, hand in self.cleaned_data.items():
            cell, _dash, number = name.rpartition("_")
            if hand != OTHERS:
                found[int(number), cell] = int(hand)
        return found
