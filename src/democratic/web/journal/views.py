from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.kernel.ids import read_code
from democratic.thread.addresses import public_address
from democratic.thread.journal.proofs import latest_signed_head, proofs_of
from democratic.thread.models import Record
from democratic.thread.queries import RecordNotFound, get_record_for
from democratic.thread.queries.entries import PublicEntry, newest_entries
from democratic.thread.queries.journal import journal_state
from democratic.web.journal.words import SAYS
from democratic.web.pages import Main, show, show_stored
from democratic.web.places import at, record_path
from democratic.web.requests import Request

PAGE = 30
EXPORTS = ("entries.jsonl", "openings.jsonl", "heads.jsonl", "key.json", "README.txt")


@require_GET
def journal(request: Request) -> HttpResponse:
    """What everyone can read and recount."""
    authority = request.authority
    before = request.GET.get("avant", "")
    start = int(before) if before.isdecimal() and len(before) < 16 else None  # noqa: PLR2004  fits a bigint

    def build() -> Main:
        rows = newest_entries(authority, before=start, limit=PAGE + 1)
        context: dict[str, Any] = {
            "state": journal_state(),
            "public_key": settings.JOURNAL_PUBLIC_KEY,
            "export_url": f"{public_address(authority)}/journal/export",
            "files": EXPORTS,
            "rows": [_row(row) for row in rows[:PAGE]],
            "newest_url": "" if start is None else at("/journal"),
            "older_url": f"?avant={rows[PAGE - 1].position}" if len(rows) > PAGE else "",
        }
        return Main("web/journal/journal.html", context, title=_("Le journal public"), section="data")

    return show_stored(request, authority.pk, build)


def _row(entry: PublicEntry) -> dict[str, Any]:
    says = str(SAYS.get(entry.kind, entry.kind))
    if "service" in entry.data:  # it is about no Record: the service is what it is about
        says = _("%(fact)s : %(service)s") % {"fact": says, "service": entry.data["service"]}
    return {
        "position": entry.position,
        "origin": entry.origin,
        "says": says,
        "title": entry.title,
        "url": record_path(entry.record_kind, entry.code) if entry.title else "",
        "proof_url": at(f"/journal/preuve/{entry.code}") if entry.title else "",
        "day": entry.day,
        "code": entry.code,
    }


@require_GET
def proof(request: Request, code: str) -> HttpResponse:
    """The proof that a Record's Entries are in the journal that everyone is shown."""
    record, head = _record(request, code), latest_signed_head()
    proofs = proofs_of(record, head.head.size) if head else []
    context = {
        "prefix": at(""),
        "record": record,
        "trail": [
            (_("Journal public"), at("/journal")),
            (_("Preuve de %(code)s") % {"code": record.code}, ""),
        ],
        "path": record_path(record.kind, record.code),
        "head": head.head if head else None,
        "root": head.head.root.hex() if head else "",
        "proofs": [
            {
                "position": each.position,
                "leaf": each.leaf.decode(),
                "path": [step.hex() for step in each.path],
            }
            for each in proofs
        ],
    }
    return show(
        request, Main("web/journal/proof.html", context, title=_("Preuve d’inscription"), section="data")
    )


def _record(request: Request, code: str) -> Record:
    try:
        return get_record_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
