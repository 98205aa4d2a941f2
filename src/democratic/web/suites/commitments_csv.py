"""All commitments as a table, for whoever wants to count them again: the same filters as the page."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from democratic.participation.commitments.models import Commitment
from democratic.participation.commitments.queries import commitment_groups, commitment_page, standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.tracker.queries import Heard, heard_of
from democratic.thread.addresses import public_url
from democratic.web.processes.days import today_of
from democratic.web.requests import Request
from democratic.web.suites.commitments_narrowed import filters_of
from democratic.web.suites.csv_files import Cell, csv_response

MOST = 5000
HEAD = (
    "code", "titre", "concertation", "service", "etat", "premiere_date", "date", "tenu_le", "abandonne_le",
    "jours_de_retard", "reports", "derniere_nouvelle", "demandes_sans_reponse", "adresse",
)  # fmt: skip


@require_safe
def commitments_csv(request: Request) -> HttpResponse:
    """In the order of the first date promised; eight queries."""
    authority, today = request.authority, today_of(request)
    filters = filters_of(request.GET, commitment_groups(authority.pk, today))
    found = commitment_page(authority.pk, today, filters, size=MOST).commitments
    for each in found:
        each.record.authority = authority
    dues = dues_of([each.pk for each in found], today)
    heard = heard_of([(each.record, each.service_id) for each in found])
    rows = (_cells(each, dues.get((each.pk, Owed.COMMITMENT)), heard[each.pk]) for each in found)
    return csv_response(f"engagements-{today:%Y-%m-%d}", HEAD, rows)


def _cells(commitment: Commitment, due: Due | None, heard: Heard) -> list[Cell]:
    record = commitment.record
    return [
        record.code,
        str(record.title),
        str(commitment.process.record.title),
        commitment.service.name,
        standing_of(record, due),
        _iso(due.first_due_on if due else None),
        _iso(due.due_on if due else None),
        _iso(due.met_on if due else None),
        _iso(due.ended_on if due else None),
        due.days_late if due else 0,
        len(due.postponements) if due else 0,
        _iso(heard.last_on),
        len(heard.unanswered) if due and due.is_open else 0,
        public_url(record.authority, f"/engagements/{record.code}", "fr"),
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
