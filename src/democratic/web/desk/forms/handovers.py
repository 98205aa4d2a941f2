"""Giving what is owed to others."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.people.models import Person
from democratic.web.desk.forms.fields import Written, text_field


def called(person: Person) -> str:
    """Between colleagues: her name, or the address of her account when she gave none."""
    account = getattr(person, "account", None)
    return person.name or (account.email if account else "")


class ServiceForm(forms.Form):
    titular = forms.ChoiceField(
        label=_("Titulaire"), help_text=_("Cette personne tient les échéances du service.")
    )
    deputy = forms.ChoiceField(
        label=_("Suppléance"), required=False, help_text=_("Qui les tient en son absence.")
    )

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(person.pk), called(person)) for person in people]
        for name in ("titular", "deputy"):
            self.fields[name].choices = [("", _("Personne")), *choices]  # type: ignore[attr-defined]


class NewServiceForm(ServiceForm):
    name = Written(label=_("Son nom"), max_length=120, help_text=_("Public : « Service jeunesse »."))
    field_order = ("name", "titular", "deputy")

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        self.fields["titular"].required = False


class AccountForm(forms.Form):
    person = forms.ChoiceField(
        label=_("Son compte"),
        help_text=_("Les personnes qui ont le rôle d’élue ou d’élu, et aucune fonction encore."),
    )

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(person.pk), called(person)) for person in people]  # type: ignore[attr-defined]


class OfficialForm(AccountForm):
    name = Written(label=_("Son nom"), max_length=120)
    function = Written(
        label=_("Sa fonction"), max_length=160, help_text=_("« maire », « vice-présidente, mobilités ».")
    )
    field_order = ("name", "function", "person")

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(people, *args, **kwargs)
        account = self.fields["person"]
        account.required = False
        account.choices = [("", _("Pas encore de compte")), *account.choices]  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    to = forms.ChoiceField(label=_("Qui répondra désormais"))
    reason = text_field(_("Le motif"), rows=3, help_text=_("Public, avec les deux noms et fonctions."))

    def __init__(self, officials: Sequence[Official], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.name}, {each.function}") for each in officials
        ]
