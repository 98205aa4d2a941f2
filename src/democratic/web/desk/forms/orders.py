"""An order, and the stages of the process that carries it."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from democratic.participation.mandates.models import Level
from democratic.web.desk.forms.fields import OwnedForm, Written, day_field, euros_field, text_field
from democratic.web.desk.groups import Group

LONGEST_REASON = 300  # shown beside the stage, on one line of its table

# Arnstein's ladder as French town halls say it, and what each rung binds to.
LEVEL_MEANS = {
    Level.INFORM: _("Nous expliquons ce qui est décidé."),
    Level.CONSULT: _("Nous écoutons, nous décidons, et nous disons pourquoi."),
    Level.INVOLVE: _("Nous construisons avec les gens, et nous disons ce que nous en avons fait."),
    Level.CODECIDE: _("Ce qui en sort est appliqué."),
}


class MandateForm(OwnedForm):
    groups: ClassVar = (
        Group(
            _("La commande"),
            ("title", "text", "ordered_by", "ordered_on", "vote"),
            _("Ce qu’un élu ou une assemblée demande, dans ses mots."),
        ),
        Group(
            _("Ce qui peut changer"),
            ("decidable", "not_decidable", "budget"),
            _("Dit avant d’écouter : personne ne pourra se croire trompé."),
        ),
        Group(_("La promesse"), ("level", "aimed_at")),
        Group(
            _("Qui répond, et quand"),
            ("answerer", "service", "answer_due_on"),
            _("Passée cette date, le retard se verra de lui-même."),
        ),
    )

    title = Written(label=_("L’objectif, en une phrase"), max_length=200)
    text = text_field(_("Ce qui est demandé"), rows=6)
    ordered_by = Written(label=_("Qui le demande"), max_length=200)
    ordered_on = day_field(_("Demandé le"))
    vote = Written(
        label=_("Le vote"), max_length=200, required=False, help_text=_("Par exemple : 41 voix sur 41")
    )
    decidable = text_field(_("Ce qui peut changer"))
    not_decidable = text_field(_("Ce qui n’est pas négociable"))
    level = forms.ChoiceField(label=_("Ce qui est promis"), choices=Level.choices, widget=forms.RadioSelect)
    budget = euros_field(_("Budget, en euros"))
    aimed_at = Written(label=_("À qui l’on s’adresse"), max_length=200)
    answer_due_on = day_field(_("Réponse politique due le"))
    answerer = forms.ChoiceField(label=_("Qui répondra"))
    service = forms.ChoiceField(label=_("Service responsable"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level.value, format_html("<span><b>{}</b> {}</span>", level.label, LEVEL_MEANS[level]))
            for level in Level
        ]


class StageForm(forms.Form):
    groups: ClassVar = (
        Group(_("Les dates"), ("opens_on", "closes_on"), is_row=True),
        Group(_("Le motif"), ("reason",)),
    )

    opens_on = day_field(_("Commence le"))
    closes_on = day_field(_("Finit le"))
    reason = text_field(
        _("Pourquoi cette date change"),
        rows=2,
        max_length=LONGEST_REASON,
        help_text=_("Public. La date prévue d’abord reste affichée."),
    )


class FinishForm(forms.Form):
    note = Written(label=_("En quelques mots, ce qui a été fait"), max_length=200, required=False)
