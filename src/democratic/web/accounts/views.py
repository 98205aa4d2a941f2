from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.editorial.groups import groups_written_by
from democratic.people.queries import person_and_claimed
from democratic.stewardship.models import SupportVisit
from democratic.stewardship.visits import visits_received
from democratic.thread.models import Authority, Kind
from democratic.thread.queries import Card
from democratic.thread.queries.mine import contributions_of
from democratic.thread.rules import can_work
from democratic.web.formats import day, hour
from democratic.web.ideas.phrases import what_became
from democratic.web.pages import Main, show
from democratic.web.places import at, elsewhere, record_path
from democratic.web.requests import Request, someone
from democratic.web.written.places import my_columns_path

PAGE, VISITS, LONGEST_TITLE = 20, 5, 90


@require_GET
@login_required
def account(request: Request) -> HttpResponse:
    """What I said, under my account and under the guests that I claimed."""
    after = request.GET.get("apres", "")
    ids = person_and_claimed(someone(request))
    mine = contributions_of(ids, here=request.authority, after=after, limit=PAGE)
    context = {
        "account": request.user,
        "person": request.person,
        "can_work": can_work(request.viewer) or bool(request.viewer.scopes),
        "columns_url": my_columns_path() if groups_written_by(request.authority, ids) else "",
        "rows": [_row(card, mine.elsewhere.get(card.id)) for card in mine.cards],
        "next": mine.next,
        "visits": [_visit(each) for each in visits_received(ids, limit=VISITS)],
        "empty": {
            "what": _("Rien encore sous ce compte"),
            "why": _("Ce que vous direz une fois dans votre compte s’ajoutera ici."),
            "who": _("Vous avez parlé sans compte ? Votre clé rattache ces paroles à celui-ci."),
            "action": (_("Retrouver ma parole"), at("/retrouver")),
        },
    }
    return show(request, Main("web/accounts/account.html", context, title=_("Mon compte")))


def _visit(each: SupportVisit) -> str:
    return _("Le %(day)s à %(hour)s : « %(reason)s »") % {
        "day": day(each.started_at), "hour": hour(each.started_at), "reason": each.reason,
    }  # fmt: skip


def _row(card: Card, authority: Authority | None) -> dict[str, Any]:
    """``authority``: where it was said, when that is not here."""
    path = record_path(card.kind, card.code)
    meta = (str(Kind(card.kind).label), card.code, day(card.happened_at), authority.name if authority else "")
    said = card.title or card.text
    state, label = what_became(card.state) if card.kind == Kind.IDEA else ("", "")
    return {
        "origin": card.origin,
        "title": said if len(said) <= LONGEST_TITLE else f"{said[:LONGEST_TITLE]}…",
        "url": elsewhere(authority, path) if authority else path,
        "meta": " · ".join(part for part in meta if part),
        "n": None,
        "state": state,
        "of": "answer",
        "state_label": label,
    }
