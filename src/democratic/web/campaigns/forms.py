"""What an agent types of a campaign, of a public, of a step; and what an administrator sends of the census."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from civics.reach.census_file import MOST_SIGNS
from civics.territory.communes_file import decoded
from democratic.participation.campaigns.census import BANDS
from democratic.participation.campaigns.models import NAME_LIMIT, WHAT_LIMIT, CampaignStep, Means
from democratic.participation.campaigns.naming import MOST_WANTED
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.groups import Group
from democratic.web.flows.forms import CodeForm
from democratic.web.uploads import SentFile

Choices = Sequence[tuple[str, str]]


def _goal(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_WANTED, **more)


class CampaignForm(forms.Form):
    groups: ClassVar = (
        Group(_("La campagne"), ("name", "goal")),
        Group(_("Quand"), ("starts_on", "ends_on"), is_row=True),
    )

    name = Written(
        label=_("Son nom, entre agents"),
        max_length=NAME_LIMIT,
        help_text=_("« Les 15-25 ans, au printemps »."),
    )
    goal = _goal(
        _("Combien de personnes voulez-vous entendre ?"), help_text=_("Celles qui répondent jusqu’au bout.")
    )
    starts_on = day_field(_("Du"))
    ends_on = day_field(_("Au"))


class PublicForm(forms.Form):
    groups: ClassVar = (
        Group(_("Qui"), ("name", "bands", "place", "goal")),
        Group(_("Comment les atteindre"), ("means",), _("Les outils où ces personnes sont déjà.")),
    )

    name = Written(
        label=_("Ce public"), max_length=NAME_LIMIT, help_text=_("« Lycéennes et lycéens du nord ».")
    )
    bands = forms.MultipleChoiceField(
        label=_("Leur âge"),
        required=False,
        choices=[(band.value, band.label) for band in BANDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rien de coché : tous les âges."),
    )
    place = forms.ChoiceField(label=_("Leur commune"), required=False)
    goal = _goal(_("Combien voulez-vous en entendre ?"))
    means = forms.MultipleChoiceField(
        label=_("Par quels moyens"),
        choices=Means.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, places: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["place"].choices = [("", _("Tout le territoire")), *places]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    codes = forms.MultipleChoiceField(
        label=_("Les codes donnés pour ce public"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Un code est d’un seul public. Ceux d’un autre public ne sont pas proposés."),
    )

    def __init__(self, codes: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["codes"].choices = list(codes)  # type: ignore[attr-defined]


class PublicCodeForm(CodeForm):
    groups: ClassVar = (Group(_("Un code par lieu"), ("flow", "code", "where", "label", "cost")),)

    flow = forms.ChoiceField(label=_("La conversation qu’il ouvre"))

    def __init__(self, flows: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["flow"].choices = list(flows)  # type: ignore[attr-defined]


class StepForm(forms.Form):
    groups: ClassVar = (
        Group(_("Quoi"), ("kind", "what", "flow")),
        Group(_("Quand"), ("day", "hour"), is_row=True),
        Group(_("Par qui, par quoi"), ("means", "relay")),
    )

    kind = forms.ChoiceField(
        label=_("Cette étape"),
        choices=CampaignStep.Kind.choices,
        help_text=_("Ouvrir et fermer une conversation se font seuls, à l’heure dite."),
    )
    what = Written(
        label=_("Ce qui est à faire"),
        max_length=WHAT_LIMIT,
        required=False,
        help_text=_("« Porter les affiches au lycée ». Inutile pour ouvrir ou fermer."),
    )
    flow = forms.ChoiceField(
        label=_("La conversation"),
        required=False,
        help_text=_(
            "Pour ouvrir ou fermer. Ouverte, elle est publiée telle qu’elle est écrite à cette heure-là."
        ),
    )
    day = day_field(_("Le"))
    hour = forms.TimeField(
        label=_("À quelle heure"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    means = forms.ChoiceField(label=_("Par quel moyen"), required=False, choices=[("", "–"), *Means.choices])
    relay = Written(
        label=_("Avec quel relais"),
        max_length=NAME_LIMIT,
        required=False,
        help_text=_("« La mission locale », « le foyer du lycée »."),
    )

    def __init__(self, flows: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["flow"].choices = [("", _("Aucune")), *flows]  # type: ignore[attr-defined]


class CensusForm(forms.Form):
    """A sheet is in the place of what is typed, and shown as if it had been."""

    source = Written(
        label=_("La source"), max_length=WHAT_LIMIT, help_text=_("« Insee, recensement de la population ».")
    )
    year = forms.IntegerField(label=_("L’année"), min_value=1, max_value=9999)
    sheet = SentFile(
        label=_("Le fichier CSV"),
        accept=".csv,text/csv,text/plain",
        help_text=_("Trois colonnes : commune;tranche;habitants. La commune par son nom ou son code Insee."),
    )
    counts = text_field(
        _("Ou collez les lignes ici"),
        rows=8,
        max_length=MOST_SIGNS,
        required=False,
        help_text=_("Comme « Vaubrun;15-17 ans;310 »."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sheet: UploadedFile | None = cleaned.get("sheet")
        if sheet is not None:
            cleaned["counts"] = decoded(sheet.read(2 * MOST_SIGNS))
        return cleaned
