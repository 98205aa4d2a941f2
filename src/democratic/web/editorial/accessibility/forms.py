from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.accessibility.models import AccessibilityDeclaration, Conformity
from democratic.communities.declaring import Declared
from democratic.web.desk.forms.fields import Written, day_field, text_field, url_field
from democratic.web.desk.groups import Group

ONE_A_LINE = _("Un par ligne.")


class DeclarationForm(forms.Form):
    state = forms.ChoiceField(label=_("L’état du site"), choices=Conformity.choices, widget=forms.RadioSelect)
    rate = forms.IntegerField(
        label=_("Critères du RGAA respectés, en %"), min_value=0, max_value=100, required=False
    )
    audited_on = day_field(_("Jour de l’audit"), required=False)
    audited_by = Written(
        label=_("Qui a fait l’audit"),
        max_length=200,
        required=False,
        help_text=_("Une personne ou un organisme. Un outil automatique ne voit qu’une partie des critères."),
    )
    gaps = text_field(_("Ce qui n’est pas accessible"), required=False, help_text=ONE_A_LINE)
    derogations = text_field(
        _("Dérogations pour charge disproportionnée"), rows=3, required=False, help_text=ONE_A_LINE
    )
    technologies = text_field(
        _("Technologies du site"), rows=3, required=False, help_text=_("HTML, CSS, SVG, JavaScript.")
    )
    tested_with = text_field(
        _("Navigateurs et aides techniques de l’audit"),
        rows=3,
        required=False,
        help_text=_("« Firefox et NVDA ». Un par ligne."),
    )
    contact_email = forms.EmailField(label=_("Adresse e-mail"), required=False)
    contact_url = url_field(_("Ou un formulaire"))
    plan_url = url_field(_("Adresse du schéma pluriannuel"))

    groups: ClassVar = (
        Group(
            _("L’état, d’après l’audit"),
            ("state", "rate", "audited_on", "audited_by"),
            _("Sans audit : non conforme. Dès 50 % : partiellement. À 100 % : totalement."),
        ),
        Group(_("Ce que l’audit a relevé"), ("gaps", "derogations")),
        Group(_("Comment il a été fait"), ("technologies", "tested_with")),
        Group(_("À qui signaler un obstacle"), ("contact_email", "contact_url")),
        Group(
            _("Le schéma pluriannuel"),
            ("plan_url",),
            _("Une page de ce site ou d’un autre, où sont le schéma et le plan de l’année."),
        ),
    )

    @classmethod
    def of(cls, last: AccessibilityDeclaration | None, data: Any) -> "DeclarationForm":
        initial = (
            {name: getattr(last, name) for name in cls.base_fields} if last else {"state": Conformity.NONE}
        )
        return cls(data, initial=initial)

    def declared(self) -> Declared:
        return Declared(**{**self.cleaned_data, "state": Conformity(self.cleaned_data["state"])})
