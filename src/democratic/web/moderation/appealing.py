"""« Contester »: by the author or a notifier, known by an account, a cookie or a key."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import read_code
from democratic.kernel.limits import spend
from democratic.people.models import Person
from democratic.stewardship.moderation.actions import appeal, losing_side, standing_of
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.queries.public import get_ruling_for
from democratic.thread.queries import RecordNotFound
from democratic.web import acts
from democratic.web.guests import network_of
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.limits import SECRETS
from democratic.web.moderation.forms import AppealForm
from democratic.web.moderation.phrases import ruling_path, ruling_row
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def contest(request: Request, code: str) -> HttpResponse:
    found, back = _ruling(request, code), ruling_path(code)
    known = standing_of(found, request.person)
    is_known = known is not None and known[0] == losing_side(found)
    form = AppealForm(request.POST if request.method == "POST" else None, is_known=is_known)
    if request.method == "POST":
        if not is_known:
            spend(SECRETS, network_of(request))
        done = acts.attempt(request, form, partial(_appeal, request, found, back))
        if done is not None:
            messages.success(request, _("Votre recours est reçu. Une autre personne va l’examiner."))
            return done
    title = _("Contester cette décision")
    context = {
        "title": title,
        "trail": [(_("La modération"), at("/moderation")), (code, back), (title, "")],
        "rows": [ruling_row(found)],
        "form": form,
        "key": uuid4().hex,
        "back": back,
    }
    main = Main("web/moderation/contest.html", context, title=title, status=acts.refused(form))
    return show_once(request, main)


def _ruling(request: Request, code: str) -> Ruling:
    try:
        found = get_ruling_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
    if found.record.code != code:
        raise Http404
    return found


def _appeal(request: Request, found: Ruling, back: str, person: Person, said: dict[str, Any]) -> str:
    standing = standing_of(found, person, said.get("secret", ""))
    appeal(ruling=found, standing=standing, text=said["text"], clock=request.clock)
    return back
