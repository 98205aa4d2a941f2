from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.thread.models import Authority
from democratic.web.desk.forms.fields import OwnedForm, day_field, text_field


class AssignSubjectsForm(OwnedForm):
    """``is_change``: some are assigned already, and a reason is asked."""

    service = forms.ChoiceField(label=_("Le service qui prépare la réponse"))
    due_on = day_field(_("À préparer pour le"))
    reason = text_field(
        _("Pourquoi cela change"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("Entre agents : le service qui l’avait et celui qui le prend le liront."),
    )

    def __init__(self, authority: Authority, *args: Any, is_change: bool, **kwargs: Any) -> None:
        super().__init__(authority, *args, **kwargs)
        self.fields["reason"].required = is_change
        if not is_change:
            self.fields["reason"].widget = forms.HiddenInput()


class TakeBackForm(forms.Form):
    reason = text_field(
        _("La raison"), rows=3, max_length=1000, help_text=_("Entre agents : le service la lira.")
    )
