"""A meeting announced, then told."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.thread.models import Origin
from democratic.web.desk.forms.fields import Written, day_field, people_field, text_field
from democratic.web.desk.groups import Group


class MeetingForm(forms.Form):
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("La rencontre"), ("title", "text")),
        Group(_("Quand"), ("day", "starts", "ends"), is_row=True),
        Group(_("Où, et comment"), ("place", "access", "seats")),
    )

    title = Written(label=_("Le nom de la rencontre"), max_length=200)
    text = text_field(_("De quoi l’on parlera"), rows=3, required=False)
    day = day_field(_("Jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = Written(label=_("Lieu"), max_length=160)
    access = Written(
        label=_("Accès"), max_length=200, required=False, help_text=_("Fauteuil, langue des signes, bus…")
    )
    seats = forms.MultipleChoiceField(
        label=_("Comment y prendre part"),
        choices=[(o.value, o.label) for o in (Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.STREET)],
        widget=forms.CheckboxSelectMultiple,
    )


class MeetingReportForm(forms.Form):
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Ce qui s’est dit"), ("account",)),
        Group(
            _("Combien de personnes"),
            ("room", "remote", "later", "street"),
            _("Par chaque place, jamais qui."),
            is_row=True,
        ),
    )

    account = text_field(_("Ce qui s’est dit, en quelques lignes"), rows=6)
    room = people_field(_("En salle"))
    remote = people_field(_("À distance"))
    later = people_field(_("En différé"))
    street = people_field(_("Dans la rue"))
