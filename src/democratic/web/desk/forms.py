"""What the desk asks. Labels are the public words: what is typed here is what people will read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.queries import officials_of, services_of
from democratic.participation.answers.models import Verdict
from democratic.participation.mandates.models import Level
from democratic.thread.models import Authority, Origin

MOST_EUROS = 10_000_000_000


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), input_formats=["%Y-%m-%d", "%d/%m/%Y"], **more)


def text_field(label: Any, *, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def euros_field(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_EUROS, required=False, **more)


class OwnedForm(forms.Form):
    """A form that chooses among this authority's services or officials."""

    def __init__(self, authority: Authority, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(each.pk): each for each in services_of(authority)}
        self.officials = {str(each.pk): each for each in officials_of(authority)}
        if "service" in self.fields:
            self.fields["service"].choices = [(pk, s.name) for pk, s in self.services.items()]  # type: ignore[attr-defined]
        for name in ("answerer", "signer"):
            if name in self.fields:
                self.fields[name].choices = [  # type: ignore[attr-defined]
                    (pk, f"{o.name}, {o.function}") for pk, o in self.officials.items()
                ]


class MandateForm(OwnedForm):
    title = forms.CharField(label=_("L’objectif, en une phrase"), max_length=200)
    text = text_field(_("Ce qui est demandé"), rows=6)
    ordered_by = forms.CharField(label=_("Qui le demande"), max_length=200)
    ordered_on = day_field(_("Demandé le"))
    vote = forms.CharField(
        label=_("Le vote"), max_length=200, required=False, help_text=_("Par exemple : 41 voix sur 41")
    )
    decidable = text_field(_("Ce qui peut changer"))
    not_decidable = text_field(_("Ce qui n’est pas négociable"))
    level = forms.ChoiceField(label=_("Ce qui est promis"), choices=Level.choices, widget=forms.RadioSelect)
    budget = euros_field(_("Budget, en euros"))
    aimed_at = forms.CharField(label=_("À qui l’on s’adresse"), max_length=200)
    answer_due_on = day_field(_("Réponse politique due le"))
    answerer = forms.ChoiceField(label=_("Qui répondra"))
    service = forms.ChoiceField(label=_("Service responsable"))


class ProcessForm(forms.Form):
    title = forms.CharField(label=_("Le nom de la concertation"), max_length=200)
    text = text_field(_("La question, dans les mots des gens"), rows=3)
    asks = text_field(_("Ce que nous demandons"), rows=3)
    use_of_input = text_field(_("Ce que nous ferons de vos avis"), rows=3)
    not_negotiable = text_field(_("Ce qui n’est pas négociable"), rows=3, required=False)
    first_day = day_field(
        _("Premier jour"),
        help_text=_("Les sept étapes sont datées à partir de ce jour ; chacune se déplace."),
    )
    slug = forms.SlugField(
        label=_("Adresse"), max_length=60, required=False, help_text=_("Laissez vide : elle vient du nom.")
    )
    uses_tu = forms.BooleanField(label=_("Tutoyer : concertation pour les jeunes"), required=False)


class StageForm(forms.Form):
    opens_on = day_field(_("Commence le"))
    closes_on = day_field(_("Finit le"))
    reason = text_field(
        _("Pourquoi cette date change"), rows=2, help_text=_("Public. La date prévue d’abord reste affichée.")
    )


class FinishForm(forms.Form):
    note = forms.CharField(label=_("En quelques mots, ce qui a été fait"), max_length=200, required=False)


class ThemeForm(forms.Form):
    title = forms.CharField(label=_("Le nom du sujet"), max_length=200)
    text = text_field(_("Ce que les gens y disent, en deux phrases"), rows=3, required=False)


class AnswerForm(OwnedForm):
    verdict = forms.ChoiceField(label=_("La réponse"), choices=Verdict.choices, widget=forms.RadioSelect)
    passed_to = forms.CharField(label=_("Transmis à"), max_length=160, required=False)
    reason = text_field(
        _("La raison"),
        rows=7,
        help_text=_("Obligatoire : c’est elle que les gens attendent. Ils la liront telle quelle."),
    )
    signer = forms.ChoiceField(label=_("Qui signe"))


class DecisionForm(forms.Form):
    title = forms.CharField(label=_("Ce qui est décidé"), max_length=200)
    text = text_field(_("Le détail"), required=False)
    decided_on = day_field(_("Décidé le"))
    reference = forms.CharField(label=_("Référence de la délibération"), max_length=120)
    body = forms.CharField(label=_("Qui a décidé"), max_length=160)
    url = forms.URLField(label=_("Lien vers l’acte"), required=False, assume_scheme="https")
    votes_for = forms.IntegerField(label=_("Pour"), min_value=0, required=False)
    votes_against = forms.IntegerField(label=_("Contre"), min_value=0, required=False)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, required=False)
    answers = forms.MultipleChoiceField(
        label=_("Les réponses que cette décision met en œuvre"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, answers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = answers  # type: ignore[attr-defined]


class WorkForm(OwnedForm):
    title = forms.CharField(label=_("Ce qui sera fait"), max_length=200)
    text = text_field(_("Le détail"), rows=3, required=False)
    service = forms.ChoiceField(label=_("Service responsable"))
    due_on = day_field(_("Pour le"), help_text=_("Cette première date restera affichée."))
    cost = euros_field(_("Coût, en euros"))


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=_("Nouvel état"), widget=forms.RadioSelect)
    note = text_field(_("Ce qui a changé"), rows=3, help_text=_("Public, sous la fonction de votre service."))

    def __init__(self, choices: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class PostponeForm(forms.Form):
    new_on = day_field(_("Nouvelle date"))
    reason = text_field(
        _("Le motif"), rows=3, help_text=_("Public. La première date promise reste affichée.")
    )


class EvidenceForm(forms.Form):
    title = forms.CharField(label=_("Ce que cela montre"), max_length=200)
    text = text_field(_("Le détail"), rows=3, required=False)
    url = forms.URLField(label=_("Lien"), required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("Ou un fichier"), required=False, help_text=_("PDF, PNG, JPEG ou WebP, 10 Mo au plus.")
    )
    file_alt = forms.CharField(
        label=_("Description de l’image"), max_length=300, required=False,
        help_text=_("Pour les personnes qui ne la voient pas."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = text_field(_("Le motif"), rows=4, help_text=_("Public, et pour toujours."))


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Le nom de la rencontre"), max_length=200)
    text = text_field(_("De quoi l’on parlera"), rows=3, required=False)
    day = day_field(_("Jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Lieu"), max_length=160)
    access = forms.CharField(
        label=_("Accès"), max_length=200, required=False, help_text=_("Fauteuil, langue des signes, bus…")
    )
    seats = forms.MultipleChoiceField(
        label=_("Comment y prendre part"),
        choices=[(o.value, o.label) for o in (Origin.ROOM, Origin.REMOTE, Origin.LATER, Origin.STREET)],
        widget=forms.CheckboxSelectMultiple,
    )


class MeetingReportForm(forms.Form):
    account = text_field(_("Ce qui s’est dit, en quelques lignes"), rows=6)
    room = forms.IntegerField(label=_("En salle"), min_value=0, required=False)
    remote = forms.IntegerField(label=_("À distance"), min_value=0, required=False)
    later = forms.IntegerField(label=_("En différé"), min_value=0, required=False)
    street = forms.IntegerField(label=_("Dans la rue"), min_value=0, required=False)
