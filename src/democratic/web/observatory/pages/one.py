"""One observatory: who founded it, who sits, what it found, whom it heard."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.observatory.judgements import Narrowed, judgements
from democratic.observatory.models import Observatory
from democratic.observatory.queries import PAGE, get_observatory_for, hearings_of, public_seats
from democratic.thread.rules import Viewer
from democratic.web.formats import day, number
from democratic.web.observatory.places import list_path, members_path, page_of, seat_path
from democratic.web.observatory.seats import member
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.follow import follow_context, my_follow
from democratic.web.suites.judged import hearing_row, judged_row
from democratic.web.suites.reading import by_code


@by_code
def page(request: Request, code: str) -> HttpResponse:
    viewer, today, paging = anyone(request), today_of(request), paging_of(request, PAGE)
    known = get_observatory_for(viewer, code)
    return show_stored(
        request,
        request.authority.pk,
        lambda: _observatory(viewer, known, today, paging),
        personal=lambda: my_follow(request, known.record_id, code, page_of(known)),
    )


def _observatory(viewer: Viewer, known: Observatory, today: date, paging: Paging) -> Main:
    record, title = known.record, title_of(known.record)
    narrowed = Narrowed(observatory=known.pk)
    found = judgements(viewer.authority, today, narrowed, offset=paging.offset, limit=paging.size)
    seats = public_seats(known)
    sits = [each for each in seats if each.until is None and each.term_ends_on >= today]
    context = {
        "prefix": at(""),
        "trail": [(_("Observatoire"), list_path()), (title, "")],
        "title": title,
        "text": text_of(record),
        "code": record.code,
        "closing": getattr(known, "closing", None),
        "facts": [
            (_("Créé par"), known.act_reference, _("le %(day)s") % {"day": day(known.act_on)}),
            (_("Membres nommés par"), known.body.name, str(known.get_choosing_display())),
            (
                _("Mandat"),
                ngettext("%(n)s mois", "%(n)s mois", known.mandate_months)
                % {"n": number(known.mandate_months)},
                "",
            ),
        ],
        "act_url": known.act_url,
        "body_url": record_path("organisation", known.body.record.code),
        "members": [member(each) for each in sits],
        "past": [member(each) for each in seats if each not in sits],
        "hearings": [hearing_row(each) for each in hearings_of([known.pk])],
        "rows": [judged_row(each) for each in found.rows],
        "pager": pager(paging, len(found.rows), found.tally.matching, page_of(known)),
        "seat_url": seat_path(known),
        "members_url": members_path(known),
        "proof_url": at(f"/journal/preuve/{record.code}"),
        **follow_context(record.code, page_of(known)),
    }
    return Main("web/observatory/page.html", context, title, text_of(record)[:160], "follow")
