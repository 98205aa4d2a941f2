"""What who keeps an organisation's page fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Membership, Organisation
from democratic.web.desk.forms.fields import Written, text_field

NAME_LIMIT, FUNCTION_LIMIT, PURPOSE_LIMIT = 80, 120, 4000


class DescriptionForm(forms.Form):
    title = Written(label=_("Son nom"), max_length=200)
    text = text_field(
        _("Ce qu’elle fait"),
        rows=5,
        max_length=PURPOSE_LIMIT,
        required=False,
        help_text=_("En quelques phrases : pour qui, où, depuis quand."),
    )


class SpeakingForm(forms.Form):
    name = Written(
        label=_("Le nom montré"),
        max_length=NAME_LIMIT,
        help_text=_("Tel que tout le monde le lira, à côté de ce qui sera dit."),
    )
    function = Written(
        label=_("Sa fonction"), max_length=FUNCTION_LIMIT, help_text=_("« présidente », « porte-parole ».")
    )


class LinkForm(forms.Form):
    place = forms.ChoiceField(
        label=_("Ce lien donne"),
        choices=[
            (Membership.Place.MEMBER.value, _("une place de membre")),
            (Membership.Place.EDITOR.value, _("une place de membre, et le soin de tenir la page")),
        ],
        initial=Membership.Place.MEMBER.value,
        widget=forms.RadioSelect,
    )


class OpeningForm(DescriptionForm):
    sort = forms.ChoiceField(
        label=_("Ce que c’est"), choices=Organisation.Sort.choices, widget=forms.RadioSelect
    )
    field_order = ("title", "sort", "text")
