from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.reserve.actions import Dates
from democratic.communities.reserve.models import Kept
from democratic.web.desk.forms.fields import Written, day_field, text_field


class DatesForm(forms.Form):
    votes_on = day_field(_("Jour du scrutin"), help_text=_("Le premier tour, s’il y en a deux."))
    opens_on = day_field(
        _("Premier jour de la réserve"),
        required=False,
        help_text=_(
            "Laissez vide : le premier jour du sixième mois avant celui du scrutin, comme le veut la loi."
        ),
    )
    closes_on = day_field(
        _("Dernier jour"),
        required=False,
        help_text=_("Laissez vide : une semaine après, le jour d’un second tour."),
    )

    def dates(self) -> Dates:
        said: dict[str, Any] = self.cleaned_data
        return Dates(said["votes_on"], said["opens_on"], said["closes_on"])


class ReserveForm(DatesForm):
    election = Written(
        label=_("Élection"),
        max_length=120,
        help_text=_("« élections départementales », « élections municipales »."),
    )
    field_order = ("election", "votes_on", "opens_on", "closes_on")


class NewDatesForm(DatesForm):
    reason = text_field(_("Pourquoi les dates changent"), rows=3)


class ExceptionForm(forms.Form):
    keeps = forms.ChoiceField(label=_("Ce qui reste affiché"), choices=Kept.choices, widget=forms.RadioSelect)
    reason = text_field(
        _("Pourquoi"),
        rows=4,
        help_text=_("Ce motif est public, avec votre fonction et le jour. Il le reste."),
    )
