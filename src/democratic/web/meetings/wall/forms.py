"""What is typed at the wall: a question; an answer, a date, a promise, a fact, for those who run the meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.stewardship.moderation.charter import Rule
from democratic.thread.models import Authority
from democratic.web.desk.forms.fields import Written, day_field, services_of, text_field
from democratic.web.ideas.forms import BYLINE_LIMIT, AgeField
from democratic.web.ideas.typed import Said, Typed, too_long

TITLE_MOST, MORE_MOST = 200, 2000


class AskForm(forms.Form):
    """``asks_age`` False: her age is known, or she has an account. The age comes before any free text.

    ``objects``: what is said is an objection to a proposal.
    """

    use_required_attribute = False

    age_band = AgeField()
    title = Said(
        label=_("Votre question"),
        help_text=_("Une phrase, 200 signes au plus."),
        max_length=TITLE_MOST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={
            "required": _("Écrivez votre question : une phrase suffit."),
            **too_long(TITLE_MOST),
        },
    )
    text = Typed(
        label=_("Pourquoi vous la posez"),
        required=False,
        max_length=MORE_MOST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages=too_long(MORE_MOST),
    )
    byline = Typed(
        label=_("Comment vous nommer"),
        required=False,
        max_length=BYLINE_LIMIT,
        help_text=_("Montré avec la question, comme « Inès, 19 ans ». Vide : sans nom."),
        error_messages=too_long(BYLINE_LIMIT),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    def __init__(self, *args: Any, asks_age: bool = True, objects: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        if objects:
            self.fields["title"].label = _("Votre objection")
            self.fields["text"].label = _("Ce qu’il faudrait changer")
            self.fields["title"].error_messages["required"] = _(
                "Dites ce qui vous retient : une phrase suffit."
            )
        for field in ("title", "text"):
            self.fields[field].widget.attrs.pop("maxlength", None)
        if not asks_age:
            del self.fields["age_band"]


class AnswerForm(forms.Form):
    """``read_at``: when the draft on this page was written."""

    use_required_attribute = False

    text = text_field(_("Ce qui est répondu, en trois lignes"), rows=5)
    function = forms.ChoiceField(label=_("Au nom de"))
    read_at = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, functions: list[str], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        chosen = [(each, each) for each in functions]
        self.fields["function"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["function"].widget = forms.HiddenInput()
            self.fields["function"].initial = functions[0]


class _ServiceForm(forms.Form):
    use_required_attribute = False

    def __init__(self, authority: Authority, functions: list[str], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        services = [(str(service.pk), service.name) for service in services_of(authority)]
        self.fields["service"].choices = services  # type: ignore[attr-defined]
        chosen = [(each, each) for each in functions]
        self.fields["function"].choices = chosen  # type: ignore[attr-defined]
        if len(chosen) == 1:
            self.fields["function"].widget = forms.HiddenInput()
            self.fields["function"].initial = functions[0]


class OweForm(_ServiceForm):
    due_on = day_field(_("Je réponds par écrit avant le…"))
    service = forms.ChoiceField(label=_("Le service qui écrit"))
    function = forms.ChoiceField(label=_("Au nom de"))


class PromiseForm(_ServiceForm):
    title = Written(label=_("Ce qui est promis, en une ligne"), max_length=200)
    due_on = day_field(_("Pour quand"))
    service = forms.ChoiceField(label=_("Le service qui le fera"))
    function = forms.ChoiceField(label=_("Au nom de"))


class CloseForm(forms.Form):
    use_required_attribute = False

    due_on = day_field(_("Réponses écrites avant le"))
    service = forms.ChoiceField(label=_("Le service qui écrit"))

    def __init__(self, authority: Authority, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        services = [(str(service.pk), service.name) for service in services_of(authority)]
        self.fields["service"].choices = services  # type: ignore[attr-defined]


class FactForm(forms.Form):
    use_required_attribute = False

    text = Written(label=_("Un chiffre, une date, un document utile"), max_length=400)
    service = forms.ChoiceField(label=_("D’où il vient"), required=False)

    def __init__(self, authority: Authority, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        services = [(str(service.pk), service.name) for service in services_of(authority)]
        self.fields["service"].choices = [("", _("Sans service")), *services]  # type: ignore[attr-defined]


class BinForm(forms.Form):
    use_required_attribute = False

    rule = forms.ChoiceField(
        label=_("La règle qu’elle ne respecte pas"),
        choices=[(rule.value, rule.label) for rule in Rule if rule != Rule.COORDINATED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la règle : une question ne s’écarte pas sans raison.")},
    )
    facts = text_field(_("Les faits, en une phrase"), rows=3)
    ground = Written(label=_("La loi, si c’est illégal"), max_length=200, required=False)
