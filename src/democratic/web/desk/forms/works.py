"""A decision, what it commits to, how that moves, and what shows it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.web.desk.forms.answering import with_shapes
from democratic.web.desk.forms.fields import (
    OwnedForm,
    Written,
    day_field,
    euros_field,
    people_field,
    text_field,
    url_field,
)
from democratic.web.desk.groups import Group
from democratic.web.uploads import ACCEPT_FILES, SentFile


class DecisionForm(forms.Form):
    groups: ClassVar = (
        Group(_("Ce qui est décidé"), ("title", "text", "answers")),
        Group(
            _("L’acte"),
            ("body", "decided_on", "reference", "url"),
            _("De quoi le retrouver, et le lire en entier."),
        ),
        Group(
            _("Le vote"),
            ("votes_for", "votes_against", "abstentions"),
            _("S’il y en a eu un."),
            is_row=True,
        ),
    )

    title = Written(label=_("Ce qui est décidé"), max_length=200)
    text = text_field(_("Le détail"), required=False)
    decided_on = day_field(_("Décidé le"))
    reference = Written(label=_("Référence de la délibération"), max_length=120)
    body = Written(label=_("Qui a décidé"), max_length=160)
    url = url_field(_("Lien vers l’acte"))
    votes_for = people_field(_("Pour"))
    votes_against = people_field(_("Contre"))
    abstentions = people_field(_("Abstentions"))
    answers = forms.MultipleChoiceField(
        label=_("Les réponses que cette décision met en œuvre"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, answers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = answers  # type: ignore[attr-defined]


class WorkForm(OwnedForm):
    groups: ClassVar = (
        Group(_("Ce qui sera fait"), ("title", "text")),
        Group(_("Qui, pour quand, combien"), ("service", "due_on", "cost")),
    )

    title = Written(label=_("Ce qui sera fait"), max_length=200)
    text = text_field(_("Le détail"), rows=3, required=False)
    service = forms.ChoiceField(label=_("Service responsable"))
    due_on = day_field(_("Pour le"), help_text=_("Cette première date restera affichée."))
    cost = euros_field(_("Coût, en euros"))


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=_("Nouvel état"), widget=forms.RadioSelect)
    note = text_field(_("Ce qui a changé"), rows=3, help_text=_("Public, sous la fonction de votre service."))

    def __init__(self, choices: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = with_shapes(choices)  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    new_on = day_field(_("Nouvelle date"))
    reason = text_field(
        _("Le motif"), rows=3, help_text=_("Public. La première date promise reste affichée.")
    )


class EvidenceForm(forms.Form):
    groups: ClassVar = (
        Group(_("Ce que cela montre"), ("title", "text")),
        Group(_("La preuve"), ("url", "file", "file_alt"), _("Un lien, un fichier, ou les deux.")),
    )

    title = Written(label=_("En une phrase"), max_length=200)
    text = text_field(_("Le détail"), rows=3, required=False)
    url = url_field(_("Lien"))
    file = SentFile(
        label=_("Ou un fichier"),
        accept=ACCEPT_FILES,
        help_text=_(
            "PDF, PNG, JPEG ou WebP, 10 Mo au plus. Le lieu et l’appareil notés dans une photo sont ôtés."
        ),
    )
    file_alt = Written(
        label=_("Description de l’image"), max_length=300, required=False,
        help_text=_("Demandée pour une image : en une phrase, pour les personnes qui ne la voient pas."),
    )  # fmt: skip
