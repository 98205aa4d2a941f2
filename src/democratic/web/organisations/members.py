"""Who belongs to an organisation, for its members alone; and the links by which others join it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from democratic.communities.models import Membership, SpeakingMandate
from democratic.communities.organisations.actions import make_join_link
from democratic.communities.organisations.queries import members_of, running_mandates
from democratic.kernel.refusals import Refusal
from democratic.web.acts import spend_a_write
from democratic.web.formats import day
from democratic.web.organisations.access import for_keepers, for_members
from democratic.web.organisations.forms import LinkForm
from democratic.web.organisations.places import MINE, members_path, public_path
from democratic.web.organisations.secret_page import show_link
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 30


@require_GET
@for_members
def members(request: Request, membership: Membership) -> HttpResponse:
    organisation = membership.organisation
    paging, found = paging_of(request, PAGE), members_of(organisation)
    page, total = list(found[paging.offset : paging.offset + paging.size]), found.count()
    mandates = {each.person_id: each for each in running_mandates(organisation)}
    keeps = membership.place == Membership.Place.EDITOR
    title = _("Membres")
    context = {
        "prefix": at(""),
        "trail": [(organisation.name, public_path(organisation)), (title, "")],
        "title": title,
        "organisation": organisation,
        "rows": [_row(each, membership, mandates.get(each.person_id)) for each in page],
        "total": total,
        "pager": pager(paging, len(page), total, members_path(organisation)),
        "keeps": keeps,
        "is_gone": hasattr(organisation.record, "withdrawal"),
        "form": LinkForm() if keeps else None,
        "link_url": f"{public_path(organisation)}/lien",
        "describe_url": f"{public_path(organisation)}/modifier",
        "leave_url": at(f"{MINE}/{membership.pk}/quitter"),
    }
    return show(request, Main("web/organisations/members.html", context, title=title))


def _row(member: Membership, mine: Membership, mandate: SpeakingMandate | None) -> dict[str, Any]:
    """Never her address: a member is known to the others by the name that she gave."""
    is_me = member.pk == mine.pk
    return {
        "name": member.person.name or _("Membre sans nom"),
        "is_me": is_me,
        "since": day(member.since),
        "keeps": member.place == Membership.Place.EDITOR,
        "speaks": _speaks(mandate),
        "acts": _acts(member, mandate, is_me=is_me) if mine.place == Membership.Place.EDITOR else [],
    }


def _speaks(mandate: SpeakingMandate | None) -> str:
    if mandate is None:
        return ""
    if mandate.since is None:
        told = _("Habilitation proposée le %(day)s : %(name)s, %(function)s")
        on = mandate.proposed_on
    else:
        told, on = _("Parle en son nom depuis le %(day)s : %(name)s, %(function)s"), mandate.since
    return told % {"day": day(on), "name": mandate.name, "function": mandate.function}


def _acts(member: Membership, mandate: SpeakingMandate | None, *, is_me: bool) -> Sequence[tuple[str, str]]:
    base = public_path(member.organisation)
    one = f"{base}/membres/{member.pk}"
    acts = []
    if mandate is None:
        acts.append((_("Proposer une habilitation"), f"{one}/habilitation"))
    else:
        word = _("Terminer l’habilitation") if mandate.since else _("Reprendre la proposition")
        acts.append((word, f"{base}/habilitations/{mandate.pk}/terminer"))
    if not is_me:
        acts += [(_("Confier la page"), f"{one}/confier"), (_("Terminer"), f"{one}/terminer")]
    return acts


@require_POST
@for_keepers
def make_link(request: Request, membership: Membership) -> HttpResponse:
    """Shown this once: it is given by hand, and nobody here writes to anyone."""
    organisation, form = membership.organisation, LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez ce que le lien donne."))
        return redirect(members_path(organisation))
    try:
        spend_a_write(request)
        joining = make_join_link(
            organisation=organisation,
            place=Membership.Place(form.cleaned_data["place"]),
            by=someone(request),
            clock=request.clock,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(members_path(organisation))
    trail = [(organisation.name, public_path(organisation)), (_("Membres"), members_path(organisation))]
    return show_link(request, joining, trail)
