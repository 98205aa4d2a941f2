"""What a page, a piece of news and a column have in common once drawn: text, files, who and when, earlier versions."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from democratic.communities.editorial.models import Publication
from democratic.communities.editorial.queries import files_taken_off, versions_of
from democratic.kernel.clock import local_day
from democratic.kernel.spoken import alike, shorten
from democratic.kernel.text import to_page_html
from democratic.participation.commitments.queries import withdrawal_of
from democratic.thread.models import Attachment, Kind, Record, Wording
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
        "leavings": told_leavings(publication),
        "reread": day(publication.reread_on) if publication.reread_on else "",
        "proof_url": at(f"/journal/preuve/{record.code}"),
        "signal": at(f"/signaler/{record.code}") if record.kind == Kind.COLUMN else "",
    }


def documents_of(record: Record) -> list[tuple[str, str]]:
    """(label, url) of each file that is no photo."""
    named = named_files(list(record.attachments.all()))
    return [(name, url) for each, name in named if (url := document_of(each))]


def named_files(shown: Sequence[Attachment]) -> list[tuple[Attachment, str]]:
    """Each by what was said of it; a document of which nothing was said, by its number as they came."""
    named, documents = [], 0
    for each in shown:
        documents += not each.file.is_image
        said = each.alternative if each.file.is_image or not each.alternative else f"{each.alternative}, PDF"
        named.append(
            (each, each.record.spoken(said) if said else _("Document %(n)d, PDF") % {"n": documents})
        )
    return named


def told_leavings(publication: Publication) -> list[dict[str, Any]]:
    """The files that a public text showed once, the last taken off first."""
    spoken = publication.record.spoken
    return [
        {
            "name": spoken(each.alternative) if each.alternative else _("un document PDF"),
            "when": day(each.taken_off_on),
            "who": each.function,
            "why": spoken(each.reason),
        }
        for each in files_taken_off(publication)
    ]


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
    """Its first paragraph, without the signs of its markup; a heading says nothing yet."""
    parts = str(record.text).split("\n\n")
    first = next((each for each in parts if not each.startswith("#")), parts[0]).translate(_SIGNS)
    return shorten(alike(" ".join(first.split()), record.text), length)


def row_of(publication: Publication) -> dict[str, Any]:
    return {
        "title": publication.record.title,
        "url": public_path(publication),
        "when": when_of(publication),
        "text": excerpt_of(publication.record),
        "group": publication.group.name if publication.group else "",
    }
