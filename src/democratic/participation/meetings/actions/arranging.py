"""By which means one takes part: seats, a video that others carry, a phone number, captions, votes that stay open."""

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.arrivals.places import offer_places
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locking import lock_meeting
from democratic.participation.meetings.models import FloorRule, Form, Meeting, Video
from democratic.participation.meetings.states import MeetingState
from democratic.thread.actions import bump_pages_of

LONGEST_LATER = 24 * 30

_NOT_BEGUN = (MeetingState.DRAFT, MeetingState.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Means:
    """``room_capacity`` and ``remote_capacity``: None when nobody counts. ``later_hours``: 0 when nothing stays open."""

    form: Form = Form.MEETING
    video: Video = Video.NONE
    video_url: str = ""
    phone: str = ""
    captions_url: str = ""
    room_capacity: int | None = None
    remote_capacity: int | None = None
    takes_registrations: bool = False
    floor_rule: FloorRule = FloorRule.SEATS
    questions_from: datetime | None = None
    later_hours: int = 0

    def checked(self) -> "Means":
        if self.video and not _is_https(self.video_url):
            raise Refusal(
                _("Donnez l’adresse complète de la vidéo, qui commence par https://."), field="video_url"
            )
        if self.captions_url and not _is_https(self.captions_url):
            raise Refusal(_("L’adresse des sous-titres commence par https://."), field="captions_url")
        if not 0 <= self.later_hours <= LONGEST_LATER:
            raise Refusal(_("Trente jours au plus."), field="later_hours")
        said = asdict(self)
        said["video_url"] = self.video_url.strip() if self.video else ""
        said["captions_url"] = self.captions_url.strip()
        said["phone"] = clean_line(self.phone)[:40]
        return Means(**said)


def _is_https(url: str) -> bool:
    """Of a host with a name, and nobody's password in it."""
    try:
        parts = urlsplit(url.strip())
        named = parts.hostname
    except ValueError:
        return False
    return parts.scheme == "https" and bool(named) and "." in str(named) and "@" not in parts.netloc


@transaction.atomic
def arrange_meeting(*, meeting: Meeting, means: Means, clock: Clock) -> Meeting:
    """More seats are offered at once to who waits."""
    said = means.checked()
    locked = lock_meeting(meeting.pk)
    if said.floor_rule != locked.floor_rule and locked.record.state not in _NOT_BEGUN:
        raise Conflict(
            _(
                "La rencontre a commencé : la règle de la file se change en public, depuis l’écran d’animation."
            )
        )
    Meeting.objects.filter(pk=locked.pk).update(**asdict(said))
    offer_places(locked.pk, clock.now())
    touch(locked.pk, Topic.STATE)
    bump_pages_of(locked.record)
    return Meeting.objects.get(pk=locked.pk)
