"""Six digits, read aloud and typed: of one meeting at a time."""

from secrets import randbelow

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.models import Meeting

_TRIES = 20
_FIRST, _LAST = 100_000, 999_999  # no zero first: it is lost where a number is expected


def give_join_code(meeting: Meeting) -> str:
    """The one it has, else a free one. In the caller's transaction."""
    if meeting.join_code:
        return meeting.join_code
    for _attempt in range(_TRIES):
        code = str(_FIRST + randbelow(_LAST - _FIRST + 1))
        try:
            with transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(join_code=code)
        except IntegrityError:
            continue
        meeting.join_code = code
        return code
    raise Conflict(_("Aucun code libre n’a été trouvé. Réessayez."))
