"""What is asked of who signals, contests or decides."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from democratic.people.ages import NO_ADDRESS
from democratic.stewardship.moderation.actions.noticing import LONGEST_EXPLANATION
from democratic.stewardship.moderation.actions.ruling import LONGEST_FACTS
from democratic.stewardship.moderation.charter import MEANS, Rule
from democratic.stewardship.moderation.states import Outcome
from democratic.web.ideas.forms import SECRET_LIMIT
from democratic.web.ideas.typed import Said, Typed, too_long
from democratic.web.moderation.phrases import rule_choice

_told = lazy(rule_choice, str)
INVOKED = [(rule.value, _told(rule, MEANS[rule])) for rule in Rule if rule != Rule.COORDINATED]
APPLIED = [(rule.value, rule.label) for rule in Rule]


def _long(label: Any, limit: int, required: Any, **more: Any) -> Said:
    return Said(
        label=label,
        max_length=limit,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={**too_long(limit), "required": required},
        **more,
    )


class NoticeForm(forms.Form):
    use_required_attribute = False

    rule = forms.ChoiceField(
        label=_("Quelle règle n’est pas respectée ?"),
        choices=INVOKED,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la règle qui n’est pas respectée."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    explanation = _long(
        _("Ce qui ne va pas"),
        LONGEST_EXPLANATION,
        _("Dites en une phrase ce qui ne va pas : nous lirons avec vos yeux."),
        help_text=_("Une phrase suffit. Elle n’est lue que par qui modère."),
    )
    email = Typed(
        label=_("Votre e-mail, pour savoir ce qui est décidé"),
        required=False,
        max_length=254,
        error_messages=too_long(254),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    is_15 = forms.BooleanField(label=_("J’ai 15 ans ou plus"), required=False)

    def __init__(self, *args: Any, consent: str = "", is_signed_in: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["email"].help_text = consent
        if is_signed_in:
            del self.fields["email"], self.fields["is_15"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("email", "").strip() and not said.get("is_15"):
            self.add_error("is_15", NO_ADDRESS)
        return said


class AppealForm(forms.Form):
    use_required_attribute = False

    text = _long(
        _("Ce que vous contestez"),
        LONGEST_EXPLANATION,
        _("Dites ce que vous contestez : une phrase suffit."),
        help_text=_("Une autre personne que celle qui a décidé vous lira."),
    )
    secret = Typed(
        label=_("Votre clé"),
        help_text=_("Celle de votre parole, ou de votre signalement : quinze signes."),
        max_length=SECRET_LIMIT,
        error_messages={**too_long(SECRET_LIMIT), "required": _("Tapez votre clé.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, is_known: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if is_known:
            del self.fields["secret"]


class RulingForm(forms.Form):
    """``outcomes``: what may be decided of this word now."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("Votre décision"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce que vous décidez."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    rule = forms.ChoiceField(
        label=_("La règle"),
        choices=[("", _("Choisissez")), *APPLIED],
        error_messages={
            "required": _("Choisissez la règle sur laquelle repose la décision."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    facts = _long(
        _("Les faits"),
        LONGEST_FACTS,
        _("Dites les faits : une décision sans raison ne se conteste pas."),
        help_text=_("Publics. Dites ce que fait cette parole, sans la citer ni nommer personne."),
    )
    ground = Typed(
        label=_("L’article de loi"),
        required=False,
        max_length=200,
        help_text=_("Pour un contenu illégal."),
        error_messages=too_long(200),
    )

    def __init__(self, *args: Any, outcomes: list[tuple[Outcome, Any]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["outcome"].choices = [(each.value, label) for each, label in outcomes]  # type: ignore[attr-defined]
