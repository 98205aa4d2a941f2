"""Files that Records show, and who may see them: asked for each request."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from democratic.kernel.models import StoredFile
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Attachment, Record, Role, Visibility
from democratic.thread.rules import Viewer, visible_records


def with_attachments(path: str = "attachments") -> "Prefetch[str, QuerySet[Attachment], str]":
    """For ``prefetch_related``: the files of Records, in one query whatever their number."""
    return Prefetch(path, queryset=Attachment.objects.select_related("file"))


def attachment_of(record: Record) -> Attachment | None:
    """The first file that it shows; read ``with_attachments`` wherever there are several Records."""
    return next(iter(record.attachments.all()), None)


def attachment_shown_to(viewer: Viewer, sha256: str) -> Attachment | None:
    """Through which Record this viewer may see this file now; None when there is none.

    A published Record which she may see and which was not withdrawn; or one that is not public (yet, or any
    more by moderation), for its author and for those who work on it.
    """
    shown = Attachment.objects.filter(file=sha256, record__withdrawal=None).select_related("file")
    found = shown.filter(record__in=visible_records(viewer)).first()
    return found or shown.filter(_kept_back_from_others(viewer), record__authority=viewer.authority).first()


def _kept_back_from_others(viewer: Viewer) -> Q:
    if viewer.person is None:
        return Q(pk__in=())
    mine = Q(record__author__in=person_and_claimed(viewer.person))
    at_work = (Role.AGENT, Role.ADMINISTRATOR, Role.MODERATOR)
    scopes = [scope for role, scope in viewer.grants if role in at_work]
    if None in scopes:
        mine |= Q(record__authority=viewer.authority)
    elif scopes:
        mine |= Q(record__process__in=scopes) | Q(record__in=scopes)
    return mine & Q(record__visibility__in=(Visibility.DRAFT, Visibility.HELD, Visibility.HIDDEN))


def file_still_shown(record_id: UUID, sha256: str) -> StoredFile | None:
    """For a link that was given seconds ago: what was withdrawn since is gone at once."""
    gone = Q(record__visibility=Visibility.WITHDRAWN) | Q(record__withdrawal__isnull=False)
    shown = Attachment.objects.filter(record=record_id, file=sha256).exclude(gone)
    attachment = shown.select_related("file").first()
    return attachment.file if attachment else None
