"""What an administrator notes of a template, as its provider approved it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.messaging.templates import LONGEST, PARAMETERS
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.desk.groups import Group


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
