"""Registering: by which seat, and what one wants to say of oneself. The age comes before any free text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.arrivals.registering import NAME_LIMIT, NEEDS_LIMIT, Wish
from democratic.people.ages import Door, may, why_not
from democratic.people.models import AgeBand
from democratic.web.ideas.forms import AgeField
from democratic.web.ideas.typed import Typed, too_long


class WishForm(forms.Form):
    """``regime``: from an age band, who stands here (see ``people.ages``)."""

    use_required_attribute = False
    field_order = ("age_band", "seat", "name", "needs", "email")

    age_band = AgeField()
    seat = forms.ChoiceField(
        label=_("Comment viendrez-vous ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez comment vous viendrez.")},
    )
    name = Typed(
        label=_("Comment vous appeler"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("Un prénom suffit. Lu par qui accueille, jamais publié."),
        error_messages=too_long(NAME_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    needs = Typed(
        label=_("Ce qu’il faut pour bien vous accueillir"),
        required=False,
        max_length=NEEDS_LIMIT,
        help_text=_("Une place pour un fauteuil, la langue des signes… Effacé un mois après la rencontre."),
        error_messages=too_long(NEEDS_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, seats: Sequence[tuple[str, str]], *args: Any, regime: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._regime = regime
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]
        if len(seats) == 1:
            self.fields["seat"].initial = seats[0][0]

    def _of_age(self, field: str, door: Door) -> str:
        said: str = str(self.cleaned_data.get(field, "")).strip()
        if said and not may(door, self._regime(self.cleaned_data.get("age_band", AgeBand.UNSAID))):
            raise forms.ValidationError(str(why_not(door)))
        return said

    def clean_name(self) -> str:
        return self._of_age("name", Door.BYLINE)

    def clean_needs(self) -> str:
        return self._of_age("needs", Door.BYLINE)

    def wish(self) -> Wish:
        return wish_of(self.cleaned_data)


class RegisterForm(WishForm):
    email = Typed(
        label=_("Votre e-mail, pour le rappel de la veille"),
        required=False,
        max_length=254,
        error_messages=too_long(254),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, consent: str, is_signed_in: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["email"].help_text = consent
        if is_signed_in:
            del self.fields["email"]

    def clean_email(self) -> str:
        email = self._of_age("email", Door.ADDRESS)
        if not email:
            return ""
        try:
            return str(forms.EmailField().clean(email))
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("Cette adresse n’est pas complète. Elle ressemble à prenom@exemple.fr.")
            ) from error


def wish_of(said: Mapping[str, Any]) -> Wish:
    return Wish(Seat(said["seat"]), said["name"], said["needs"])
