"""Who enters the pages of moderation: those who moderate here, or one consultation of here."""

from django.http import Http404

from democratic.kernel.ids import read_code
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.queries.waiting import get_contested_for, get_record_to_judge
from democratic.stewardship.moderation.rules import moderates
from democratic.thread.models import Record
from democratic.thread.queries import RecordNotFound
from democratic.web.desk.access import guarded
from democratic.web.requests import Request

for_moderators = guarded(moderates)


def word_to_judge(request: Request, code: str) -> Record:
    """404 for what she may not read, or was not given to judge."""
    try:
        return get_record_to_judge(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing


def contested_ruling(request: Request, code: str) -> Ruling:
    try:
        return get_contested_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing
