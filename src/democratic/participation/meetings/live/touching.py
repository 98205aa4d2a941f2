"""An act says which part of the screens it changed, in its own transaction. It neither renders nor wakes anyone."""

from uuid import UUID

from democratic.participation.meetings.live.models import LiveTouch, Topic


def touch(meeting_id: UUID, *topics: Topic) -> None:
    LiveTouch.objects.bulk_create([LiveTouch(meeting_id=meeting_id, topic=topic) for topic in topics])
