"""What an authority says of itself."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Controller
from democratic.thread.models import Authority
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.desk.groups import Group

SHORT = 200


class DeclarationForm(forms.Form):
    legal_name = Written(label=_("Nom complet"), max_length=SHORT)
    siret = Written(label=_("SIRET"), max_length=20, required=False, help_text=_("Quatorze chiffres."))
    postal_address = text_field(_("Adresse postale"), rows=3, required=False)
    phone = Written(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Adresse e-mail publique"), required=False)
    publication_director = Written(
        label=_("Qui dirige la publication"),
        max_length=SHORT,
        required=False,
        help_text=_("Nom et fonction."),
    )
    hosting = text_field(
        _("Hébergement"), rows=3, required=False, help_text=_("Nom, adresse et téléphone de l’hébergeur.")
    )
    officer = Written(
        label=_("Personne déléguée à la protection des données"), max_length=SHORT, required=False
    )
    officer_email = forms.EmailField(label=_("Son adresse e-mail"), required=False)

    groups: ClassVar = (
        Group(_("Qui publie"), ("legal_name", "siret", "publication_director", "hosting")),
        Group(_("Nous joindre"), ("postal_address", "phone", "email")),
        Group(_("Les données personnelles"), ("officer", "officer_email")),
    )

    @classmethod
    def of(cls, controller: Controller, data: Any) -> "DeclarationForm":
        return cls(data, initial={name: getattr(controller, name) for name in cls.base_fields})


class AppearanceForm(forms.Form):
    identity = forms.ChoiceField(
        label=_("Apparence"),
        choices=[
            ("", _("Fil : vert profond")),
            ("ardoise", _("Ardoise : bleu gris")),
            ("prune", _("Prune : violet")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    accent = Written(
        label=_("Ou votre couleur"),
        max_length=7,
        required=False,
        help_text=_("Par exemple #0f5257. Nous vérifions que tout reste lisible, et proposons mieux sinon."),
    )

    @classmethod
    def of(cls, authority: Authority, data: Any) -> "AppearanceForm":
        return cls(data, initial={"identity": authority.identity, "accent": authority.accent})


class LanguagesForm(forms.Form):
    languages = forms.ChoiceField(
        label=_("Langues du site"),
        choices=[("fr,en", _("Français et anglais")), ("fr", _("Français seulement"))],
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(
        label=_("Fuseau horaire"),
        help_text=_("Les jours et les heures affichés, et le moment où une étape s’ouvre."),
    )
    ZONES: ClassVar = (
        ("Europe/Paris", _("Hexagone et Corse")),
        ("America/Guadeloupe", _("Guadeloupe")),
        ("America/Martinique", _("Martinique")),
        ("America/Cayenne", _("Guyane")),
        ("Indian/Reunion", _("La Réunion")),
        ("Indian/Mayotte", _("Mayotte")),
        ("America/Miquelon", _("Saint-Pierre-et-Miquelon")),
        ("Pacific/Noumea", _("Nouvelle-Calédonie")),
        ("Pacific/Wallis", _("Wallis-et-Futuna")),
        ("Pacific/Tahiti", _("Polynésie française")),
        ("Pacific/Marquesas", _("Îles Marquises")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(self.ZONES)
        now = self.initial.get("time_zone")
        more = [] if now in known or now is None else [(now, now)]
        self.fields["time_zone"].choices = [*self.ZONES, *more]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, authority: Authority, data: Any) -> "LanguagesForm":
        return cls(data, initial={"languages": authority.languages, "time_zone": authority.time_zone})
