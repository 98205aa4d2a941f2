"""What every page of one Record shows beside its own content: where it is, its fil, its history, its proof."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.reports.history import history_of
from democratic.thread.models import Record
from democratic.web.places import at, fil_path, process_path
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.history import lines_of


def frame_of(record: Record, *, process_title: str, slug: str, name: str) -> dict[str, Any]:
    """One query: the history. ``name``: the kind of page, « Engagement »."""
    above = [(process_title, process_path(slug))] if slug else []
    return {
        "prefix": at(""),
        "trail": [*above, (f"{name} {record.code}", "")],
        "kind": name,
        "code": record.code,
        "title": title_of(record),
        "text": text_of(record),
        "withdrawal": withdrawal_of(record),
        "fil_url": fil_path(record.code),
        "back_url": f"{fil_path(record.code)}/retour",
        "history": lines_of(history_of(record.pk), record),
        "proof_url": at(f"/journal/preuve/{record.code}"),
    }


def name_of_page(name: str, record: Record) -> str:
    return _("%(kind)s : %(title)s") % {"kind": name, "title": title_of(record)}
