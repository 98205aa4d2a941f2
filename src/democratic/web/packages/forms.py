from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.stewardship.models import Fate
from democratic.web.desk.forms.fields import Written

DEFAULT_YEARS, LONGEST_REASON = 10, 300
WHY_YEARS = _("Le temps des recours, de l’exécution des engagements et de leur contrôle.")
WHY_FATE = _("Une concertation publique témoigne de la vie locale : elle est gardée entière.")


class ClosingForm(forms.Form):
    """The defaults are a usual choice, to be settled with one's own service of archives."""

    years = forms.IntegerField(
        label=_("Durée d’utilité administrative, en années"),
        help_text=_("Combien de temps le service peut encore en avoir besoin, à compter d’aujourd’hui."),
        min_value=1,
        max_value=100,
        initial=DEFAULT_YEARS,
    )
    why_years = Written(label=_("Pourquoi cette durée"), max_length=LONGEST_REASON, initial=WHY_YEARS)
    fate = forms.ChoiceField(label=_("Sort final"), choices=Fate.choices, initial=Fate.KEEP)
    why_fate = Written(label=_("Pourquoi ce sort"), max_length=LONGEST_REASON, initial=WHY_FATE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "fate" in cleaned:
            cleaned["fate"] = Fate(cleaned["fate"])
        return cleaned
