"""What agents write and choose in their inbox."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.participation.inbox.models import Channel
from democratic.participation.inbox.receiving import LONGEST
from democratic.people.models import Person
from democratic.web.desk.forms.fields import Written, day_field, text_field

NOBODY = ("", _("Personne en particulier"))
NO_SERVICE = ("", _("Aucun service"))


class WriteBackForm(forms.Form):
    use_required_attribute = False

    text = text_field(_("Votre message"), rows=6, max_length=LONGEST)


class CallForm(forms.Form):
    """What someone said on the telephone, or at the desk of the hall, typed by who heard it."""

    subject = Written(label=_("L’objet"), max_length=120, required=False)
    text = text_field(
        _("Ce que la personne a dit"), rows=6, max_length=LONGEST, help_text=_("Dans ses mots à elle.")
    )
    name = Written(label=_("Comment elle se nomme"), max_length=80, required=False)
    phone = Written(
        label=_("Où la rappeler"),
        max_length=40,
        required=False,
        help_text=_("Un numéro, seulement si elle veut être rappelée et si elle a 15 ans ou plus."),
    )


class AssignForm(forms.Form):
    service = forms.ChoiceField(label=_("Le service"), required=False)
    assignee = forms.ChoiceField(label=_("La personne"), required=False)
    due_on = day_field(
        _("Réponse avant le"), required=False, help_text=_("Vide : la date promise ne change pas.")
    )

    def __init__(
        self, services: Iterable[Service], agents: Iterable[Person], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(each.pk): each for each in services}
        self.agents = {str(each.pk): each for each in agents}
        named = [(pk, each.name or each.account.email) for pk, each in self.agents.items()]
        chosen: Any = self.fields
        chosen["service"].choices = [NO_SERVICE, *((pk, each.name) for pk, each in self.services.items())]
        chosen["assignee"].choices = [NOBODY, *named]


class ContributionForm(forms.Form):
    process = forms.ChoiceField(label=_("La concertation"))
    title = Written(label=_("Le titre"), max_length=120, required=False)
    text = text_field(
        _("Les mots publiés"),
        rows=6,
        max_length=10_000,
        help_text=_("Les siens, sans ce qui permettrait de la reconnaître."),
    )

    def __init__(self, processes: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["process"].choices = list(processes)


CHANNELS = [("", _("Tous les canaux")), *Channel.choices]
