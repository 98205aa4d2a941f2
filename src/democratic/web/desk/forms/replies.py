"""What an agent writes of a tag, a reply template, or why a conversation is opened again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from democratic.participation.inbox.models import InboxTag, ReplyTemplate
from democratic.participation.inbox.receiving import LONGEST
from democratic.participation.inbox.tagging import LONGEST_TAG
from democratic.web.desk.forms.fields import Written, text_field


class RenameForm(forms.Form):
    name = Written(label=_("Le mot-clé"), max_length=LONGEST_TAG)


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=_("Avec le mot-clé"))

    def __init__(self, tags: Iterable[InboxTag], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = {str(each.pk): each for each in tags}
        chosen: Any = self.fields
        chosen["into"].choices = [(pk, each.name) for pk, each in self.tags.items()]


class ReopenForm(forms.Form):
    reason = text_field(
        _("Pourquoi"), rows=3, max_length=500, help_text=_("Entre agents : la personne ne le lit pas.")
    )


class TemplateForm(forms.Form):
    """One text a language of the interface; one of them is enough."""

    name = Written(
        label=_("Son nom"), max_length=60, help_text=_("Vos collègues le choisissent dans une liste.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in settings.LANGUAGES:
            self.fields[f"text_{language}"] = text_field(
                _("La réponse (%(language)s)") % {"language": name},
                rows=6,
                max_length=LONGEST,
                required=False,
            )

    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"text_{language}"] for language, _name in settings.LANGUAGES}


def initial_of(template: ReplyTemplate) -> dict[str, str]:
    texts: dict[str, str] = template.texts
    return {"name": template.name} | {f"text_{language}": text for language, text in texts.items()}
