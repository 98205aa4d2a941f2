"""From a meeting that is over to what was told of it."""

from django.utils.translation import gettext as _

from democratic.participation.meetings.minutes.queries import what_is_told
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Kind
from democratic.web.places import record_path


def after_meeting(meeting: Meeting) -> list[tuple[str, str]]:
    """(label, url) of the pages that say something; one query."""
    here, told = record_path(Kind.MEETING, meeting.record.code), what_is_told(meeting)
    pages = (
        (told.is_run, _("Rattraper en deux minutes"), "rattrapage"),
        (told.has_minutes, _("Le compte rendu"), "compte-rendu"),
        (told.has_transcript, _("La transcription"), "transcription"),
    )
    return [(label, f"{here}/{page}") for is_there, label, page in pages if is_there]
