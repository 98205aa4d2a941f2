"""What a page of an observatory links to."""

from democratic.thread.models import Record
from democratic.web.places import record_path
from democratic.web.suites.fil.phrases import title_of


def link_to(record: Record) -> dict[str, str]:
    return {"title": title_of(record), "url": record_path(record.kind, record.code)}
