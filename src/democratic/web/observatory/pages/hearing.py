"""A hearing: whom, where, on what, in what words."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.observatory.queries import commitments_heard, get_hearing_for
from democratic.thread.queries.attachments import attachment_of
from democratic.thread.rules import Viewer
from democratic.web.files_shown import photo_of
from democratic.web.formats import day
from democratic.web.observatory.pages.links import link_to
from democratic.web.observatory.places import list_path, page_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.judged import hearing_row
from democratic.web.suites.reading import by_code


@by_code
def page(request: Request, code: str) -> HttpResponse:
    viewer = anyone(request)
    return show_stored(request, request.authority.pk, lambda: _hearing(viewer, code))


def _hearing(viewer: Viewer, code: str) -> Main:
    found = get_hearing_for(viewer, code)
    record, title = found.record, title_of(found.record)
    row = hearing_row(found)
    context = {
        "prefix": at(""),
        "trail": [
            (_("Observatoire"), list_path()),
            (title_of(found.observatory.record), page_of(found.observatory)),
            (title, ""),
        ],
        "title": title,
        "text": text_of(record),
        "code": record.code,
        "facts": [
            (_("Tenue le"), row["when"], row["where"]),
            (_("Entendu"), row["heard"], ""),
        ],
        "recording_url": found.recording_url,
        "transcript": record.spoken(found.transcript),
        "photo": photo_of(attachment_of(record)),
        "commitments": [link_to(each) for each in commitments_heard(found)],
        "corrections": [
            {"when": day(each.corrected_on), "note": each.note, "strikes": each.strikes}
            for each in found.corrections.all()
        ],
        "correct_url": f"{record_path(record.kind, code)}/corriger",
        "proof_url": at(f"/journal/preuve/{code}"),
    }
    name = _("Audition : %(title)s") % {"title": title}
    return Main("web/observatory/hearing.html", context, name, text_of(record)[:160], "follow")
