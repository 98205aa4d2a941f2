"""At the desk: a group is named once, by a public act, with its members. What it writes is not there: it is the group's."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.editorial.actions import change_members, name_opposition_group
from democratic.communities.editorial.groups import groups_of, members_of
from democratic.communities.editorial.models import OppositionGroup
from democratic.people.models import Account, Person
from democratic.web.desk.access import for_administrators, for_agents
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.written.places import COLUMNS

DESK = "/bureau/opposition"
MOST_MEMBERS = 200


class MembersForm(forms.Form):
    members = text_field(
        gettext_lazy("Ses membres"),
        rows=6,
        max_length=20_000,
        help_text=gettext_lazy("L’adresse e-mail du compte de chaque personne élue, une par ligne."),
    )

    def clean_members(self) -> list[Person]:
        asked = list(dict.fromkeys(self.cleaned_data["members"].lower().split()))
        if len(asked) > MOST_MEMBERS:
            raise ValidationError(_("Deux cents membres au plus."))
        known = {
            each.email.lower(): each.person
            for each in Account.objects.filter(email__in=asked, is_active=True).select_related("person")
        }
        unknown = [email for email in asked if email not in known]
        if unknown:
            raise ValidationError(
                _("Aucun compte n’a cette adresse : %(emails)s. La personne en ouvre un d’abord."),
                params={"emails": ", ".join(unknown)},
            )
        return [known[email] for email in asked]


class GroupForm(MembersForm):
    name = Written(label=gettext_lazy("Nom du groupe"), max_length=120)
    act_on = day_field(gettext_lazy("Jour de l’acte qui le constate"))
    act_reference = Written(label=gettext_lazy("Référence de l’acte"), max_length=120)
    field_order = ("name", "act_on", "act_reference", "members")


@require_GET
@for_agents
def board(request: Request) -> HttpResponse:
    context = {
        "rows": [
            {
                "name": each.name,
                "act": _("acte du %(day)s, %(reference)s")
                % {"day": day(each.act_on), "reference": each.act_reference},
                "members": each.writing,  # type: ignore[attr-defined]
                "url": at(f"{DESK}/{each.pk}/membres"),
            }
            for each in groups_of(request.authority)
        ],
        "new_url": at(f"{DESK}/nouveau"),
        "public_url": at(COLUMNS),
        "empty": {
            "what": _("Aucun groupe d’opposition n’est désigné"),
            "why": _(
                "La loi réserve un espace d’expression aux élues et aux élus qui n’appartiennent pas à la majorité."
            ),
            "who": _(
                "Qui administre nomme le groupe et ses membres, une fois ; eux seuls y écrivent ensuite."
            ),
            "action": (_("Nommer un groupe"), at(f"{DESK}/nouveau")),
        },
    }
    return desk_page(request, "opposition.html", context, title=_("Expression de l’opposition"))


def _asked(title: str, send: str, done: str, lead: str) -> Asked:
    crumbs = ((_("Expression de l’opposition"), at(DESK)),)
    return Asked(title=title, send=send, done=done, lead=lead, crumbs=crumbs, is_announced=True)


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: Request) -> HttpResponse:
    def act(cleaned: dict[str, Any]) -> str:
        name_opposition_group(authority=request.authority, clock=request.clock, **cleaned)
        return at(DESK)

    asked = _asked(
        _("Nommer un groupe d’opposition"),
        _("Nommer ce groupe"),
        _("Le groupe est nommé : ses membres écrivent depuis « Mon compte »."),
        _(
            "Un acte public, une fois. Ensuite, vous ne pourrez ni modifier, ni masquer, ni déplacer"
            " ce que ce groupe publie."
        ),
    )
    return ask(request, GroupForm(request.POST or None), act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def members(request: Request, group: UUID) -> HttpResponse:
    held = OppositionGroup.objects.filter(authority=request.authority, pk=group).first()
    if held is None:
        raise Http404
    emails = "\n".join(each.account.email for each in members_of(held))
    form = MembersForm(request.POST or None, initial={"members": emails})

    def act(cleaned: dict[str, Any]) -> str:
        change_members(group=held, members=cleaned["members"], clock=request.clock)
        return at(DESK)

    asked = _asked(
        _("Les membres de « %(name)s »") % {"name": held.name},
        _("Enregistrer"),
        _("C’est enregistré : le journal dit combien ils sont, jamais qui."),
        _("Qui n’est plus là n’écrit plus ; ce qui fut publié reste."),
    )
    return ask(request, form, act, asked)
