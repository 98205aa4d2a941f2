"""One line of a service, as its holder brings it up to date. Nothing is required: silence may be an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.commitments.states import ACTION_NEXT, COMMITMENT_NEXT
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.tracker.telling import News
from democratic.web.desk.forms.answering import with_shapes
from democratic.web.desk.forms.fields import Written, day_field, text_field

SAME = ""


class LineForm(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Où c’en est"), widget=forms.RadioSelect, required=False)
    note = text_field(gettext_lazy("En une phrase"), rows=2, required=False)
    new_on = day_field(gettext_lazy("Nouvelle date"), required=False)
    reason = Written(label=gettext_lazy("Pourquoi cette date"), max_length=500, required=False)

    def __init__(self, owed: Obligation, data: Any = None) -> None:
        super().__init__(data, prefix=owed.record.code)
        self.fields["to"].choices = _choices(owed)  # type: ignore[attr-defined]

    def news(self) -> News:
        said = self.cleaned_data
        return News(said["to"], said["note"], said["new_on"], said["reason"])

    @property
    def is_untouched(self) -> bool:
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)


def _choices(owed: Obligation) -> list[tuple[str, Any]]:
    """What its life allows from where it is, after « no change »."""
    state = owed.record.state
    if owed.owed == Owed.COMMITMENT:
        now, after = CommitmentState(state), COMMITMENT_NEXT[CommitmentState(state)]
        following = [(each.value, each.label) for each in CommitmentState if each in after]
        same = now.label
    else:
        doing, then = ActionState(state), ACTION_NEXT[ActionState(state)]
        following = [(each.value, each.label) for each in ActionState if each in then]
        same = doing.label
    return [(SAME, _("Toujours « %(state)s »") % {"state": same}), *with_shapes(following)]
