"""What an agent says of a list, of a message to it; and what an administrator notes of a template."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from civics.reach.address_file import MOST_SIGNS
from civics.territory.communes_file import decoded
from democratic.messaging.models import ChannelKind
from democratic.messaging.templates import LONGEST, PARAMETERS
from democratic.participation.campaigns.lists.models import TEXT_LIMIT, AddressList
from democratic.participation.campaigns.lists.reading import SORTS
from democratic.participation.campaigns.models import NAME_LIMIT, WHAT_LIMIT
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.groups import Group
from democratic.web.uploads import SentFile

Choices = Sequence[tuple[str, Any]]
LANGUAGES = (("fr", _("Français")), ("en", _("Anglais")))


class ListForm(forms.Form):
    """A sheet is in the place of what is typed, and shown as if it had been."""

    name = Written(
        label=_("Son nom, entre agents"), max_length=NAME_LIMIT, help_text=_("« Pass’Jeunes 2026 ».")
    )
    kind = forms.ChoiceField(
        label=_("Par quel canal leur écrire"), choices=[(kind, ChannelKind(kind).label) for kind in SORTS]
    )
    language = forms.ChoiceField(label=_("Dans quelle langue"), choices=LANGUAGES)
    source = Written(
        label=_("D’où vient cette liste"),
        max_length=WHAT_LIMIT,
        help_text=_("« Inscriptions au Pass’Jeunes ». Chaque personne peut le lire, en répondant QUI."),
    )
    basis = forms.ChoiceField(
        label=_("Ce qui permet de leur écrire"),
        choices=AddressList.Basis.choices,
        widget=forms.RadioSelect,
        help_text=_("Sans l’un des deux, n’écrivez pas les premiers."),
    )
    given_on = day_field(
        _("Le jour de cet accord, ou de cette inscription"),
        help_text=_("Le plus récent, s’il y en a plusieurs."),
    )
    erase_on = day_field(
        _("À effacer le"), help_text=_("Dans les 90 jours. Ce jour-là, les adresses s’effacent seules.")
    )
    sheet = SentFile(
        label=_("Le fichier CSV"),
        accept=".csv,text/csv,text/plain",
        help_text=_(
            "Une personne par ligne. Seule l’adresse ou le numéro est gardé, rien des autres colonnes."
        ),
    )
    addresses = text_field(
        _("Ou collez les adresses ici"),
        rows=8,
        max_length=MOST_SIGNS,
        required=False,
        help_text=_("Une par ligne : « 06 12 34 56 78 » ou « lina@exemple.fr »."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sheet: UploadedFile | None = cleaned.get("sheet")
        if sheet is not None:
            cleaned["addresses"] = decoded(sheet.read(2 * MOST_SIGNS))
        return cleaned


class WaveForm(forms.Form):
    """``fare`` in euros, for one message, or one part of it: with four digits after the point at most."""

    code = forms.ChoiceField(
        label=_("Le code auquel répondre"),
        help_text=_("Quelle que soit sa première réponse, elle ouvre la conversation de ce code."),
    )
    text = text_field(
        _("Le message"),
        rows=5,
        max_length=TEXT_LIMIT,
        required=False,
        help_text=_("Qui écrit, le code et STOP s’y ajoutent seuls. Regardez-le avant de l’envoyer."),
    )
    template = forms.ChoiceField(
        label=_("Le modèle approuvé"),
        required=False,
        help_text=_("Hors d’une conversation, WhatsApp ne porte que ceux-là."),
    )
    fare = forms.DecimalField(
        label=_("Le prix d’un message, en euros"),
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=3,
        localize=True,
        help_text=_(
            "Celui de votre opérateur, pour un SMS de 160 signes : « 0,045 ». Vide s’il est compris."
        ),
    )

    def __init__(self, codes: Choices, templates: Choices | None, *args: Any, **named: Any) -> None:
        """``templates``: None where words are written here."""
        super().__init__(*args, **named)
        self.fields["code"].choices = list(codes)  # type: ignore[attr-defined]
        if templates is None:
            del self.fields["template"]
        else:
            del self.fields["text"]
            self.fields["template"].choices = [("", "–"), *templates]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    groups: ClassVar = (
        Group(_("Tel que Meta le connaît"), ("name", "language", "text")),
        Group(
            _("Ce qui va dans ses places"),
            ("first", "second", "third"),
            _("Dans l’ordre : {{1}}, {{2}}, {{3}}."),
        ),
    )

    name = Written(label=_("Son nom"), max_length=120, help_text=_("« invitation_jeunes »."))
    language = Written(label=_("Le code de sa langue"), max_length=8, help_text=_("« fr »."))
    text = text_field(
        _("Son texte"),
        rows=5,
        max_length=LONGEST,
        help_text=_(
            "« {{1}} : le bus du soir, parlons-en. Répondez {{2}}. Source : {{3}}. STOP pour arrêter. »"
        ),
    )
    first = forms.ChoiceField(label="{{1}}", required=False)
    second = forms.ChoiceField(label="{{2}}", required=False)
    third = forms.ChoiceField(label="{{3}}", required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for place in ("first", "second", "third"):
            self.fields[place].choices = [("", "–"), *PARAMETERS.items()]  # type: ignore[attr-defined]

    def parameters(self) -> list[str]:
        return [said for place in ("first", "second", "third") if (said := self.cleaned_data[place])]
