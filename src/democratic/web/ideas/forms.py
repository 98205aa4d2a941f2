"""What people write: fields that forgive what is typed, keep it, and say what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.people.ages import NO_ADDRESS, Door, may
from democratic.people.models import AgeBand
from democratic.thread.models import Comment, Volume
from democratic.web.ideas.in_whose_name import InWhoseName
from democratic.web.ideas.photo import NOBODY_ON_IT, PhotoFields
from democratic.web.ideas.point import PointFields
from democratic.web.ideas.typed import Said, Typed, too_long

PLACE_LIMIT, BYLINE_LIMIT, SECRET_LIMIT = 80, 60, 60

AGES = [
    (AgeBand.UNSAID.value, _("Je préfère ne pas dire")),
    *((band.value, band.label) for band in AgeBand if band != AgeBand.UNSAID),
]
AGE_HINT = _(
    "Avant 15 ans, ou sans réponse : vos mots seuls sont gardés, sans nom, ni lieu, ni adresse, ni photo."
)


class AgeField(forms.ChoiceField):
    """A band, never a date; not saying is an answer."""

    def __init__(self) -> None:
        super().__init__(
            choices=AGES,
            required=False,
            initial=AgeBand.UNSAID,
            label=_("Votre âge"),
            help_text=AGE_HINT,
            error_messages={"invalid_choice": _("Choisissez un âge dans la liste.")},
        )

    def clean(self, value: Any) -> str:
        return super().clean(value) or AgeBand.UNSAID.value


class SayForm(PhotoFields, PointFields, InWhoseName):
    """The age comes before any free text, and before any photo. ``places``: what others said, to be picked again."""

    use_required_attribute = False
    field_order = (
        "age_band", "text", "place", "point", "file", "file_alt", "file_agreed", "speaks_for", "byline", "email",
    )  # fmt: skip

    age_band = AgeField()
    text = Said(
        label=_("Ce que vous voulez dire"),
        help_text=_("Une phrase suffit. Dans vos mots."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Écrivez ce que vous voulez dire : une phrase suffit.")},
    )
    place = Typed(
        label=_("Où ?"),
        required=False,
        max_length=PLACE_LIMIT,
        help_text=_("La commune ou le lieu dont vous parlez."),
        error_messages=too_long(PLACE_LIMIT),
        widget=forms.TextInput(attrs={"list": "lieux", "autocomplete": "off"}),
    )
    byline = Typed(
        label=_("Comment vous nommer"),
        required=False,
        max_length=BYLINE_LIMIT,
        help_text=_("Montré avec vos mots, comme « Lina, 17 ans ». Vide : sans nom."),
        error_messages=too_long(BYLINE_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = Typed(
        label=_("Votre e-mail, pour avoir la réponse"),
        required=False,
        max_length=254,
        error_messages=too_long(254),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(
        self,
        *args: Any,
        consent: str = "",
        is_signed_in: bool = False,
        is_for_youth: bool = False,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        if is_for_youth:
            self.fields["file_agreed"].label = NOBODY_ON_IT
        self.fields["email"].help_text = consent
        if is_signed_in:
            del self.fields["email"]

    def may_keep_photo(self, said: dict[str, Any]) -> bool:
        return may(Door.PHOTO, self._regime(said.get("age_band", AgeBand.UNSAID)))


class CommentForm(InWhoseName):
    use_required_attribute = False

    age_band = AgeField()
    alignment = forms.TypedChoiceField(
        label=_("Vous êtes plutôt"),
        choices=[
            (Comment.Alignment.FOR.value, Comment.Alignment.FOR.label),
            (Comment.Alignment.AGAINST.value, Comment.Alignment.AGAINST.label),
            (Comment.Alignment.NEUTRAL.value, Comment.Alignment.NEUTRAL.label),
        ],
        initial=Comment.Alignment.NEUTRAL.value,
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Dites si vous êtes pour, contre ou neutre.")},
    )
    text = Said(
        label=_("Votre commentaire"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Écrivez votre commentaire avant de l’envoyer.")},
    )
    byline = Typed(
        label=_("Comment vous nommer"),
        required=False,
        max_length=BYLINE_LIMIT,
        help_text=_("À partir de 15 ans. Vide : sans nom."),
        error_messages=too_long(BYLINE_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


class FollowForm(forms.Form):
    """For a guest: where to tell her, once she said that she is old enough to be told."""

    use_required_attribute = False

    is_15 = forms.BooleanField(
        label=_("J’ai 15 ans ou plus"),
        error_messages={"required": NO_ADDRESS},
    )
    email = Typed(
        label=_("Votre e-mail"),
        max_length=254,
        error_messages={**too_long(254), "required": _("Donnez une adresse, ou gardez seulement le code.")},
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    volume = forms.ChoiceField(
        label=_("Ce que vous recevrez"),
        choices=[(volume.value, volume.label) for volume in Volume if volume != Volume.NOTHING],
        initial=Volume.KEY.value,
        required=False,
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )

    def __init__(self, *args: Any, consent: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["email"].help_text = consent


class SecretForm(forms.Form):
    use_required_attribute = False

    secret = Typed(
        label=_("Votre clé"),
        help_text=_("Quinze signes, montrés une seule fois avec votre confirmation."),
        max_length=SECRET_LIMIT,
        error_messages={**too_long(SECRET_LIMIT), "required": _("Tapez votre clé.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
