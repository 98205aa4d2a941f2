"""What a page, a piece of news and a column have in common once drawn: text, files, who and when, earlier versions."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from democratic.communities.editorial.models import Publication
from democratic.communities.editorial.queries import versions_of
from democratic.kernel.clock import local_day
from democratic.kernel.spoken import alike, shorten
from democratic.kernel.text import to_page_html
from democratic.participation.commitments.queries import withdrawal_of
from democratic.thread.models import Kind, Record, Wording
from democratic.web.files_shown import document_of, photo_of
from democratic.web.formats import day, hour
from democratic.web.pages import as_safe
from democratic.web.places import at
from democratic.web.written.places import public_path

EXCERPT = 240
_SIGNS = str.maketrans("", "", "#*_`>|")


def drawn(publication: Publication) -> dict[str, Any]:
    record = publication.record
    return {
        "title": record.title,
        "text": record.text,
        "body": as_safe(to_page_html(str(record.text))),
        "code": record.code,
        "when": when_of(publication),
        "withdrawal": withdrawal_of(record),
        "photos": [photo for each in record.attachments.all() if (photo := photo_of(each))],
        "documents": documents_of(record),
        "versions": told_versions(versions_of(record)),
        "proof_url": at(f"/journal/preuve/{record.code}"),
        "signal": at(f"/signaler/{record.code}") if record.kind == Kind.COLUMN else "",
    }


def documents_of(record: Record) -> list[tuple[str, str]]:
    """(label, url) of each file that is no photo, numbered as they came."""
    found = [url for each in record.attachments.all() if (url := document_of(each))]
    return [(_("Document %(n)d, PDF") % {"n": at + 1}, url) for at, url in enumerate(found)]


def when_of(publication: Publication) -> str:
    if publication.appears_at is None:
        return ""
    return day(local_day(publication.appears_at, publication.authority.time_zone))


def moment_of(publication: Publication) -> str:
    at_ = publication.appears_at
    return _("%(day)s à %(hour)s") % {"day": when_of(publication), "hour": hour(at_)} if at_ else ""


def told_versions(versions: Sequence[Wording]) -> list[dict[str, Any]]:
    return [
        {
            "version": each.version,
            "when": day(each.revision.revised_on),
            "who": each.revision.function,
            "title": each.title,
        }
        for each in versions
    ]


def excerpt_of(record: Record, length: int = EXCERPT) -> str:
    """The beginning of a text, without the signs of its markup."""
    first = str(record.text).split("\n\n", 1)[0].translate(_SIGNS)
    return shorten(alike(" ".join(first.split()), record.text), length)


def row_of(publication: Publication) -> dict[str, Any]:
    return {
        "title": publication.record.title,
        "url": public_path(publication),
        "when": when_of(publication),
        "text": excerpt_of(publication.record),
        "group": publication.group.name if publication.group else "",
    }
