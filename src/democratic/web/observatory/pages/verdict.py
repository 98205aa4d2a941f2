"""A verdict, beside what the authority says of the same commitment."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.observatory.judgements import beside_the_authority
from democratic.observatory.queries import evidence_linked, get_verdict_for, versions_of
from democratic.thread.models import LinkKind
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.formats import day
from democratic.web.observatory.pages.links import link_to
from democratic.web.observatory.places import list_path, page_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.follow import follow_context, my_follow
from democratic.web.suites.judged import judged_row, votes_of
from democratic.web.suites.reading import by_code


@by_code
def page(request: Request, code: str) -> HttpResponse:
    viewer, today = anyone(request), today_of(request)
    path = record_path("verdict", code)
    known = get_verdict_for(viewer, code)
    return show_stored(
        request,
        request.authority.pk,
        lambda: _verdict(viewer, code, today),
        personal=lambda: my_follow(request, known.commitment_id, known.commitment.record.code, path),
    )


def _verdict(viewer: Viewer, code: str, today: date) -> Main:
    found = get_verdict_for(viewer, code)
    (judged,) = beside_the_authority([found], today)
    record, commitment = found.record, found.commitment.record
    versions = versions_of(found)
    latest = versions[-1]
    reply = getattr(found, "reply", None)
    context = {
        "prefix": at(""),
        "trail": [
            (_("Observatoire"), list_path()),
            (title_of(found.observatory.record), page_of(found.observatory)),
            (_("Avis %(code)s") % {"code": code}, ""),
        ],
        "title": title_of(commitment),
        "code": code,
        "row": judged_row(judged),
        "text": text_of(record),
        "said_then": words.state_word(found.authority_said, "commitment"),
        "votes": votes_of(found),
        "minority": record.spoken(found.minority),
        "dissenters": [each.seat.name for each in found.dissenters.all()],
        "proved": [link_to(each) for each in evidence_linked(found, LinkKind.PROVED_BY)],
        "contradicted": [link_to(each) for each in evidence_linked(found, LinkKind.CONTRADICTS)],
        "reply": reply,
        "versions": [
            {
                "n": each.version,
                "says": each.says,
                "when": day(each.decided_on),
                "url": record_path("verdict", each.record.code),
                "is_this": each.pk == found.pk,
            }
            for each in versions
        ],
        "latest_url": record_path("verdict", latest.record.code) if latest.pk != found.pk else "",
        "proof_url": at(f"/journal/preuve/{code}"),
        **follow_context(commitment.code, record_path("verdict", code)),
    }
    name = _("Avis de l’observatoire : %(title)s") % {"title": title_of(commitment)}
    return Main("web/observatory/verdict.html", context, name, text_of(record)[:160], "follow")
