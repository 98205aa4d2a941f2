"""What an agent types of a flow, of a code, of a channel."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from civics.reach.reading import MEDIA
from democratic.messaging.models import ChannelUse
from democratic.participation.conversations.drafting import options_of
from democratic.participation.conversations.models import FlowCode
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.groups import Group
from democratic.web.flows.words import KINDS

LANGUAGES = {"fr": _("en français"), "en": _("en anglais")}


class NewFlowForm(forms.Form):
    name = Written(
        label=_("Son nom, entre agents"),
        max_length=80,
        help_text=_("« Bouger le soir, lycées ». Personne d’autre ne le lit."),
    )


class AddStepForm(forms.Form):
    kind = forms.ChoiceField(label=_("Ajouter une étape"), choices=tuple(KINDS.items()))


class StepForm(forms.Form):
    """One step: its words in each language, and what its kind asks for."""

    def __init__(
        self,
        step: Mapping[str, Any],
        languages: Sequence[str],
        polls: Sequence[tuple[str, str]],
        later: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._step, self._languages = step, languages
        for language in languages:
            self.fields[f"text_{language}"] = text_field(
                _("La question, %(language)s") % {"language": LANGUAGES.get(language, language)}, rows=2
            )
            self.initial[f"text_{language}"] = step.get("text", {}).get(language, "")
        if step["kind"] == "choice":
            self._choice_fields(polls, later)
        if step["kind"] == "number":
            for name, label in (("least", _("Le plus petit")), ("most", _("Le plus grand"))):
                self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=1_000_000)
                self.initial[name] = step.get(name, 0 if name == "least" else 100)
        if step["kind"] in MEDIA:
            self._media_fields(step)

    def _media_fields(self, step: Mapping[str, Any]) -> None:
        most = 5 if step["kind"] == "photo" else 3
        self.fields["most_files"] = forms.IntegerField(
            label=_("Photos, au plus") if step["kind"] == "photo" else _("Messages vocaux, au plus"),
            required=False,
            min_value=1,
            max_value=most,
            help_text=_(
                "D’un même envoi, par e-mail surtout. Les autres ne sont pas gardés, et la personne le lit."
            ),
        )
        self.initial["most_files"] = step.get("most_files", 3 if step["kind"] == "photo" else 1)
        if step["kind"] == "voice":
            self.fields["most_minutes"] = forms.IntegerField(
                label=_("Minutes, au plus"),
                required=False,
                min_value=1,
                max_value=10,
                help_text=_("Un message plus long est refusé, avec un mot aimable. Vide : jusqu’à 10 Mo."),
            )
            self.initial["most_minutes"] = step.get("most_minutes")

    def _choice_fields(self, polls: Sequence[tuple[str, str]], later: Sequence[tuple[str, str]]) -> None:
        options = self._step.get("options", [])
        self.fields["options"] = text_field(
            _("Les réponses"),
            rows=5,
            help_text=_(
                "De deux à dix, une par ligne ; les langues séparées par une barre : En bus | By bus."
            ),
        )
        self.initial["options"] = "\n".join(
            " | ".join(each["label"].get(language, "") for language in self._languages) for each in options
        )
        if polls:
            self.fields["poll"] = forms.ChoiceField(
                label=_("Compte aussi pour la question"), required=False, choices=[("", _("Aucune")), *polls]
            )
            self.initial["poll"] = self._step.get("poll", "")
        for each in options if later else ():
            name = f"goes_{each['key']}"
            label = each["label"].get(self._languages[0], each["key"])
            self.fields[name] = forms.ChoiceField(
                label=_("Après « %(answer)s »") % {"answer": label},
                required=False,
                choices=[("", _("L’étape suivante")), *later, ("end", _("La fin"))],
            )
            self.initial[name] = each.get("goes") or ""

    def step(self) -> dict[str, Any]:
        said = self.cleaned_data
        texts = {language: said[f"text_{language}"] for language in self._languages}
        made: dict[str, Any] = {"kind": self._step["kind"], "key": self._step["key"], "text": texts}
        if self._step.get("silence"):
            made["silence"] = self._step["silence"]
        if "options" in said:
            lines = [
                [cell.strip() for cell in line.split("|")]
                for line in said["options"].splitlines()
                if line.strip()
            ]
            made["options"] = options_of(lines, self._languages, self._step.get("options", []))
            for each in made["options"]:
                if f"goes_{each['key']}" in said:
                    each["goes"] = said[f"goes_{each['key']}"] or None
            made["poll"] = said.get("poll", self._step.get("poll", ""))
        made |= {name: said[name] for name in ("least", "most", "most_minutes") if name in said}
        return made | ({"most_files": said["most_files"]} if said.get("most_files") else {})


class EndsForm(forms.Form):
    """What is said first and last."""

    def __init__(self, content: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = content
        for name, label in (("intro", _("Avant la première question")), ("outro", _("À la fin"))):
            for language in content["languages"]:
                self.fields[f"{name}_{language}"] = text_field(
                    f"{label}, {LANGUAGES.get(language, language)}", rows=3
                )
                self.initial[f"{name}_{language}"] = content[name].get(language, "")

    def content(self) -> dict[str, Any]:
        said = {
            name: {
                language: self.cleaned_data[f"{name}_{language}"] for language in self._content["languages"]
            }
            for name in ("intro", "outro")
        }
        return {**self._content, **said}


class CodeForm(forms.Form):
    groups: ClassVar = (Group(_("Un code par lieu"), ("code", "where", "label", "cost")),)

    code = Written(
        label=_("Le code"),
        max_length=20,
        help_text=_("Deux parties, comme LYC-BRO : il se lit sur l’affiche et se tape d’un pouce."),
    )
    where = forms.ChoiceField(label=_("Il sera"), choices=FlowCode.Where.choices)
    label = Written(label=_("Où, précisément"), max_length=80, help_text=_("« Lycée de Brocéliande, hall »."))
    cost = forms.DecimalField(
        label=_("Ce que cela coûte, en euros"),
        required=False,
        localize=True,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_("Impression, relais, envoi : le coût de chaque nouvelle personne en est tiré."),
    )


class ChannelForm(forms.Form):
    """Off until the decision is written: what was weighed, by whom, on which day."""

    groups: ClassVar = (
        Group(_("La décision de protection des données"), ("decision", "decided_by", "decided_on")),
        Group(
            _("Quand nous écrivons les premiers"), ("quiet_until", "quiet_from", "weekly_cap"), is_row=True
        ),
        Group(_("Ce canal"), ("is_open",)),
    )

    decision = text_field(
        _("Ce qui a été décidé, et pourquoi"),
        rows=4,
        required=False,
        help_text=_("Ce que le service de messagerie apprend, où il le garde, ce qui a été pesé."),
    )
    decided_by = Written(label=_("Par qui"), max_length=200, required=False)
    decided_on = day_field(_("Le"), required=False)
    quiet_until = forms.IntegerField(label=_("À partir de"), min_value=0, max_value=12, help_text=_("heures"))
    quiet_from = forms.IntegerField(label=_("Jusqu’à"), min_value=12, max_value=24, help_text=_("heures"))
    weekly_cap = forms.IntegerField(label=_("Par semaine, au plus"), min_value=1, max_value=7)
    is_open = forms.BooleanField(label=_("Ouvert : on peut nous écrire par ce canal"), required=False)

    @classmethod
    def of(cls, use: ChannelUse, sent: Any) -> "ChannelForm":
        names = ("decision", "decided_by", "decided_on", "quiet_until", "quiet_from", "weekly_cap", "is_open")
        return cls(sent, initial={name: getattr(use, name) for name in names})
