"""What an agent says of a list."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from civics.reach.address_file import MOST_SIGNS
from civics.territory.communes_file import decoded
from democratic.messaging.models import ChannelKind
from democratic.participation.campaigns.lists.models import AddressList
from democratic.participation.campaigns.lists.reading import SORTS
from democratic.participation.campaigns.models import NAME_LIMIT, WHAT_LIMIT
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.uploads import SentFile

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
