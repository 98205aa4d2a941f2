"""What begins and ends a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.web.desk.forms.fields import Written, day_field, text_field, url_field


class NamingForm(forms.Form):
    act_reference = Written(
        label=_("L’acte qui nomme ce membre"),
        max_length=120,
        help_text=_("« Tirage au sort du 2 mars 2026, procès-verbal »."),
    )
    act_on = day_field(_("Date de l’acte"))
    act_url = url_field(_("L’acte, en ligne"))


class ReasonForm(forms.Form):
    reason = text_field(_("Le motif"), rows=3, help_text=_("Public, pour toujours."))


class LeavingForm(forms.Form):
    reason = Written(
        label=_("Le motif"), max_length=300, required=False, help_text=_("Public, si vous en donnez un.")
    )


class SittingForm(forms.Form):
    name = Written(
        label=_("Le nom montré"), max_length=80, help_text=_("Qui juge est public : tout le monde le lira.")
    )
    consents = forms.BooleanField(
        label=_("J’accepte que ce nom, mes dates de mandat et l’acte qui me nomme soient publiés."),
        required=False,
    )
