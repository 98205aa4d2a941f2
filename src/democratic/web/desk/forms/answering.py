"""Themes, answers, and the reason that a public refusal needs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from democratic.participation.answers.models import Verdict
from democratic.thread.models import Record
from democratic.web.desk.forms.fields import OwnedForm, Written, text_field
from democratic.web.templatetags.face import glyph


class ThemeForm(forms.Form):
    title = Written(label=_("Le nom du sujet"), max_length=200)
    text = text_field(_("Ce que les gens y disent, en deux phrases"), rows=3, required=False)


def with_shapes(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The states as choices: the shape that pages will show, and its word."""
    return [
        (code, format_html('<span class="shaped">{}<span>{}</span></span>', glyph(code), label))
        for code, label in choices
    ]


class VerdictForm(OwnedForm):
    verdict = forms.ChoiceField(label=_("La réponse"), choices=Verdict.choices, widget=forms.RadioSelect)
    passed_to = Written(label=_("Transmis à"), max_length=160, required=False)
    reason = text_field(
        _("La raison"),
        rows=7,
        help_text=_("Obligatoire : c’est elle que les gens attendent. Ils la liront telle quelle."),
    )
    signer = forms.ChoiceField(label=_("Qui signe"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = with_shapes(Verdict.choices)  # type: ignore[attr-defined]


class AnswerForm(VerdictForm):
    # Of the draft that was read before it was written anew; none when there was no draft.
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    saved: dict[str, str] | None = None

    def show_saved(self, version: int, verdict: str, passed_to: str, reason: str) -> None:
        """What someone else saved meanwhile; sent again, what was typed replaces it knowingly."""
        self.saved = {"verdict": verdict, "passed_to": passed_to, "reason": reason}
        self.data = {**dict(self.data.items()), "version": str(version)}


class TogetherForm(VerdictForm):
    """One answer for several subjects. ``seen``: the code of each, and the stamp of its answers, as they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=4000)


class ReasonForm(forms.Form):
    reason = text_field(_("Le motif"), rows=4, help_text=_("Public, et pour toujours."))


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=_("Celle qui reste"), widget=forms.RadioSelect)
    reason = text_field(_("Le motif"), rows=3, help_text=_("Public, et pour toujours."))

    def __init__(self, *args: Any, ideas: Iterable[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(idea.code, f"{idea.code} · {idea.title}") for idea in ideas]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]
