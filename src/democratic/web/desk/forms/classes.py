from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.classes.actions import BYLINE_LIMIT, MOST_HOURS, MOST_SEATS
from democratic.web.desk.forms.fields import Written
from democratic.web.desk.groups import Group


class ClassForm(forms.Form):
    groups: ClassVar = (
        Group(_("La séance"), ("seats", "hours"), is_row=True),
        Group(_("Ce qui sera public"), ("byline",)),
    )

    seats = forms.IntegerField(label=_("Nombre d’élèves"), min_value=1, max_value=MOST_SEATS, initial=30)
    hours = forms.IntegerField(
        label=_("Pendant combien d’heures"), min_value=1, max_value=MOST_HOURS, initial=2
    )
    byline = Written(
        label=_("Montré avec les mots des élèves"),
        max_length=BYLINE_LIMIT,
        required=False,
        help_text=_("Comme « Une classe de 4e, collège X ». Vide : sans nom. Jamais le nom d’un élève."),
    )
