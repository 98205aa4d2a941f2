"""Who the authority is: what its pages carry, and what the law asks it to say."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.identity import HEADED
from democratic.communities.models import Controller
from democratic.thread.models import Authority
from democratic.web.desk.forms.authority import SHORT
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.desk.groups import Group


class IdentityForm(forms.Form):
    name = Written(
        label=_("Le nom que vos pages portent"), max_length=120, help_text=_("Court : « Val-d’Orbe ».")
    )
    kind_label = Written(
        label=_("Ce que vous êtes"),
        max_length=60,
        help_text=_("« Commune », « Communauté de communes », « Département »."),
    )
    legal_name = Written(
        label=_("Nom complet"),
        max_length=SHORT,
        help_text=_("Celui des délibérations, sur les pages légales."),
    )
    siret = Written(
        label=_("SIRET"),
        max_length=20,
        required=False,
        help_text=_("Quatorze chiffres, avec ou sans espaces. Ils se vérifient eux-mêmes."),
    )
    publication_director = Written(
        label=_("Qui dirige la publication"),
        max_length=SHORT,
        required=False,
        help_text=_("Nom et fonction. La loi demande qu’on le sache."),
    )
    postal_address = text_field(_("Adresse postale"), rows=3, required=False)
    phone = Written(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Adresse e-mail publique"), required=False)

    groups: ClassVar = (
        Group(_("En tête de chaque page"), ("name", "kind_label")),
        Group(
            _("Sur les pages légales"),
            ("legal_name", "siret", "publication_director"),
            _("Les mentions légales, les données personnelles et l’accessibilité les reprennent."),
        ),
        Group(
            _("Nous joindre"),
            ("postal_address", "phone", "email"),
            _("Sur les mentions légales, et à qui veut exercer ses droits."),
        ),
    )

    @classmethod
    def of(cls, authority: Authority, controller: Controller, data: Any) -> "IdentityForm":
        held = {name: getattr(authority if name in HEADED else controller, name) for name in cls.base_fields}
        return cls(data, initial=held)
