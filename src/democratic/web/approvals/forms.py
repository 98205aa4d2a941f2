from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.web.desk.forms.fields import text_field

YES, NO = "oui", "non"


class ApprovalForm(forms.Form):
    """One answer; the page shows it twice, once for each button, so that neither sends the other's."""

    says = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], widget=forms.HiddenInput)
    reason = text_field(
        _("Ce qui est à changer"),
        rows=4,
        required=False,
        help_text=_("Le service seul le lira."),
    )
    is_by_delegation = forms.BooleanField(label=_("Je réponds par délégation, à sa demande"), required=False)
