"""Speaking in one's own name, or in that of an organisation: asked only of who may do both."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import SpeakingMandate
from democratic.communities.organisations.queries import mandates_held
from democratic.people.ages import Door, Regime, may, regime_of
from democratic.people.models import AgeBand
from democratic.people.queries import person_and_claimed
from democratic.web.requests import Request


def mandates_of(request: Request) -> list[SpeakingMandate]:
    """In whose name one may speak here today; asked only of who has an account, as a guest is no member."""
    if request.person is None or not request.viewer.is_signed_in:
        return []
    return mandates_held(person_and_claimed(request.person), request.authority)


def chosen_among(mandates: Sequence[SpeakingMandate], said: dict[str, Any]) -> SpeakingMandate | None:
    return next((each for each in mandates if str(each.pk) == said.get("speaks_for")), None)


class InWhoseName(forms.Form):
    """``speaks_for`` is there for who holds a mandate; ``regime`` says what an age band allows."""

    speaks_for = forms.ChoiceField(
        label=_("Qui parle"),
        required=False,
        help_text=_(
            "Au nom d’une organisation, vos mots sont signés du nom et de la fonction que vous avez acceptés."
        ),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _(
                "Vous ne parlez plus au nom de cette organisation. Choisissez votre propre nom."
            )
        },
    )

    def __init__(
        self,
        *args: Any,
        mandates: Sequence[SpeakingMandate] = (),
        regime: Callable[[str], Regime] = regime_of,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self._regime = regime
        self._offer_names(mandates)

    def _offer_names(self, mandates: Sequence[SpeakingMandate]) -> None:
        """A name that was chosen while its mandate ran is refused in words, never dropped in silence."""
        if not mandates and not self.data.get("speaks_for"):
            del self.fields["speaks_for"]
            return
        held = [
            (
                str(each.pk),
                _("Au nom de %(name)s (%(function)s)")
                % {"name": each.organisation.name, "function": each.function},
            )
            for each in mandates
        ]
        self.fields["speaks_for"].choices = [("", _("En mon nom")), *held]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("speaks_for") and not may(Door.SPEAK, self._regime(said.get("age_band", AgeBand.UNSAID))):
            self.add_error("speaks_for", _("Avant 15 ans, on parle ici en son propre nom."))
        return said
