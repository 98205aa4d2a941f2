from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.tracker.models import LAST_DAY


class RhythmForm(forms.Form):
    day = forms.IntegerField(
        label=_("Jour du mois"),
        min_value=1,
        max_value=LAST_DAY,
        required=False,
        help_text=_(
            "De 1 à 28. Vide : le premier jour ouvré. Un jour de repos cède sa place au jour ouvré suivant."
        ),
    )
